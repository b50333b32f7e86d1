"""A small town that is told things: a message of its own, a clock that stands at noon, and hands for the loops."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.notifications import notify
from accounts.services.notices.broadcasting import fan_out_some
from accounts.services.notices.routing import route_some
from accounts.services.notices.sending import send_some
from kernel import contributions
from kernel.contributions import Category, Contributions, Message
from kernel.principal import SYSTEM
from kernel.problems import _
from kernel.use_case import Act
from tests.accounts.notices.push_service import push_service
from tests.factories.people import person

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)  # twelve o'clock in Japan


class Told:
    """What a story about messages says and does, one call a fact."""

    def __init__(self):
        self.at = NOON
        self.count = 0

    def person(self, name="hanako", **facts):
        return person(email=f"{name}@example.com", **facts)

    def notify(self, who, message="toy.bus_late", *, dedupe=None, **values):
        self.count += 1
        values = values or {"minutes": 12, "day": NOON.date()}
        notify(self.act(), to=who.resident_id, message=message, values=values, dedupe=dedupe or str(self.count))

    def act(self):
        return Act(SYSTEM, at=self.at, key=f"told-{self.count:08}")

    def carry(self, priority="normal", *, after=timedelta()):
        """Let the loops run until nothing is due; return how much was sent or tried."""
        self.at += after
        while fan_out_some(priority=priority, at=self.at):
            pass
        while route_some(priority=priority, at=self.at):
            pass
        tried = 0
        while count := send_some(priority=priority, at=self.at):
            tried += count
        return tried


@pytest.fixture(autouse=True)
def _toy_messages(monkeypatch):
    given = Contributions(
        categories={
            "toy": Category(title=_("市からのお知らせ")),
            "vital": Category(title=_("防災と安全"), is_essential=True),
        },
        messages={
            "toy.bus_late": Message(
                category="toy", title=_("バスが遅れています"), body="%(day)s %(minutes)s", link="/go"
            ),
            "toy.key_lost": Message(category="vital", title="鍵", body="%(words)s"),
            "toy.flood": Message(category="vital", title="川", body="%(words)s", priority="life"),
        },
    )
    monkeypatch.setattr("kernel.contributions._registry", contributions._registry | {"toy": given})


@pytest.fixture
def told(committed_db):
    """Give the story a database of its own: loops commit."""
    return Told()


@pytest.fixture
def service(settings):
    """Run a push service, to which this city may speak on loopback."""
    settings.PUSH_TO_LOOPBACK = True
    with push_service() as server:
        yield server
