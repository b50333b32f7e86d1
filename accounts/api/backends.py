"""The one way in for sessions: allauth has checked the code or the passkey, this attaches who acts."""

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User
from accounts.selectors import ResidentPrincipal


class SignInBackend(AuthenticationBackend):
    """Finds the user of a session and attaches their principal; it knows no password."""

    def authenticate(self, request: object, **credentials: object) -> None:
        """Refuse: no credential is checked here, and no password anywhere."""

    def get_user(self, user_id: object) -> User | None:
        """Return the user of a session, with their principal, in one query; None for one who may not sign in."""
        user: User | None = super().get_user(user_id)
        if user is not None:
            user.principal = ResidentPrincipal(user)
        return user
