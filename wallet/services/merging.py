"""Two IDs became one: what the old one's account holds goes over to the account of the ID that stays.

Lots go over one by one, each with its kind, its day of issue and its last day: none is extended or merged (資金決済法
article 4(2)). What is held stays where it is until the shop has captured or released it; what then comes back, and a later
refund, follow.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection

from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.use_case import Act, use_case
from wallet.engine.lots import Move
from wallet.engine.results import TakenOver
from wallet.models import CURRENCY, JournalKind, Lot, Succession, Takeover
from wallet.selectors.accounts import account_held_by
from wallet.selectors.coupons.standing import coupons_left_behind
from wallet.services import announce, balances, lots
from wallet.services.books import open_journal, post
from wallet.services.freezing import carry_freezes
from wallet.services.opening import open_account
from wallet.services.referrals import merge_referrals
from wallet.services.rewards import carry_coupons
from wallet.services.stamps import merge_stamps


@use_case("wallet.succeed")
def succeed(act: Act, *, survivor_id: UUID, merged_id: UUID) -> TakenOver | None:
    """Let the survivor's account stand for the merged ID's, take over what it holds, and cut the link to the merged ID.

    Twice does no harm. Locks: both balances, by account id.

    Returns None where the merged ID has no account, or none any more.
    """
    source = account_held_by(merged_id)
    if source is None:
        return None
    target = open_account(act, resident_id=survivor_id).id
    # Whoever was merged into the merged ID before follows too.
    Succession.objects.filter(target=source).update(target=target)
    Succession.objects.update_or_create(source_id=source, defaults={"target_id": target, "since": act.at})
    with connection.cursor() as cursor:
        cursor.execute("SELECT wallet_unlink_merged(%s)", [source])
    carry_freezes(act, source_id=source, target_id=target)
    taken = take_over(act, source_id=source, target_id=target)
    carry_coupons(act, source_id=source, target_id=target)
    merge_stamps(act, target_id=target)
    merge_referrals(act, target_id=target)
    return taken


@use_case("wallet.take_over")
def take_over(act: Act, *, source_id: UUID, target_id: UUID) -> TakenOver:
    """Move what may be spent from one account to the other, lot by lot. Locks: both balances, by account id.

    The target may come to hold more than one may top up to: nothing is taken from anybody by merging.
    """
    held = balances.lock(source_id, target_id)
    moved = list(Lot.objects.filter(account_id=source_id, open=True).order_by("expires_on", "kind", "id"))
    amount = sum(lot.remaining for lot in moved)
    if amount:
        balances.give(held[source_id], -amount)
        balances.give(held[target_id], amount)
        journal = open_journal(act, JournalKind.MERGE)
        post(journal, debit=source_id, credit=target_id, amount=amount)
        lots.move(journal, [Move(lot.pk, -lot.remaining) for lot in moved])
        lots.carry(journal, [Move(lot.pk, -lot.remaining) for lot in moved], target_id)
        Takeover.objects.create(
            id=new_id(act.at), journal=journal, source_id=source_id, target_id=target_id, amount=amount, at=act.at
        )
        act.after_commit(lambda: announce.balance_changed(account_id=target_id))
    act.audit(what={"source": str(source_id), "target": str(target_id), "amount": amount})
    return TakenOver(source_id=source_id, target_id=target_id, amount=amount, currency=CURRENCY)


@use_case("wallet.take_coupons_over")
def _take_coupons_over(act: Act, *, source_id: UUID, target_id: UUID) -> None:
    balances.lock(source_id, target_id)
    carry_coupons(act, source_id=source_id, target_id=target_id)
    act.audit(what={"source": str(source_id), "target": str(target_id)})


def follow_successions(*, at: datetime) -> int:
    """Take over what came back to merged accounts since, coins and coupons; return how many yen."""
    for source, target in coupons_left_behind():
        _take_coupons_over(Act(SYSTEM, at=at), source_id=source, target_id=target)
    back = Succession.objects.filter(source__balance__amount__gt=0).values_list("source_id", "target_id")
    return sum(
        take_over(Act(SYSTEM, at=at), source_id=source, target_id=target).amount
        for source, target in list(back.order_by("source_id"))
    )
