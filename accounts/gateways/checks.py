"""Whether letters can leave this city."""

from django.conf import settings


def mail_can_leave() -> str | None:
    """Return a sentence where nobody could receive a code by e-mail. This function will not call the mail server."""
    if settings.MAIL_SERVER or settings.DEMO:
        return None
    return "MACHI_MAIL_URL is not set, so nobody can receive a code by e-mail."
