"""Who may call: each view states one of these, and a test walks them all."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from kernel import clock
from kernel.assurance import STAFF_SIGN_IN, AuthenticationLevel, Need, require
from kernel.problems import NotAllowed, OutOfScope
from kernel.web.doors import principal_of

if TYPE_CHECKING:  # the framework reads this module while it defines APIView
    from rest_framework.views import APIView


class Open(BasePermission):
    """Everyone, signed in or not."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Let everyone in."""
        return True


class PersonOrDevice(BasePermission):
    """Everyone who is signed in, and devices that stand in a shop or office: doors that look at rights, not at a person.

    Who acts for another comes in only where the view names the service (``delegates = "wallet"``) and the mandate covers it.
    """

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Let in who is signed in; :raises NotSignedIn: for others; :raises OutOfScope: for delegates who may not act here."""
        scopes = principal_of(request).scopes
        if scopes is not None and getattr(view, "delegates", None) not in scopes:
            raise OutOfScope(scopes=sorted(scopes))
        return True


class SignedIn(PersonOrDevice):
    """Every person who is signed in; what they see is their own. A device is nobody, and stays outside."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Let in a person; :raises NotSignedIn: for nobody; :raises NotAllowed: for a device."""
        super().has_permission(request, view)
        if principal_of(request).subject is None:
            raise NotAllowed
        return True


def Holds(right: str) -> type[BasePermission]:  # noqa: N802 - reads as the class that it returns
    """Make a permission: those whose role gives ``right`` city-wide, the staff with a second factor shown today."""

    class HoldsRight(SignedIn):
        """Those whose role gives the right."""

        needs = right

        def has_permission(self, request: Request, view: "APIView") -> Any:
            """Let in who holds the right; :raises NotAllowed: for others; :raises StepUpRequired: for a bare code."""
            super().has_permission(request, view)
            who = principal_of(request)
            if not who.may(right):
                raise NotAllowed
            require(who, at=clock.now(), authentication=AuthenticationLevel.SECOND_FACTOR, within=STAFF_SIGN_IN)
            return True

    return HoldsRight


def Needs(  # noqa: N802 - reads as the class that it returns
    *, account: int = 0, authentication: int = 0, within: timedelta | None = None
) -> type[BasePermission]:
    """Make a permission: those who are known surely enough, and lately enough. It stands after ``Holds``, so that who lacks the
    right is not asked for more.
    """

    class NeedsAssurance(SignedIn):
        """Those who are known surely enough."""

        needs = Need(account, authentication, within)

        def has_permission(self, request: Request, view: "APIView") -> Any:
            """Let in who is; :raises StepUpRequired: for others, with the ways up."""
            super().has_permission(request, view)
            who = principal_of(request)
            require(who, at=clock.now(), account=account, authentication=authentication, within=within)
            return True

    return NeedsAssurance
