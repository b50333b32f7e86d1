"""Races for closing an account, run as races: two who decide, and payments that land meanwhile."""

from collections import Counter
from functools import partial

import pytest

from kernel.ids import new_id
from kernel.principal import SYSTEM
from tests.concurrency.crowd import all_at_once
from tests.wallet.audit import assert_whole
from tests.wallet.sending.stories import send
from tests.wallet.town import Person, Town
from wallet import services
from wallet.models import AccountFreeze, AlertClosing, Balance, WatchAlert

pytestmark = pytest.mark.postgres
RIGHTS = frozenset({"wallet.watch", "wallet.freeze_accounts"})
FIRST, SECOND, THIRD = (Person(new_id(), RIGHTS) for _ in range(3))


def test_who_proposes_and_decides_at_once_does_it_once(committed_db):
    town = Town()
    people = [town.resident(yen=4_000) for _ in range(3)]
    for place, person in enumerate(people):
        send(town, person, people[(place + 1) % 3], 2_000)
    services.watch_transfers(town.act(SYSTEM))
    row, shop = WatchAlert.objects.get(), town.till()
    owner = next(person for person in people if person.account == row.account_id)
    said = {"alert_id": row.pk, "balance": "kept", "reason": "疑い"}
    proposed = all_at_once(partial(services.propose_closing, town.act(FIRST), **said) for _ in range(8))
    assert codes(proposed) == {"done": 1, "closed_by_city": 7}
    closing = AlertClosing.objects.get()
    outcomes = all_at_once(
        [
            *(
                partial(services.decide_closing, town.act(who), closing_id=closing.pk, accept=accept, why="確認")
                for who, accept in ((SECOND, True), (THIRD, False)) * 4
            ),
            *(partial(services.pay_at_once, town.act(owner), code=shop.code, amount=10) for _ in range(4)),
        ]
    )
    decided = codes(outcomes[:8])
    assert decided == {"done": 1, "closed_by_city": 7}
    closing.refresh_from_db()
    is_stopped = Balance.objects.get(pk=owner.account).frozen == 2
    assert closing.is_accepted is is_stopped is AccountFreeze.objects.filter(ended_at=None).exists()
    assert_whole()


def codes(outcomes) -> Counter:
    return Counter(outcome if isinstance(outcome, str) else "done" for outcome in outcomes)
