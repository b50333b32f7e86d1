"""The demo city comes alive: plainly made up, quickly, twice without harm, and the books are right."""

import io
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.models import Membership
from accounts.selectors import principal_of, seeded_personas
from kernel import clock
from kernel.clock import jst_date, jst_midnight
from tests.database import Database
from tests.places import ROOT
from tests.wallet.served import addresses, server
from wallet.models import MerchantApplication, Order, Payment, Shop, ShopClosing
from wallet.selectors.accounts import account_of
from wallet.selectors.feeds import newest_entries, till
from wallet.selectors.mine import own_balance
from wallet.selectors.shops import shops_of


@pytest.mark.slow  # two hundred people live five weeks
def test_the_demo_city_comes_alive(committed_db, tmp_path) -> None:
    told = io.StringIO()
    call_command("demo_city", stdout=told)
    counts = (Shop.objects.count(), Payment.objects.count())
    assert counts[0] == 12
    assert 500 < counts[1] < 800
    call_command("demo_city", stdout=told)
    assert (Shop.objects.count(), Payment.objects.count()) == counts
    call_command("audit_ledger", stdout=told)
    assert sorted(Order.objects.values_list("status", flat=True)) == ["held", "open", "paid", "paid"]
    _hanako_has_a_gift_that_ends_soon()
    _the_cashier_has_a_till()
    _merchants_come_and_close_their_days()
    assert "The ledger is whole." in told.getvalue()
    _the_tour_of_the_front_page_works(committed_db, tmp_path)


def _merchants_come_and_close_their_days() -> None:
    states = sorted(MerchantApplication.objects.values_list("state", flat=True))
    assert states == ["declined", "sent_back", "waiting"]
    assert ShopClosing.objects.count() == 7
    assert Membership.objects.filter(role="merchant.cashier", ended_at=None).count() == 2


def _persona(role: str, name: str = ""):
    found = (each for each in seeded_personas() if each.persona.role == role and name in each.persona.name)
    return principal_of(next(found).resident_id)


def _hanako_has_a_gift_that_ends_soon() -> None:
    hanako, at = _persona("resident", "花子"), clock.now()
    balance = own_balance(hanako, at=at)
    assert balance.available == 4820
    gift = balance.lots[0]
    assert (gift.kind, gift.remaining, gift.expires_on) == ("bonus", 500, jst_date(at) + timedelta(days=6))
    newest = newest_entries(account_of(hanako))
    assert [entry.kind for entry in newest] == [
        "top_up", "refund", "payment", "payment", "payment", "payment", "top_up",
    ]  # fmt: skip
    assert newest[0].occurred_at < jst_midnight(jst_date(at))


def _the_cashier_has_a_till() -> None:
    (shop,) = shops_of(_persona("merchant.cashier")).results
    assert (shop.name, shop.may) == ("まちの茶屋 見本", ["charge", "refund", "top_up", "close_day"])
    assert len(till(shop.id).payments) == 20


def _the_tour_of_the_front_page_works(database: Database, folder: Path) -> None:
    """Run the README's tour, line by line, against a real server."""
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    tour = page.partition("## Three minutes by curl")[2].partition("```sh\n")[2].partition("```")[0]
    for name in (".venv", "manage.py"):
        (folder / name).symlink_to(ROOT / name)
    with server("config.wsgi:application", database) as client:
        here = tour.replace("http://localhost:8000", str(client.base_url).rstrip("/"))
        assert here != tour
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", here],
            cwd=folder, env=addresses(database), capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count('"status":"paid"') == 2
    assert '"status":"partly_refunded","amount":500,"discount":0,"refunded":100' in done.stdout
    assert "The ledger is whole." in done.stdout
    assert own_balance(_persona("resident", "花子"), at=clock.now()).available == 4820 - 500 + 100
