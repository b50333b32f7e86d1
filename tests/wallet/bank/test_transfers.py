"""What comes in by bank becomes coins once, whichever files tell of it; what does not fit waits for officers, who are two above a
threshold.
"""

import pytest
from django.db.models import Sum

from kernel.principal import SYSTEM
from kernel.problems import NotAllowed
from tests.wallet.audit import assert_whole
from tests.wallet.bank.bank import TRANSFERS, came, movements, states, table, zengin
from tests.wallet.city_office import ACCOUNT
from tests.wallet.town import amount_of
from wallet import errors, services
from wallet.engine.numbers import grouped, holds
from wallet.models import BankLine, BankStatement, Lot, TopUp, TransferCode

pytestmark = pytest.mark.postgres


def test_a_code_is_given_once_and_holds(office):
    person, code = office.resident()
    assert (len(code), holds(code)) == (8, True)
    again = services.give_transfer_code(office.town.act(person))
    assert again.code == code
    assert (again.account.bank_name, again.account.number, again.account.holder) == ("見本", "0000001", "ﾐﾎﾝｼ ｺｲﾝｶｲｹｲ")
    assert TransferCode.objects.count() == 1


def test_a_transfer_becomes_paid_coins_and_every_state_is_told(office):
    person, code = office.resident()
    other, others = office.resident(yen=299_000)
    taken = office.take(
        zengin(
            came(5_000, f"{code} ﾔﾏﾀﾞ ﾊﾅｺ"),
            came(2_000, f"ﾔﾏﾀﾞ{grouped(others)}"),  # over the limit
            came(1_000, "ﾔﾏﾀﾞ ﾀﾛｳ"),
            came(1_100, "12345678 ﾔﾏﾀﾞ"),  # the check digit does not fit
            came(1_200, "00000000 ﾔﾏﾀﾞ" if not TransferCode.objects.filter(code="00000000").exists() else "ﾔﾏﾀﾞ"),
            came(900, code, deal="19"),  # a correction
            came(700, "ﾃｽｳﾘﾖｳ", way="2"),
        )
    )
    assert (taken.lines, taken.fresh, taken.known) == (7, 7, 0)
    assert states() == [
        (5_000, "booked", ""), (2_000, "open", "limit"), (1_000, "open", "no_code"), (1_100, "open", "damaged_code"),
        (1_200, "open", "unknown_code"), (900, "open", "not_final"), (700, "out", ""),
    ]  # fmt: skip
    assert (amount_of(person.account), amount_of(other.account)) == (5_000, 299_000)
    lot = Lot.objects.get(account_id=person.account)
    assert (lot.kind, lot.issued, TopUp.objects.get(journal=lot.journal).kind) == ("paid", 5_000, "bank")
    assert_whole()


def test_the_same_file_twice_and_overlapping_files_in_both_formats_change_nothing(office):
    person, code = office.resident()
    name = f"{code} ﾔﾏﾀﾞ ﾊﾅｺ"
    first = zengin(came(3_000, name, serial="7"), came(3_000, name, serial="8"))
    office.take(first)
    assert office.take(first).fresh == 2  # known by its bytes: what it brought then
    assert BankStatement.objects.count() == 1
    longer = zengin(came(3_000, name, serial="7"), came(3_000, name, serial="8"), came(400, name, serial="9"))
    assert (office.take(longer).fresh, office.read(longer).known) == (1, 3)
    assert office.take(table(came(3_000, name), came(3_000, name), came(400, name), came(50, name))).fresh == 1
    learnt = zengin(came(3_000, name, serial="7"), came(50, name, serial="10"))
    assert office.take(learnt).fresh == 0
    assert BankLine.objects.get(amount=50).serial == "10"
    assert amount_of(person.account) == 6_450
    assert sorted(BankLine.objects.values_list("amount", flat=True)) == [50, 400, 3_000, 3_000]
    assert_whole()


def test_a_number_of_the_banks_that_stands_for_another_amount_is_no_file(office):
    office.take(zengin(came(3_000, "ﾔﾏﾀﾞ", serial="7")))
    seen = office.read(zengin(came(2_000, "ｽｽﾞｷ", serial="8"), came(4_000, "ﾔﾏﾀﾞ", serial="7")))
    assert (seen.id, [(each.number, each.code) for each in seen.troubles]) == (None, [(3, "serial_differs")])
    assert BankLine.objects.count() == 1


def test_a_preview_takes_nothing_and_says_what_would_come(office):
    _person, code = office.resident()
    office.take(zengin(came(1_000, "ﾔﾏﾀﾞ")))
    seen = office.read(zengin(came(1_000, "ﾔﾏﾀﾞ"), came(2_000, code), came(3_000, "ｽｽﾞｷ"), came(500, "ﾃｽｳﾘﾖｳ", way="2")))
    assert (seen.lines, seen.known, seen.fresh, seen.matched, seen.unmatched) == (4, 1, 3, 1, 1)
    assert (seen.total_in, seen.total_out, seen.account) == (6_000, 500, "9901-001-1-0000001")
    assert BankLine.objects.count() == 1


@pytest.mark.parametrize("changed", [{"account_number": "0000000002"}, {"bank_code": "9902"}, {"branch_code": "002"}])
def test_another_accounts_file_is_refused(office, changed):
    with pytest.raises(errors.StatementOfAnotherAccount):
        office.read(zengin(came(1_000, "ﾔﾏﾀﾞ"), **changed))
    assert BankStatement.objects.count() == 0


def test_an_officer_assigns_and_above_the_threshold_two_do(office):
    person, code = office.resident()
    office.take(zengin(came(4_000, "ﾔﾏﾀﾞ"), came(50_000, "ﾔﾏﾀﾞ")))
    small, large = BankLine.objects.order_by("amount")
    said = {"deed": "assign", "about": grouped(code), "reason": "本人の控えで確認"}
    act = office.town.act
    assert services.propose_for_bank_line(act(office.first), line_id=small.pk, **said).is_accepted
    made = services.propose_for_bank_line(act(office.first), line_id=large.pk, **said)
    assert (made.is_accepted, amount_of(person.account)) == (None, 4_000)
    with pytest.raises(errors.AnotherOfficerNeeded):
        services.decide_bank_proposal(act(office.first), proposal_id=made.id, accept=True)
    with pytest.raises(errors.BankLineDecided):
        services.propose_for_bank_line(act(office.second), line_id=large.pk, **said)
    services.decide_bank_proposal(act(office.second), proposal_id=made.id, accept=True)
    assert amount_of(person.account) == 54_000
    with pytest.raises(errors.BankLineDecided):
        services.decide_bank_proposal(act(office.second), proposal_id=made.id, accept=True)
    assert_whole()


def test_what_is_refused_stays_open_and_what_goes_back_is_told_with_the_banks_number(office):
    _person, code = office.resident(yen=299_000)
    office.take(zengin(came(2_000, code), came(800, "ﾘｿｸ"), came(40_000, "ﾔﾏﾀﾞ")))
    over, interest, wrong = movements()
    act, propose = office.town.act, services.propose_for_bank_line
    with pytest.raises(errors.LimitBalance):
        propose(act(office.first), line_id=over.pk, deed="assign", about=code, reason="本人の控え")
    for said in ({"deed": "return", "reason": "相違"}, {"deed": "aside", "reason": " "}, {"deed": "", "reason": "x"}):
        with pytest.raises(errors.BankDeedIncomplete):
            propose(act(office.first), line_id=over.pk, **said)
    with pytest.raises(errors.NoSuchAccount):
        propose(act(office.first), line_id=over.pk, deed="assign", about="99999999", reason="本人の控え")
    propose(act(office.first), line_id=over.pk, deed="return", reference="K-77", reason="上限のため")
    propose(act(office.first), line_id=interest.pk, deed="aside", reason="預金利息")
    made = propose(act(office.first), line_id=wrong.pk, deed="return", reference="K-78", reason="相違")
    services.decide_bank_proposal(act(office.second), proposal_id=made.id, accept=False)
    assert states() == [(2_000, "returned", "limit"), (800, "aside", "no_code"), (40_000, "open", "no_code")]
    assert TopUp.objects.filter(kind="bank").count() == 0
    assert BankLine.objects.filter(is_in=True).aggregate(sum=Sum("amount"))["sum"] == 42_800
    assert_whole()


def test_a_frozen_or_closed_account_waits_for_an_officer(office):
    person, code = office.resident()
    gone, gones = office.resident()
    town = office.town
    officer = type(person)(office.first.actor, frozenset({"wallet.freeze_accounts"}))
    services.freeze_account(town.act(officer), account_id=person.account, scope="all", reason="確認のため")
    services.close_account(town.act(SYSTEM), resident_id=gone.actor)
    office.take(zengin(came(1_000, code), came(2_000, gones)))
    assert states() == [(1_000, "open", "frozen"), (2_000, "open", "closed")]
    assert_whole()


def test_only_the_desk_may(office):
    person, _code = office.resident()
    for service, said in (
        (services.read_bank_statement, {"content": b""}),
        (services.import_bank_statement, {"statement_id": person.actor}),
        (services.propose_for_bank_line, {"line_id": person.actor, "deed": "aside", "reason": "x"}),
        (services.decide_bank_proposal, {"proposal_id": person.actor, "accept": True}),
        (services.look_at_bank_line, {"line_id": person.actor}),
        (services.book_bank_line, {"line_id": person.actor}),
    ):
        with pytest.raises(NotAllowed):
            service(office.town.act(person), **said)


def test_without_an_account_nothing_is_offered(office, settings):
    settings.TRANSFERS = TRANSFERS | {"account": ACCOUNT | {"account_number": ""}}
    person = office.town.resident()
    with pytest.raises(errors.TransfersNotOffered):
        services.give_transfer_code(office.town.act(person))
