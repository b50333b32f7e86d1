"""allauth's doors where ours differ: who reads the address, the list of devices, and the doors for passwords, which are shut."""

from typing import Any
from uuid import UUID

import msgspec
from allauth.account.adapter import get_adapter
from allauth.account.internal.constants import LoginStageKey
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.stages import LoginStageController
from allauth.headless.account.views import (
    ManageEmailView,
    RequestLoginCodeView,
    ResendLoginCodeView,
    SessionView,
    SignupView,
    VerifyEmailView,
)
from allauth.headless.base.response import APIResponse, AuthenticationResponse, ConflictResponse
from allauth.headless.base.views import APIView
from allauth.headless.mfa.views import (
    LoginWebAuthnView,
    ManageTOTPView,
    ManageWebAuthnView,
    ReauthenticateView,
    ReauthenticateWebAuthnView,
    SignupWebAuthnView,
)
from allauth.headless.usersessions.inputs import SelectSessionsInput
from allauth.headless.usersessions.views import SessionsView
from allauth.usersessions.internal import flows
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.api.app_inputs import AppCode, NewAppCode
from accounts.api.inputs import CodeRequest, PasskeySignUp, SignUp
from accounts.api.passkey_inputs import AddPasskey, FirstPasskey, ShownAgain, ShownToSignIn
from accounts.errors import AppAlready
from accounts.selectors.contacts import own_contacts, reachable
from accounts.selectors.sign_ins import devices_of, has_app, user_of
from accounts.services import sign_up
from accounts.services.contacts import forget_unused_contacts
from kernel import clock
from kernel.principal import SYSTEM
from kernel.problems import NotFound
from kernel.realtime import check_again
from kernel.use_case import Act
from kernel.web.exceptions import problem


class AskForCode(RequestLoginCodeView):
    """Sends a code to an address."""

    input_class = CodeRequest


class AskAgain(ResendLoginCodeView):
    """Sends another code, or says so: allauth stumbles over a number that nobody signs in by, and so tells who does."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send to whoever has confirmed the address, and answer alike for all."""
        stage = LoginStageController.enter(request, LoginStageKey.LOGIN_BY_CODE)
        process = LoginCodeVerificationProcess.resume(stage) if stage else None
        answer: HttpResponseBase
        if process is None or process.user is not None or not process.can_resend:
            answer = super().post(request, *args, **kwargs)
            return answer
        process.send(skip_enumeration_mails=True)
        process.record_resend()
        process.persist()
        answer = APIResponse(request)
        return answer


class ArriveAsGuest(APIView):
    """Lets a guest in by one tap: no address, no name; the session, and later a passkey, is all that holds the account."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let a stranger arrive; who is signed in already stays who they are."""
        if request.user.is_authenticated:
            refused: HttpResponseBase = ConflictResponse(request)
            return refused
        newcomer = sign_up(Act(SYSTEM, at=clock.now()), language=get_language() or "ja", is_guest=True)
        adapter, user = get_adapter(), user_of(newcomer.user_id)
        record_authentication(request, user, method="device")
        adapter.login(request, user)
        adapter.post_login(
            request, user, email_verification=None, signal_kwargs={}, email=None, signup=True, redirect_url="/"
        )
        answer: HttpResponseBase = AuthenticationResponse(request)
        return answer


class ArriveByCode(SignupView):
    """Signs up by a code."""

    input_class = {"POST": SignUp}  # noqa: RUF012 - allauth's shape


class ArriveByPasskey(SignupWebAuthnView):
    """Signs up by a code and then a passkey."""

    input_class = {"POST": PasskeySignUp, "PUT": FirstPasskey}  # noqa: RUF012 - allauth's shape


class Addresses(ManageEmailView):
    """My e-mail addresses: what the library holds are tokens, and here their person sees what they stand for."""

    def _respond_email_list(self) -> APIResponse:
        answer: APIResponse = super()._respond_email_list()
        body = msgspec.json.decode(answer.content)
        known = own_contacts(self.user.resident_id)
        for row in body["data"]:
            row["email"] = known.get(row["email"], row["email"])
        return APIResponse(self.request, data=body["data"])

    def delete(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Remove an address, and forget what its token stood for."""
        answer: HttpResponseBase = super().delete(request, *args, **kwargs)
        if request.user.is_authenticated:
            forget_unused_contacts(Act(self.user.principal, at=clock.now()), user_id=self.user.pk)
        return answer


class ConfirmAddress(VerifyEmailView):
    """Confirms an address, which its person typed a moment ago."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say which address the code is for."""
        if self.process is not None:
            self.process.email_address.email = reachable(self.process.email)
        answer: HttpResponseBase = super().get(request, *args, **kwargs)
        return answer


class Passkeys(ManageWebAuthnView):
    """Adds, renames and removes passkeys."""

    input_class = ManageWebAuthnView.input_class | {"POST": AddPasskey}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Add one; it has been shown just now, so this sign-in has shown it."""
        answer: HttpResponseBase = super().post(request, *args, **kwargs)
        record_authentication(request, request.user, method="mfa", type="webauthn")
        return answer


class SignInByPasskey(LoginWebAuthnView):
    """Signs in by a passkey."""

    input_class = {"POST": ShownToSignIn}  # noqa: RUF012 - allauth's shape


class ShowPasskey(ReauthenticateWebAuthnView):
    """Shows once more who one is, by a passkey."""

    input_class = {"POST": ShownAgain}  # noqa: RUF012 - allauth's shape


class App(ManageTOTPView):
    """Sets up an authenticator app and removes it."""

    input_class = {"POST": NewAppCode}  # noqa: RUF012 - allauth's shape

    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer; :raises AppAlready: for a second app, before its code is looked at."""
        who = request.user.pk
        if request.method == "POST" and who is not None and has_app(who):
            raise AppAlready
        answer: HttpResponseBase = super().handle(request, *args, **kwargs)
        return answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep the app; its code has been shown just now, so this sign-in has shown it."""
        answer: HttpResponseBase = super().post(request, *args, **kwargs)
        record_authentication(request, request.user, method="mfa", type="totp")
        return answer


class ShowAppCode(ReauthenticateView):
    """Shows once more who one is, by the app's code."""

    input_class = AppCode


class Devices(SessionsView):
    """Where I am signed in, by the names people know their devices by; and signing out there."""

    input_class = {"DELETE": SelectSessionsInput}  # noqa: RUF012 - allauth's shape

    def delete(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """End the chosen sessions, and the live screens that stand on them; ending one's own is signing out."""
        who = _resident(request)
        flows.sessions.end_sessions(request, self.input.cleaned_data["sessions"])
        _end_live_screens(who)
        answer: HttpResponseBase = AuthenticationResponse(request)
        return self._respond_session_list() if request.user.is_authenticated else answer

    def _respond_session_list(self) -> APIResponse:
        rows = devices_of(self.request.user.pk)
        return APIResponse(
            self.request,
            data=[
                {
                    "id": row.pk,
                    "name": row.user_agent or _("不明な機器"),
                    "user_agent": row.user_agent,
                    "created_at": row.created_at.timestamp(),
                    "is_current": row.is_current(),
                }
                for row in rows
            ],
        )


class SignedIn(SessionView):
    """Who is signed in here, and signing out."""

    def delete(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Sign out, and end the live screens of this sign-in."""
        who = _resident(request)
        answer: HttpResponseBase = super().delete(request, *args, **kwargs)
        _end_live_screens(who)
        return answer


def _resident(request: HttpRequest) -> UUID | None:
    """Return who is signed in, asked for before the session ends."""
    return request.user.resident_id if request.user.is_authenticated else None


def _end_live_screens(resident_id: UUID | None) -> None:
    if resident_id is not None:
        check_again(resident_id)


def shut(request: HttpRequest) -> HttpResponseBase:
    """Answer 404: there is no password here, so nothing asks for one, changes one or resets one."""
    return problem(NotFound())
