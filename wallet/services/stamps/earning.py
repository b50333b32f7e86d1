"""Earning stamps and giving them back: after the payment, by its event, so that paying costs what it cost before.

Everything about one person is decided under the lock of their balance. A payment earns one stamp a card, once for ever (unique);
after every change the person's cards are reckoned anew from the stamps that stand, and rewards follow: one more where a card
became full, one back where one is full no longer. Locks: balances, the card, the campaign's balance.
"""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

import msgspec
from django.db.models import F, Q

from accounts.notifications import Value
from kernel.clock import jst_date
from kernel.ids import new_id
from kernel.problems import NotFound
from kernel.use_case import Act, use_case
from wallet.engine.rewards import CoinReward, Waiting
from wallet.engine.stamps import Bought, earns, is_gone
from wallet.models import Campaign, Payment, Reward, Stamp, StampCard
from wallet.selectors.accounts import account_of, accounts_behind, standing_for
from wallet.selectors.coupons import place_of
from wallet.selectors.stamps.filling import bought_by, filled_of, rule_of, standing_rewards
from wallet.services import balances
from wallet.services.rewards import RewardMissed, give_reward, take_reward_back
from wallet.services.rewards.giving import Earned
from wallet.services.telling import tell_holder


class Stamped(msgspec.Struct, frozen=True):
    """How many stamps a payment earned, or lost."""

    stamps: int


class RewardTaken(msgspec.Struct, frozen=True):
    """How many rewards were given now; ``waits`` says why one is still to come."""

    given: int
    waits: Waiting | None


class Person(NamedTuple):
    """The account that stands for somebody, its balance locked, and those behind it."""

    account_id: UUID
    behind: list[UUID]


def stamp_payment(act: Act, *, payment_id: UUID) -> None:
    """Stamp the cards that a payment is good for; costs one small query where none is.

    Done again it does nothing; a payment that went back whole meanwhile earns nothing.
    """
    payment = Payment.objects.select_related("shop").filter(pk=payment_id).first()
    if payment is None:
        return
    place, rules = place_of(payment.shop), [(row.pk, rule_of(row)) for row in _live_cards(payment)]
    asks_for_goods = any(rule.products for _card, rule in rules)
    bought = bought_by(payment) if asks_for_goods else Bought(payment.amount)
    cards = [card for card, rule in rules if earns(rule, place, bought, payment.at)]
    if cards:
        _stamp(act, payment_id=payment_id, cards=cards)


def unstamp_payment(act: Act, *, payment_id: UUID) -> None:
    """Take the stamps of a payment back that went back whole; of another, and done again, it does nothing."""
    payment = Payment.objects.filter(pk=payment_id, refunded=F("amount")).first()
    if payment is not None and Stamp.objects.filter(payment_id=payment_id, taken_back_at=None).exists():
        _unstamp(act, payment_id=payment_id)


def unstamp_order(act: Act, *, order_id: UUID) -> None:
    """Take the stamps back that goods of an order earned, all of which went back; the whole payment is :func:`unstamp_payment`'s.

    Lines may go back without the payer's balance, so only its lock tells whether a stamp is being earned meanwhile.
    """
    payment = Payment.objects.filter(order_payment__order_id=order_id, refunded__lt=F("amount")).first()
    if payment is not None and _gone(payment, _live_cards(payment)):
        _unstamp(act, payment_id=payment.pk)


@use_case("wallet.take_stamp_reward")
def take_stamp_reward(act: Act, *, card_id: UUID) -> RewardTaken:
    """Give what a full card earned and could not be given when it became full. Twice does no harm.

    :raises NotFound: for a card that this person has no stamp of; :raises NoWallet:.
    """
    person = _lock_person(account_of(act.principal))
    card = StampCard.objects.select_related("campaign").filter(pk=card_id).first()
    if card is None or not Stamp.objects.filter(card=card, account_id__in=person.behind).exists():
        raise NotFound
    given, waits = _follow(act, card, person)
    act.audit(what={"card_id": str(card_id), "account_id": str(person.account_id), "given": given})
    return RewardTaken(max(given, 0), waits)


@use_case("wallet.merge_stamps")
def merge_stamps(act: Act, *, target_id: UUID) -> None:
    """Reckon all cards of a person anew whose IDs became one, inside the act that holds the balances."""
    person = Person(target_id, accounts_behind(target_id))
    cards = StampCard.objects.filter(stamps__account_id__in=person.behind).distinct().order_by("id")
    for card in cards.select_related("campaign"):
        _follow(act, card, person)
    act.audit(what={"account_id": str(target_id)})


@use_case("wallet.stamp_payment")
def _stamp(act: Act, *, payment_id: UUID, cards: list[UUID]) -> Stamped:
    payment = Payment.objects.only("account_id").get(pk=payment_id)
    person = _lock_person(payment.account_id)
    payment = Payment.objects.get(pk=payment_id)  # as it is under the lock
    if payment.refunded == payment.amount:
        return Stamped(0)
    gone = _gone(payment, StampCard.objects.filter(pk__in=cards))
    cards = [card for card in cards if card not in gone]
    stamps = [
        Stamp(id=new_id(payment.at), card_id=card, account_id=payment.account_id, payment=payment,
              shop_id=payment.shop_id, at=payment.at, day=jst_date(payment.at))
        for card in cards
    ]  # fmt: skip
    before = Stamp.objects.filter(payment_id=payment_id).count()
    Stamp.objects.bulk_create(stamps, ignore_conflicts=True)
    earned = Stamp.objects.filter(payment_id=payment_id).count() - before
    if earned:
        _follow_all(act, cards, person)
    act.audit(what={"payment_id": str(payment_id), "account_id": str(person.account_id), "stamps": earned})
    return Stamped(earned)


@use_case("wallet.unstamp_payment")
def _unstamp(act: Act, *, payment_id: UUID) -> Stamped:
    payment = Payment.objects.get(pk=payment_id)
    person = _lock_person(payment.account_id)
    stamps = Stamp.objects.filter(payment_id=payment_id, taken_back_at=None)
    if payment.refunded < payment.amount:
        gone = _gone(payment, StampCard.objects.filter(stamps__payment_id=payment_id))
        stamps = stamps.filter(card_id__in=gone)
    cards = list(stamps.values_list("card_id", flat=True))
    lost = stamps.update(taken_back_at=act.at)
    _follow_all(act, cards, person)
    act.audit(what={"payment_id": str(payment_id), "account_id": str(person.account_id), "stamps": -lost})
    return Stamped(lost)


def _live_cards(payment: Payment) -> "Iterable[StampCard]":
    """Return the cards that stood when the payment was made: neither before it was put out nor while it is stopped."""
    at = payment.at
    standing = StampCard.objects.filter(starts_at__lte=at, ends_at__gt=at, created_at__lte=at)
    return standing.filter(Q(paused_at=None) | Q(paused_at__gt=at)).order_by("id")


def _gone(payment: Payment, cards: Iterable[StampCard]) -> list[UUID]:
    """Return the cards that count goods of this payment, all of which went back."""
    rules = [(card.pk, rule) for card in cards if (rule := rule_of(card)).products]
    bought = bought_by(payment) if rules else Bought(payment.amount)
    return [card for card, rule in rules if is_gone(rule, bought)]


def _lock_person(account_id: UUID) -> Person:
    """Lock the balance of the account that stands for this one, also where IDs are merged at the same time."""
    while True:
        standing = standing_for(account_id)
        balances.lock(standing)
        if standing_for(account_id) == standing:
            return Person(standing, accounts_behind(standing))


def _follow_all(act: Act, cards: list[UUID], person: Person) -> None:
    for card in StampCard.objects.select_related("campaign").filter(pk__in=cards).order_by("id"):
        _follow(act, card, person)


def _follow(act: Act, card: StampCard, person: Person) -> tuple[int, Waiting | None]:
    """Let the rewards be as many as the full cards; return how many were given (below zero: taken back), and what one waits for."""
    given = standing_rewards(card.pk, person.behind)
    due = filled_of(card, person.behind).full - len(given)
    if due < 0:
        return -sum(_take_back(act, card, row) for row in given[due:]), None
    Reward.objects.filter(pk__in=[row.pk for row in given], kept_at__isnull=False).update(kept_at=None)
    for number in range(due):
        waits = _give(act, card, person)
        if waits is not None:
            return number, waits
    return due, None


def _give(act: Act, card: StampCard, person: Person) -> Waiting | None:
    left = StampCard.objects.filter(Q(stock=None) | Q(given__lt=F("stock")), pk=card.pk)
    if not left.update(given=F("given") + 1):
        return "sold_out"
    campaign: Campaign | None = card.campaign
    earned = Earned(person.account_id, rule_of(card).reward, Reward.Source.STAMPS, card.pk, campaign)
    try:
        row = give_reward(act, earned)
    except RewardMissed as missed:
        StampCard.objects.filter(pk=card.pk).update(given=F("given") - 1)
        return missed.why
    _tell(act, card, person, row)
    return None


def _take_back(act: Act, card: StampCard, row: Reward) -> bool:
    is_back = take_reward_back(act, row)
    if is_back:
        StampCard.objects.filter(pk=card.pk).update(given=F("given") - 1)
    return is_back


def _tell(act: Act, card: StampCard, person: Person, row: Reward) -> None:
    """Tell the person that a card is full and what it brought."""
    gift = rule_of(card).reward
    values: dict[str, Value] = {"card": {"ja": card.title, "en": card.title_en}}
    if isinstance(gift, CoinReward):
        values["amount"] = gift.yen
    kind = "coins" if isinstance(gift, CoinReward) else "coupon"
    message = f"wallet.stamp_card_full_{kind}"
    tell_holder(act, account_id=person.account_id, message=message, values=values, dedupe=row.pk)
