"""allauth's doors where ours differ: who reads the address, the list of devices, and the doors for passwords, which are shut."""

from typing import Any
from uuid import UUID

from allauth.account.internal.constants import LoginStageKey
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.stages import LoginStageController
from allauth.headless.account.views import RequestLoginCodeView, ResendLoginCodeView, SessionView, SignupView
from allauth.headless.base.response import APIResponse, AuthenticationResponse
from allauth.headless.mfa.views import ManageWebAuthnView, SignupWebAuthnView
from allauth.headless.usersessions.inputs import SelectSessionsInput
from allauth.headless.usersessions.views import SessionsView
from allauth.usersessions.internal import flows
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from accounts.api.inputs import CodeRequest, PasskeySignUp, SignUp
from accounts.api.passkey_inputs import AddPasskey, FirstPasskey
from accounts.engine.devices import device_name
from accounts.selectors.sign_ins import devices_of
from kernel.problems import NotFound
from kernel.realtime import check_again
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


class ArriveByCode(SignupView):
    """Signs up by a code."""

    input_class = {"POST": SignUp}  # noqa: RUF012 - allauth's shape


class ArriveByPasskey(SignupWebAuthnView):
    """Signs up by a code and then a passkey."""

    input_class = {"POST": PasskeySignUp, "PUT": FirstPasskey}  # noqa: RUF012 - allauth's shape


class Passkeys(ManageWebAuthnView):
    """Adds, renames and removes passkeys."""

    input_class = ManageWebAuthnView.input_class | {"POST": AddPasskey}


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
                    "name": device_name(row.user_agent) or _("不明な機器"),
                    "user_agent": row.user_agent,
                    "ip": row.ip,
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
