"""Reasons that officers give, and people read: whether one stands there, and whether it says enough."""

from accounts.errors import REASON_SHORT, ReasonMissing, ReasonTooShort
from kernel.problems import FieldFault


def reason_given(said: str, *, field: str = "why", least: int = 1) -> str:
    """Return the reason without blanks around it; the refusal stands beside ``field``.

    :raises ReasonMissing: where there is none; :raises ReasonTooShort: for fewer than ``least`` signs.
    """
    reason = said.strip()
    if not reason:
        raise ReasonMissing(errors=[FieldFault(field, "required", str(ReasonMissing.title))])
    if len(reason) < least:
        words = str(REASON_SHORT) % {"limit_value": least, "show_value": len(reason)}
        raise ReasonTooShort(least=least, errors=[FieldFault(field, "too_short", words)])
    return reason
