"""After the storm one comparison makes the company's books and ours the same, to the yen."""

import random
import subprocess
import sys
from datetime import timedelta

import pytest

from kernel.problems import DomainError
from tests.concurrency.test_ledger import assert_whole
from tests.places import ROOT
from tests.wallet.served import addresses
from tests.wallet.town import amount_of
from wallet import services
from wallet.gateways.cards.fake import paying
from wallet.models import CardAlert, CardPayment, CardRefund, CardRun, Posting, TopUp, VendorEvent

pytestmark = pytest.mark.postgres


def compare(counter):
    window = {"since": counter.town.at - timedelta(days=5), "until": counter.town.at + timedelta(seconds=1)}
    return services.reconcile_cards(**window, at=counter.town.at)


def their_books(counter) -> int:
    """Return what the company took for the city, less what it sent back or was charged back."""
    with counter.company.books.turn() as turn:
        taken = sum(charge["amount"] - charge["amount_refunded"] for charge in turn.all("charge"))
        return taken - sum(dispute["amount"] for dispute in turn.all("dispute", status="lost"))


def our_books() -> int:
    """Return what stands on the account of the card company."""
    card = Posting.objects.select_related("debit", "credit")
    return sum(
        p.amount if p.debit.kind == "card" else -p.amount for p in card if "card" in (p.debit.kind, p.credit.kind)
    )


def test_what_nobody_told_us_is_booked(counter):
    yuki = counter.town.resident()
    counter.enter_card(counter.begin(yuki, 3000))
    run = compare(counter)
    assert (run.seen, run.mended, run.alerts, amount_of(yuki.account)) == (1, 1, 0, 3000)
    again = compare(counter)
    assert (again.seen, again.mended, again.alerts) == (1, 0, 0)
    assert their_books(counter) == our_books() == 3000


def test_what_we_do_not_know_and_what_they_do_not_know_calls_an_officer_once(counter, company):
    yuki = counter.town.resident()
    row = counter.bought(yuki, 3000)
    with counter.company.books.turn() as turn:
        ours = turn.find("payment_intent", row.intent_id)
        turn._db.execute("DELETE FROM thing WHERE id = ?", (ours["id"],))
        paying.succeed(
            turn,
            paying.create_intent(
                turn, amount=900, currency="jpy", metadata={"machi_payment": str(yuki.actor)}, methods=["card"]
            ),
        )
    for _ in range(2):
        compare(counter)
    found = {(alert.kind, alert.ours, alert.theirs) for alert in CardAlert.objects.all()}
    assert found == {("unknown_here", None, 900), ("unknown_there", 3000, None)}
    assert amount_of(yuki.account) == 3000


def test_a_run_that_was_cut_off_is_done_again(counter, settings):
    for _ in range(3):
        counter.enter_card(counter.begin(counter.town.resident(), 1000))
    there, settings.STRIPE = settings.STRIPE, settings.STRIPE | {"api_base": "http://127.0.0.1:9"}
    with pytest.raises(DomainError):
        compare(counter)
    settings.STRIPE = there
    assert compare(counter).mended == 3
    assert sorted(run.ended_at is None for run in CardRun.objects.all()) == [False, True]


KILLED = """
import os, sys, django
django.setup()
from django.conf import settings
from kernel import clock
from kernel.use_case import Act
from wallet import services
from wallet.services.cards import settling
settings.STRIPE = dict(settings.STRIPE, key="sk_test_of_a_test", webhook_secret="whsec_of_a_test", api_base=sys.argv[1])
left = [int(sys.argv[2])]
issue = settling.issue_to_account
def dying(act, what):
    done = issue(act, what)
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), 9)  # the coins are written, and nothing of it is committed
    return done
settling.issue_to_account = dying
from datetime import datetime
at = datetime.fromisoformat(sys.argv[3])
from wallet.models import CardPayment
for row in CardPayment.objects.filter(status="open").order_by("started_at", "id"):
    services.cards.look(row.pk, at=at)
"""


@pytest.mark.slow  # hundreds of payments over a real server, and a process that is killed among them
def test_after_a_storm_of_news_and_a_killed_process_one_comparison_makes_the_books_the_same(
    counter, committed_db, settings
):
    dice = random.Random(20261130)
    people = [counter.town.resident() for _ in range(30)]
    storm = _Storm(counter, dice)
    for number in range(240):
        if number % 60 == 0:
            counter.town.at += timedelta(hours=2)
        storm.pay(people[number % len(people)])
        if dice.random() < 0.4:
            storm.deliver()
    command = [sys.executable, "-c", KILLED, settings.STRIPE["api_base"], "7", counter.town.at.isoformat()]
    killed = subprocess.run(command, cwd=ROOT, env=addresses(committed_db), check=False, capture_output=True)
    assert killed.returncode == -9, killed.stderr.decode()
    assert our_books() != their_books(counter)
    run = compare(counter)
    assert run.mended > 0
    assert our_books() == their_books(counter) > 0
    assert sum(amount_of(person.account) for person in people) == our_books()
    assert (
        CardPayment.objects.filter(status="paid").count() == TopUp.objects.filter(kind__in=["card", "konbini"]).count()
    )
    assert not CardRefund.objects.filter(status="asked").exists()
    assert compare(counter).mended == 0
    assert VendorEvent.objects.count() < len(counter.company.events())
    assert_whole()


class _Storm:
    """Payments of all kinds, and a post that loses, doubles, shuffles and delays."""

    def __init__(self, counter, dice) -> None:
        self.counter, self.dice = counter, dice
        self.bag: list[dict] = []

    def pay(self, person) -> None:
        counter, dice = self.counter, self.dice
        method = dice.choice(("card", "card", "konbini"))
        top_up = counter.begin(person, dice.choice((500, 1000, 3000, 10_000)), method)
        if method == "konbini":
            intent = counter.take_number(top_up)
            if dice.random() < 0.7:
                counter.company.pay_at_store(intent["id"])
            return
        intent = counter.enter_card(top_up, dice.choice((paying.GOOD, paying.GOOD, paying.CHALLENGED, paying.POOR)))
        if intent["status"] == "requires_action":
            intent = counter.company.answer_challenge(intent["id"], passes=dice.random() < 0.8)
        if intent["status"] == "succeeded" and dice.random() < 0.08:
            counter.company.refund_by_hand(intent["id"], dice.choice((100, 500)))

    def deliver(self) -> None:
        """Bring some of the news, some twice, in any order; lose some, keep some for later."""
        self.bag += self.counter.news()
        self.dice.shuffle(self.bag)
        for event in self.bag[: len(self.bag) // 2]:
            if self.dice.random() < 0.5:
                continue
            for _ in range(self.dice.choice((1, 1, 2))):
                self.counter.hear(event)
        self.bag = self.bag[len(self.bag) // 2 :]
