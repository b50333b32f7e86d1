"""Races for bank transfers, run as races: one file by many officers, one movement booked by many, two who decide."""

from collections import Counter
from functools import partial

import pytest
from django.test import override_settings

from tests.concurrency.crowd import all_at_once
from tests.wallet.audit import assert_whole
from tests.wallet.bank.bank import TRANSFERS, Office, came, table, zengin
from tests.wallet.town import amount_of
from wallet import services
from wallet.models import BankLine, BankStatement, TopUp, TransferCode

pytestmark = pytest.mark.postgres


@pytest.fixture
def office(committed_db):
    """Build an office in a database of its own: races commit."""
    with override_settings(TRANSFERS=TRANSFERS):
        yield Office()


def codes(outcomes) -> Counter:
    return Counter(outcome if isinstance(outcome, str) else "done" for outcome in outcomes)


def test_twenty_officers_with_two_files_of_the_same_day_take_each_line_once(office):
    person, code = office.resident()
    rows = [came(100 + number % 3, f"{code} ﾔﾏﾀﾞ") for number in range(12)]
    fixed, same = office.read(zengin(*rows)), office.read(table(*rows))
    act = office.town.act
    outcomes = all_at_once(
        partial(services.import_bank_statement, act(who), statement_id=seen.id)
        for who in (office.first, office.second) * 5
        for seen in (fixed, same)
    )
    assert codes(outcomes) == {"done": 20}
    assert (BankStatement.objects.count(), BankLine.objects.count()) == (2, 12)
    looked = all_at_once(partial(services.book_bank_lines, at=office.town.at) for _ in range(8))
    assert max(looked) == 12
    assert (TopUp.objects.filter(kind="bank").count(), amount_of(person.account)) == (12, 1_212)
    assert_whole()


def test_a_code_asked_for_by_twenty_at_once_is_one(office):
    person = office.town.resident()
    given = all_at_once(partial(services.give_transfer_code, office.town.act(person)) for _ in range(20))
    assert len({each.code for each in given}) == 1
    assert TransferCode.objects.count() == 1


def test_who_decides_at_once_decides_once(office):
    person, code = office.resident()
    office.take(zengin(came(40_000, "ﾔﾏﾀﾞ")))
    line, act = BankLine.objects.get(), office.town.act
    said = {"deed": "assign", "about": code, "reason": "本人の控え"}
    proposed = all_at_once(
        partial(services.propose_for_bank_line, act(office.first), line_id=line.pk, **said) for _ in range(10)
    )
    assert codes(proposed) == {"done": 1, "bank_line_decided": 9}
    (made,) = line.proposals.all()
    decided = all_at_once(
        partial(services.decide_bank_proposal, act(office.second), proposal_id=made.pk, accept=True) for _ in range(10)
    )
    assert codes(decided) == {"done": 1, "bank_line_decided": 9}
    assert amount_of(person.account) == 40_000
    assert_whole()
