"""The link at the foot of a letter, by which its reader asks for no more of its kind (RFC 8058)."""

from uuid import UUID

from django.core import signing

_SALT = "accounts.unsubscribe"


def unsubscribe_path(resident_id: UUID, category: str) -> str:
    """Return the link's path; it is good for ever, as the law on advertising mail asks and a reader expects."""
    return f"/unsubscribe/{signing.dumps([resident_id.hex, category], salt=_SALT)}"


def who_leaves(token: str) -> tuple[UUID, str] | None:
    """Return the resident and the category that a link names; None for one that is not ours."""
    try:
        resident, category = signing.loads(token, salt=_SALT)
        return UUID(resident), str(category)
    except (signing.BadSignature, ValueError, TypeError):
        return None
