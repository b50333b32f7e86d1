"""Taking a reward back: an untouched one goes back whole, a spent one stays and is noted."""

from uuid import UUID

from django.db.models import OuterRef, Subquery

from kernel.use_case import Act
from wallet.engine.lots import Move
from wallet.models import CouponClaim, JournalKind, Lot, Reward
from wallet.services import announce, balances, lots
from wallet.services.books import open_journal, post
from wallet.services.campaigns import give_back_to_campaign


def take_reward_back(act: Act, row: Reward) -> bool:
    """Take one reward back and tell whether that was possible; inside an open act that holds the account's balance.

    Coins come back while none of their lot is spent, sent on or ended; a coupon while no payment uses it.
    """
    is_back = _take_coupon(act, row.claim_id) if row.claim_id else _take_coins(act, row)
    if is_back:
        row.ended_at, row.kept_at = act.at, None
    elif row.kept_at is None:
        row.kept_at = act.at
    row.save(update_fields=["ended_at", "kept_at", "journal"])
    return is_back


def _take_coupon(act: Act, claim_id: UUID) -> bool:
    unused = CouponClaim.objects.filter(pk=claim_id, used_at=None, revoked_at=None)
    return bool(unused.update(revoked_at=act.at))


def _take_coins(act: Act, row: Reward) -> bool:
    assert row.top_up is not None  # noqa: S101 - what is no coupon is coins, checked by the database
    assert row.campaign is not None  # noqa: S101
    lot = Lot.objects.get(journal_id=row.top_up.journal_id)
    if lot.remaining != lot.issued:
        return False
    account_id, purse = row.account_id, row.campaign.account_id
    balances.give(balances.lock(account_id)[account_id], -lot.issued)
    row.journal = open_journal(act, JournalKind.REVERSAL, key=f"reward-back/{row.pk}")
    post(row.journal, debit=account_id, credit=purse, amount=lot.issued)
    lots.move(row.journal, [Move(lot.pk, -lot.issued)])
    give_back_to_campaign(purse, lot.issued)
    act.after_commit(lambda: announce.balance_changed(account_id=account_id))
    return True


def carry_coupons(act: Act, *, source_id: UUID, target_id: UUID) -> None:
    """Put the coupons that a merged ID held into the hand of the ID that stays, inside the act that holds both balances.

    Where both took the same one, the person keeps one. What was used stays with the account that used it: caps count both.
    """
    held = CouponClaim.objects.filter(account_id=source_id, used_at=None, revoked_at=None)
    twice = CouponClaim.objects.filter(
        account_id=target_id, coupon_id=OuterRef("coupon_id"), source_id=OuterRef("source_id")
    )
    also = held.annotate(other=Subquery(twice.values("pk")[:1]))
    also.filter(other__isnull=False).update(revoked_at=act.at)
    also.filter(other=None).update(account_id=target_id)
