"""Telling those who look after the city that a log is not as it was sealed."""

from accounts.selectors.roles import administrators
from accounts.services.notices import notify
from kernel.clock import jst_date
from kernel.use_case import Act, use_case


@use_case("accounts.tell_of_log_damage")
def tell_of_log_damage(act: Act, *, findings: int) -> None:
    """Tell every administrator of the city, once a day for as long as it is so."""
    told = administrators()
    for to in told:
        notify(act, to=to, message="accounts.log_in_doubt", values={"count": findings}, dedupe=str(jst_date(act.at)))
    act.audit(what={"findings": findings, "told": len(told)})
