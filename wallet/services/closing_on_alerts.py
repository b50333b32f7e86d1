"""Closing an account on an alert: one officer proposes and so stops it, another decides; what shops set aside goes back.

Its holder keeps the link to it, so that it can be told what becomes of the coins: they are paid out, or stay stopped.
"""

from typing import Literal
from uuid import UUID

from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, use_case
from wallet.errors import AnotherOfficerNeeded, ClosedByCity, HoldNotOpen
from wallet.models import AccountFreeze, AlertClosing, Hold, HoldStatus, WatchAlert
from wallet.selectors.accounts import standing_for
from wallet.selectors.freezes import is_closed_by_city
from wallet.selectors.watching import WATCH, ClosingView, closing_view
from wallet.services.freezing import desk, freeze_account, unfreeze_account
from wallet.services.holding import release_hold
from wallet.services.telling import tell_holder


@use_case("wallet.propose_closing", status=201)
def propose_closing(act: Act, *, alert_id: UUID, balance: Literal["payout", "kept"], reason: str) -> ClosingView:
    """Propose that the account of an alert be closed. From now on nothing moves in it; the alert counts as decided.

    ``balance`` says what becomes of its coins. Locks: the alert, the balance.

    :raises NotAllowed: without the rights to watch and to freeze; :raises NotFound: :raises ClosedByCity: where one waits.
    """
    if not act.principal.may(WATCH):
        raise NotAllowed
    alert = WatchAlert.objects.select_for_update().filter(pk=alert_id).first()
    if alert is None:
        raise NotFound
    account_id = standing_for(alert.account_id)
    if AlertClosing.objects.filter(account_id=account_id).exclude(is_accepted=False).exists():
        raise ClosedByCity
    row = AlertClosing.objects.create(
        id=new_id(act.at), alert=alert, account_id=account_id, balance=balance, reason=reason,
        proposed_by=act.principal.actor, proposed_at=act.at,
    )  # fmt: skip
    freeze_account(act, account_id=account_id, scope="all", reason=reason, about=row.pk)
    if not alert.decision:
        alert.decision, alert.decided_at, alert.decided_by, alert.reason = "all", act.at, act.principal.actor, reason
        alert.save(update_fields=["decision", "decided_at", "decided_by", "reason"])
    act.audit(what={"closing_id": str(row.pk), "alert_id": str(alert.pk), "account_id": str(account_id)}, why=reason)
    return closing_view(row)


def decide_closing(act: Act, *, closing_id: UUID, accept: bool, why: str) -> ClosingView:
    """Close the account for good, or let it go on, as the second of two; then give what shops have set aside back to it.

    :raises NotAllowed: :raises NotFound: :raises ClosedByCity: where it is decided; :raises AnotherOfficerNeeded: for who proposed.
    """
    decided = _decide(act, closing_id=closing_id, accept=accept, why=why)
    if accept:
        for hold_id in Hold.objects.filter(account_id=decided.account_id, status=HoldStatus.HELD).values_list("pk"):
            release = Act(SYSTEM, at=act.at, key=f"closing-hold/{hold_id[0]}")
            answer = release_hold.answer(release, hold_id=hold_id[0])
            assert not answer.is_refusal or HoldNotOpen.code.encode() in answer.body  # noqa: S101 - a shop was first
    return decided


@use_case("wallet.decide_closing")
def _decide(act: Act, *, closing_id: UUID, accept: bool, why: str) -> ClosingView:
    if not act.principal.may(WATCH):
        raise NotAllowed
    row = AlertClosing.objects.select_for_update().filter(pk=closing_id).first()
    if row is None:
        raise NotFound
    if row.decided_at is not None or is_closed_by_city(row.pk):
        raise ClosedByCity
    if row.proposed_by == act.principal.actor:
        raise AnotherOfficerNeeded
    row.is_accepted, row.decided_by, row.decided_at = accept, act.principal.actor, act.at
    row.save(update_fields=["is_accepted", "decided_by", "decided_at"])
    if accept:
        tell_holder(
            act, account_id=row.account_id, message="wallet.closed_by_city", values={"desk": desk()}, dedupe=row.pk
        )
    else:
        for freeze in AccountFreeze.objects.filter(about=row.pk, ended_at=None):
            unfreeze_account(act, freeze_id=freeze.pk, why=why)
    act.audit(what={"closing_id": str(row.pk), "account_id": str(row.account_id), "accept": accept}, why=why)
    return closing_view(row)
