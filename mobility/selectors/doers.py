"""Who did something at a desk, in words that colleagues may read."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.selectors import offices_of
from kernel.principal import SYSTEM_ACTOR


def doers(ids: Iterable[UUID], *, me: UUID) -> Mapping[UUID, str]:
    """Return who each of them is to whoever reads, in the language active now: oneself, the city's machinery, or a colleague.

    A colleague is told by their office and a mask, four signs by which one knows them again. Their name is what a resident wants
    to be called by and stands behind the access boundary: a history is no ground to open it, and the log of who looked names
    officers by their office as well.
    """
    wanted = set(ids)
    offices = offices_of(wanted - {me, SYSTEM_ACTOR})
    return {each: _word(each, offices.get(each, ""), me) for each in wanted}


def _word(doer: UUID, office: str, me: UUID) -> str:
    if doer == me:
        return _("あなた")
    if doer == SYSTEM_ACTOR:
        return _("市のシステム")
    mask = salted_hmac("mobility.doer", str(doer), algorithm="sha256").hexdigest()[:4].upper()
    return _("%(office)sの職員（目印 %(mask)s）") % {"office": office or _("市"), "mask": mask}
