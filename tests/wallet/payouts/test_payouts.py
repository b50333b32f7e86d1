"""Paid coins become money in the cases that the law allows, by two officers; what a bank sends back is coins again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kernel.principal import SYSTEM
from kernel.problems import NotAllowed
from tests.wallet.audit import assert_whole
from tests.wallet.payouts.office import SAID, TO
from tests.wallet.town import NOON, amount_of
from wallet import errors, services
from wallet.engine.payouts import CASES, Ceiling, is_long_enough
from wallet.engine.zengin import parse
from wallet.models import CashTillEntry, CoinPayout, Entry, Lot, Posting
from wallet.selectors.law import law_report, payout_ceiling

pytestmark = pytest.mark.postgres
BONUS = ("bonus", 500, date(2026, 12, 1))


def test_cash_leaves_the_till_and_the_coins_the_account_and_the_bonus_stays(office):
    person = office.town.resident(BONUS, yen=3_000)
    counter = services.open_counter(office.town.act(SYSTEM), name="本庁")
    services.open_till(office.town.act(office.second), counter_id=counter.id, count={"10000": 1})
    approved = office.approved(person)
    assert (approved.state, approved.amount, amount_of(person.account)) == ("approved", 3_000, 3_500)
    with pytest.raises(errors.TillNotOpen):
        services.pay_out_in_cash(office.town.act(office.first), payout_id=approved.id)
    paid = services.pay_out_in_cash(office.town.act(office.second), payout_id=approved.id)
    assert (paid.state, amount_of(person.account)) == ("paid", 500)
    assert CashTillEntry.objects.get().amount == -3_000
    assert list(Lot.objects.filter(open=True).values_list("kind", "remaining")) == [("bonus", 500)]
    assert Posting.objects.get(journal__kind="payout").credit.kind == "counter_cash"
    (line,) = Entry.objects.filter(account_id=person.account, kind="payout")
    assert (line.direction, line.amount, line.receipt_number) == ("out", 3_000, approved.receipt_number)
    with pytest.raises(errors.PayoutDecided):
        services.pay_out_in_cash(office.town.act(office.second), payout_id=approved.id)
    assert_whole()


def test_a_transfer_is_booked_when_approved_written_once_and_comes_back_to_its_lots(office):
    person = office.town.resident(yen=3_000)
    lot = Lot.objects.get()
    approved = office.approved(person, TO, amount=2_000)
    assert (amount_of(person.account), approved.account_end) == (1_000, "67")
    act = office.town.act
    written = services.write_payout_file(act(office.first))
    with pytest.raises(errors.NothingToPay):
        services.write_payout_file(act(office.first))
    file = parse(services.take_payout_file(act(office.first), file_id=written.id))
    (transfer,) = file.transfers
    assert (transfer.amount, transfer.holder, transfer.reference) == (2_000, "ﾔﾏﾀﾞ ﾊﾅｺ", approved.receipt_number)
    with pytest.raises(errors.PayDayNotCome):
        services.confirm_payout(act(office.first), payout_id=approved.id)
    services.confirm_payout(act(office.first, after=timedelta(days=14)), payout_id=approved.id)
    services.return_payout(act(office.first, after=timedelta(days=15)), payout_id=approved.id, why="口座なし")
    lot.refresh_from_db()
    assert (lot.remaining, amount_of(person.account)) == (3_000, 3_000)
    assert list(Entry.objects.filter(kind="payout").order_by("at").values_list("direction", flat=True)) == ["out", "in"]
    with pytest.raises(errors.PayoutDecided):
        services.return_payout(act(office.first), payout_id=approved.id, why="口座なし")
    assert_whole()


def test_one_opens_and_another_approves(office):
    person = office.town.resident(yen=3_000)
    opened = office.opened(person)
    with pytest.raises(errors.SecondPersonNeeded):
        services.approve_payout(office.town.act(office.first), payout_id=opened.id)
    with pytest.raises(NotAllowed):
        services.approve_payout(office.town.act(person), payout_id=opened.id)
    assert CoinPayout.objects.get().state == "opened"
    services.refuse_payout(office.town.act(office.first), payout_id=opened.id, why="書類が足りません")
    assert (CoinPayout.objects.get().answer, amount_of(person.account)) == ("書類が足りません", 3_000)
    assert office.ask(person).state == "asked"  # may be asked for anew


def test_spent_meanwhile_is_not_paid_out(office):
    person, shop = office.town.resident(yen=3_000), office.town.till()
    opened = office.opened(person)
    services.pay_at_once(office.town.act(person), code=shop.code, amount=100)
    with pytest.raises(errors.PaidCoinsShort) as refused:
        services.approve_payout(office.town.act(office.second), payout_id=opened.id)
    assert refused.value.members == {"sendable": 2_900}
    services.take_payout_back(office.town.act(office.first), payout_id=opened.id, why="金額の変更")
    assert office.approved(person).amount == 2_900
    assert_whole()


def test_what_is_missing_or_wrong_is_refused(office):
    person, poor = office.town.resident(yen=3_000), office.town.resident(BONUS)
    with pytest.raises(errors.NothingToPayOut):
        office.ask(poor)
    for wrong in ({"case": "gift"}, {"reason": " "}, {"evidence": ""}):
        with pytest.raises(errors.PayoutIncomplete):
            services.open_payout(office.town.act(office.first), about=str(person.account), **(SAID | wrong))
    with pytest.raises(errors.NoSuchAccount):
        services.open_payout(office.town.act(office.first), about="0000-1", **SAID)
    with pytest.raises(errors.PaidCoinsShort):
        services.open_payout(office.town.act(office.first), about=str(person.account), amount=3_001, **SAID)
    office.ask(person)
    with pytest.raises(errors.PayoutUnderWay):
        office.ask(person)
    with pytest.raises(errors.PayoutUnderWay):
        services.close_account(office.town.act(SYSTEM), resident_id=person.actor)
    assert amount_of(person.account) == 3_000


def test_a_frozen_account_is_not_paid_out(office):
    person = office.town.resident(yen=3_000)
    opened = office.opened(person)
    services.freeze_account(office.town.act(SYSTEM), account_id=person.account, scope="outgoing", reason="確認")
    with pytest.raises(errors.AccountFrozen):
        services.approve_payout(office.town.act(office.second), payout_id=opened.id)
    assert amount_of(person.account) == 3_000


def test_small_payouts_keep_within_the_ceiling_of_the_period(office):
    office.town.at = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
    person, other = office.town.resident(yen=10_000), office.town.resident(yen=5_000)
    office.town.at = NOON  # after the base date of 30 September
    ceiling = payout_ceiling(date(2026, 11, 3))
    assert (ceiling.issued, ceiling.unused, ceiling.most, ceiling.left) == (15_000, 15_000, 3_000, 3_000)
    office.approved(person, TO, case="small", amount=2_500)
    with pytest.raises(errors.PayoutOverCeiling) as refused:
        office.opened(other, case="small", amount=501)
    assert refused.value.members == {"left": 500}
    (asked,) = CoinPayout.objects.filter(state="asked")
    services.refuse_payout(office.town.act(office.first), payout_id=asked.pk, why="上限")
    assert office.approved(other, TO, case="moved_away").amount == 5_000  # hardship counts towards no ceiling
    assert payout_ceiling(date(2026, 11, 3)).used == 2_500
    flow = law_report(date(2026, 11, 3)).paid_flow
    assert (flow.other, flow.closing) == (7_500, 7_500)
    assert_whole()


def test_the_end_of_the_coin_gives_sixty_days_and_needs_two(office):
    person, act = office.town.resident(yen=3_000), office.town.act
    with pytest.raises(errors.PayoutNotAllowed):
        office.opened(person, case="coin_ends")
    day = date(2026, 11, 10)
    with pytest.raises(errors.NoticeTooShort):
        services.announce_end(act(office.first), announced_on=day, claims_until=day + timedelta(days=59), reason="終了")
    end = services.announce_end(
        act(office.first), announced_on=day, claims_until=day + timedelta(days=60), reason="終了"
    )
    with pytest.raises(errors.SecondPersonNeeded):
        services.approve_end(act(office.first), end_id=end.id)
    services.approve_end(act(office.second), end_id=end.id)
    (asked,) = CoinPayout.objects.all()
    said = SAID | {"case": "coin_ends"}
    with pytest.raises(errors.PayoutNotAllowed):
        services.open_payout(act(office.first), payout_id=asked.pk, **said)
    later = timedelta(days=10)
    assert services.open_payout(act(office.first, after=later), payout_id=asked.pk, **said).amount == 3_000


def test_the_law_as_arithmetic():
    ceiling = Ceiling(base=date(2026, 9, 30), issued=999, unused=10_000, used=600)
    assert (ceiling.by_issue, ceiling.by_balance, ceiling.most, ceiling.left) == (199, 500, 500, 0)
    assert is_long_enough(date(2026, 11, 1), date(2026, 12, 31))
    assert not is_long_enough(date(2026, 11, 1), date(2026, 12, 30))
    assert {code for code, case in CASES.items() if case.is_limited} == {"small"}
