"""Freezing: an account from which nothing goes out, or through which nothing moves, until another officer ends it."""

from typing import Literal
from uuid import UUID

from django.conf import settings

from accounts.notifications import Named, in_every_language
from kernel.ids import new_id
from kernel.principal import SYSTEM_ACTOR
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, use_case
from wallet.errors import AnotherOfficerNeeded, ClosedByCity, FreezeOver, NoWallet
from wallet.events import AccountFreezeChanged
from wallet.messages import DESK
from wallet.models import AccountFreeze, AccountKind, Balance, FreezeScope, Frozen
from wallet.selectors.accounts import standing_for
from wallet.selectors.freezes import FREEZE, FreezeView, freeze_view, is_closed_by_city
from wallet.services import announce, balances
from wallet.services.telling import tell_holder


@use_case("wallet.freeze_account", status=201)
def freeze_account(
    act: Act, *, account_id: UUID, scope: Literal["outgoing", "all"], reason: str, about: UUID | None = None
) -> FreezeView:
    """Stop what goes out of a resident's account, or everything. This function will leave a freeze that stands already as it is.

    Refunds still arrive and cannot be spent; what is set aside for a shop may still be captured: the coins had left before.
    A merged ID's account is frozen where its coins are now. ``about`` names the dispute or alert it is for. Locks: the balance.

    :raises NotAllowed: without the right ``wallet.freeze_accounts``; :raises NoWallet: for no resident's account.
    """
    _check_right(act)
    account_id = standing_for(account_id)
    before = _lock(account_id)
    standing = AccountFreeze.objects.filter(account_id=account_id, scope=scope, about=about, ended_at=None).first()
    if standing is not None:
        return freeze_view(standing)
    row = AccountFreeze.objects.create(
        id=new_id(act.at),
        account_id=account_id,
        scope=scope,
        about=about,
        reason=reason,
        frozen_at=act.at,
        frozen_by=act.principal.actor,
    )
    _say(act, row, before, why=reason)
    return freeze_view(row)


@use_case("wallet.unfreeze_account")
def unfreeze_account(act: Act, *, freeze_id: UUID, why: str) -> FreezeView:
    """End one freeze; others of the same account stand. Locks: the balance.

    :raises NotAllowed: without the right, and for machinery that would end an officer's; :raises NotFound: :raises FreezeOver:
    where it was ended before; :raises AnotherOfficerNeeded: for the officer who froze; :raises ClosedByCity: for a closing's.
    """
    _check_right(act)
    row = AccountFreeze.objects.filter(pk=freeze_id).first()
    if row is None:
        raise NotFound
    before = _lock(row.account_id)
    row.refresh_from_db()
    if row.ended_at is not None:
        raise FreezeOver
    if is_closed_by_city(row.about):
        raise ClosedByCity
    _check_another(act.principal.actor, row.frozen_by)
    row.ended_at, row.ended_by, row.end_reason = act.at, act.principal.actor, why
    row.save(update_fields=["ended_at", "ended_by", "end_reason"])
    _say(act, row, before, why=why)
    return freeze_view(row)


def carry_freezes(act: Act, *, source_id: UUID, target_id: UUID) -> None:
    """Let what freezes a merged ID's account freeze the account that stands for it. Locks: both balances, by account id."""
    before = balances.lock(source_id, target_id)[target_id].frozen
    standing = AccountFreeze.objects.filter(account_id=source_id, ended_at=None).order_by("frozen_at", "id")
    for row in standing:
        already = AccountFreeze.objects.filter(account_id=target_id, scope=row.scope, about=row.about, ended_at=None)
        if not already.exists():
            copy = AccountFreeze.objects.create(
                id=new_id(act.at),
                account_id=target_id,
                scope=row.scope,
                about=row.about,
                reason=row.reason,
                frozen_at=act.at,
                frozen_by=row.frozen_by,
            )
            _say(act, copy, before, why=row.reason)


def desk() -> Named:
    """Return how the city's coin desk is called in every language, with its telephone number where there is one."""
    phone = settings.COIN["desk_phone"]
    return {language: f"{said} {phone}".strip() for language, said in in_every_language(DESK).items()}


def _check_right(act: Act) -> None:
    if not act.principal.may(FREEZE):
        raise NotAllowed


def _check_another(ends: UUID, froze: UUID) -> None:
    if ends == SYSTEM_ACTOR != froze:
        raise NotAllowed
    if ends == froze != SYSTEM_ACTOR:
        raise AnotherOfficerNeeded


def _lock(account_id: UUID) -> int:
    """Lock a resident's balance and return how it is frozen now."""
    balance = (
        Balance.objects.select_for_update(of=("self",))
        .filter(pk=account_id, account__kind=AccountKind.RESIDENT)
        .first()
    )
    if balance is None:
        raise NoWallet
    return balance.frozen


def _say(act: Act, row: AccountFreeze, before: int, *, why: str) -> None:
    """Leave audit, event and word to the phone; tell the holder only what has changed for them."""
    account_id = row.account_id
    now = Balance.objects.values_list("frozen", flat=True).get(pk=account_id)
    state = {Frozen.NO: "no", Frozen.OUTGOING: FreezeScope.OUTGOING.value, Frozen.ALL: FreezeScope.ALL.value}[
        Frozen(now)
    ]
    act.audit(what={"account_id": str(account_id), "freeze_id": str(row.pk), "scope": row.scope}, why=why)
    act.emit(AccountFreezeChanged(account_id=account_id, freeze_id=row.pk, frozen=state))
    act.after_commit(lambda: announce.balance_changed(account_id=account_id))
    if now != before:
        message = "wallet.unfrozen" if now == Frozen.NO else f"wallet.frozen_{state}"
        tell_holder(act, account_id=account_id, message=message, values={"desk": desk()}, dedupe=new_id(act.at))
