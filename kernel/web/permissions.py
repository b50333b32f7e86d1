"""Who may call: each view states one of these, and a test walks them all."""

from typing import TYPE_CHECKING, Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from kernel.problems import NotAllowed, NotSignedIn
from kernel.web.doors import principal_of

if TYPE_CHECKING:  # the framework reads this module while it defines APIView
    from rest_framework.views import APIView


class Open(BasePermission):
    """Everyone, signed in or not."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Let everyone in."""
        return True


class SignedIn(BasePermission):
    """Everyone who is signed in; what they see is their own."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Let in who is signed in; :raises NotSignedIn: for others."""
        if not request.user.is_authenticated:
            raise NotSignedIn
        return True


def Holds(right: str) -> type[BasePermission]:  # noqa: N802 - reads as the class that it returns
    """Make a permission: those whose role gives ``right`` city-wide."""

    class HoldsRight(SignedIn):
        """Those whose role gives the right."""

        needs = right

        def has_permission(self, request: Request, view: "APIView") -> Any:
            """Let in who holds the right; :raises NotAllowed: for others."""
            super().has_permission(request, view)
            if not principal_of(request).may(right):
                raise NotAllowed
            return True

    return HoldsRight
