"""Where django-allauth asks us: addresses, letters, sessions, passkeys."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core import context
from allauth.headless.adapter import DefaultHeadlessAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from celery import current_app
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.api.authentication import principal_in
from accounts.api.fields import TelephoneField
from accounts.errors import NoAddress
from accounts.models import User
from accounts.selectors import ResidentPrincipal
from accounts.selectors.contacts import email_of, phone_of, reachable
from accounts.selectors.sign_ins import user_by_phone
from accounts.selectors.step_up import require_fresh
from accounts.services.contacts import claim_phone, confirm_email, confirm_phone
from accounts.services.notices import notify
from accounts.services.sign_ins import record_sign_in
from kernel import clock
from kernel.use_case import Act

CODES_LIVE_S = 600
CHANGES = {
    "mfa/email/totp_activated": "accounts.app_added",
    "mfa/email/totp_deactivated": "accounts.app_removed",
    "mfa/email/webauthn_added": "accounts.passkey_added",
    "mfa/email/webauthn_removed": "accounts.passkey_removed",
}


def city_name() -> str:
    """Return the city's name in the language active now."""
    is_japanese = (get_language() or "ja").startswith("ja")
    name: str = settings.CITY["name_ja" if is_japanese else "name_en"]
    return name


class AccountAdapter(DefaultAccountAdapter):
    """Addresses, numbers and the letters that carry codes."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "duplicate_email": _("このメールアドレスは、すでに登録されています。"),
        "email_taken": _("このメールアドレスは、すでに別の方が使っています。"),
        "phone_taken": _("この電話番号は、すでに別の方が使っています。"),
        "incorrect_code": _("コードが違います。"),
        "max_email_addresses": _("メールアドレスは%d件まで登録できます。"),
        "same_as_current": _("いまと同じです。"),
        "select_only_one": _("どちらか一方だけを入力してください。"),
        "too_many_login_attempts": _("しばらく待ってから、もう一度お試しください。"),
        "unverified_primary_email": _("先にメールアドレスの確認を済ませてください。"),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write a letter in the reader's language and leave it to a worker, so that the mail server's time shows nowhere."""
        words = {"code": context.get("code", ""), "city": city_name(), "sign_in_url": f"{settings.PUBLIC_URL}/sign-in"}
        subject = render_to_string(f"{template_prefix}_subject.txt", words).strip()
        body = render_to_string(f"{template_prefix}_message.txt", words)
        _leave("accounts.tasks.send_mail", to=reachable(email), subject=subject, body=body, code=words["code"])

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell the owner of an address that somebody tried to sign up with it."""
        self.send_mail("account/email/account_already_exists", email, {})

    def send_verification_code_sms(self, user: User, phone: str, code: str, **_rest: Any) -> None:
        """Text a code."""
        self._text("code", phone, code)

    def send_unknown_account_sms(self, phone: str, **_rest: Any) -> None:
        """Tell the owner of a number that nobody signs in by it; the one who asked learns nothing."""
        self._text("unknown_account", phone)

    def send_account_already_exists_sms(self, phone: str) -> None:
        """Tell the owner of a number that somebody tried to sign up with it."""
        self._text("account_already_exists", phone)

    def send_proof_code(self, user: User, code: str) -> None:
        """Send a code to the address that is confirmed; :raises NoAddress: where none is."""
        email, phone = email_of(user.pk), phone_of(user.pk)
        if email:
            self.send_mail("account/email/login_code", email, {"code": code})
        elif phone and phone[1]:
            self._text("code", phone[0], code)
        else:
            raise NoAddress

    def _text(self, name: str, phone: str, code: str = "") -> None:
        words = {"code": code, "city": city_name(), "domain": settings.PASSKEY_DOMAIN}
        text = render_to_string(f"accounts/sms/{name}.txt", words).strip()
        _leave("accounts.tasks.send_sms", to=phone, text=text, code=code)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell a person what changed about their sign-in; allauth calls this after a passkey or an app came or went."""
        message, act = CHANGES.get(template_prefix), _act(user)
        if message is not None:
            notify(act, to=user.resident_id, message=message, values={}, dedupe=act.at.isoformat())

    def phone_form_field(self, **kwargs: Any) -> TelephoneField:
        """Read numbers as people in Japan type them."""
        return TelephoneField(**kwargs)

    def get_user_by_phone(self, phone: str) -> User | None:
        """Return who confirmed the number."""
        return user_by_phone(phone)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """Return a user's number and whether it is confirmed."""
        return phone_of(user.pk)

    def set_phone(self, user: User, phone: str, verified: bool) -> None:  # noqa: FBT001 - allauth's signature
        """Write a number down."""
        write = confirm_phone if verified else claim_phone
        write(_act(user), user_id=user.pk, number=phone)

    def set_phone_verified(self, user: User, phone: str) -> None:
        """Make a number the user's."""
        confirm_phone(_act(user), user_id=user.pk, number=phone)

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """Make an address the user's."""
        confirm_email(_act(email_address.user), user_id=email_address.user.pk, email=email_address.email)
        return True

    def get_login_stages(self) -> list[str]:
        """Return the steps of signing in: a passkey is a way in of its own, never a second question after a code."""
        replaced = {"allauth.account.stages.EmailVerificationStage": "accounts.api.stages.ConfirmEmail"}
        stages: list[str] = super().get_login_stages()
        return [replaced.get(stage, stage) for stage in stages if stage != "allauth.mfa.stages.AuthenticateStage"]

    def login(self, request: HttpRequest, user: User) -> None:
        """Open the session and note the sign-in."""
        if not get_authentication_records(request, user):  # allauth takes a confirmed sign-up for none
            record_authentication(request, user, method="code")
        super().login(request, user)
        user.principal = ResidentPrincipal(user)
        record_sign_in(_act(user), method=get_authentication_records(request, user)[-1]["method"])

    def is_reauthentication_required(self, *, app: str, **_rest: Any) -> bool:
        """Let pass who has just shown who they are: by their passkey or app where they have one, else by a code.

        allauth asks before passkeys, apps and addresses change; by itself it would let everybody pass who has neither of the first
        two. :raises StepUpRequired: for others.
        """
        request = context.request
        who = principal_in(request.session, request.user)
        require_fresh(who, at=clock.now())
        return False


class HeadlessAdapter(DefaultHeadlessAdapter):
    """What allauth's answers say of a user: the bare key. Names and addresses come from ``/api/v1/accounts/me`` alone."""

    def serialize_user(self, user: User) -> dict[str, Any]:
        """Return the resident's key."""
        return {"id": str(user.resident_id), "has_usable_password": False}


class PasskeyAdapter(DefaultMFAAdapter):
    """Whose passkeys these are, and where they are good."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("確認できませんでした。もう一度お試しください。"),
        "unverified_email": _("先にメールアドレスの確認を済ませてください。"),
    }

    def get_totp_issuer(self) -> str:
        """Name the city in the person's authenticator app."""
        return city_name()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Bind passkeys to the city's public domain, whatever a request's Host header says."""
        return {"id": settings.PASSKEY_DOMAIN, "name": city_name()}

    def _get_user_identifier(self, user: User) -> str:
        """Name the passkey on the person's own device by the address they sign in with."""
        phone = phone_of(user.pk)
        return email_of(user.pk) or (phone[0] if phone else str(user.resident_id))

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """Return the entity; both names are the person's own address."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": entity["name"]}


def _act(user: User) -> Act:
    return Act(ResidentPrincipal(user), at=clock.now())


def _leave(task: str, **message: str) -> None:
    """Leave a message to the workers; it is worthless once its code has run out, and no log may show it."""
    current_app.tasks[task].apply_async(
        kwargs=message, queue="default", expires=CODES_LIVE_S, argsrepr="withheld", kwargsrepr="withheld"
    )
