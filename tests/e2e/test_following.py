"""Somebody goes their way while a bus runs late: the phone says that the change is missed, and shows a way on that is taken.

The town gets two more lines over the hills, with a timetable around now, and an operator whose server this test is.
"""

import json
import os
import re
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import expect

from kernel import clock
from kernel.clock import JST
from mobility.engine.live.news import CallNews, Message, TripNews, TripRef
from mobility.gateways.feed_files import pack
from mobility.gateways.gtfs_realtime import write_message
from tests.config.city import PYTHON, RunningCity, city, fresh_home, plain_environment
from tests.e2e.phone import phone
from tests.e2e.test_every_screen import dress
from tests.e2e.test_journeys import fits
from tests.places import ROOT

pytestmark = [pytest.mark.e2e]

VALLEY = {"latitude": 32.3001, "longitude": 130.6001}
DAYS = "monday,tuesday,wednesday,thursday,friday,saturday,sunday"
SMALL = {"viewport": {"width": 360, "height": 740}}
NAMES = {
    "from": ("見本谷", "Sample Valley", 32.30, 130.60),
    "change": ("見本峠", "Sample Pass", 32.34, 130.60),
    "to": ("見本ヶ丘", "Sample Hill", 32.38, 130.60),
}


def told(at: datetime, day: datetime) -> str:
    """Return a time as the timetable of a day has it, which goes on after midnight."""
    seconds = int((at - day).total_seconds())
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}:{seconds % 60:02}"


def timetable(now: datetime) -> bytes:
    """Write a feed: a bus to the pass in a few minutes, and three that go on from there."""
    day = now.replace(hour=0, minute=0)
    trips = {
        "valley": (6, ("from", "change"), "谷線"),
        "hill-1": (18, ("change", "to"), "丘線"),
        "hill-2": (32, ("change", "to"), "丘線"),
        "hill-3": (46, ("change", "to"), "丘線"),
    }
    calls = [
        f"{trip},{n},{stop}" + f",{told(now + timedelta(minutes=leaves + n * 9), day)}" * 2
        for trip, (leaves, stops, _line) in trips.items()
        for n, stop in enumerate(stops)
    ]
    last = f"{day + timedelta(days=2):%Y%m%d}"
    files = {
        "agency.txt": [
            "agency_id,agency_name,agency_url,agency_timezone,agency_lang",
            "m,見本山バス,https://bus.example/,Asia/Tokyo,ja",
        ],
        "stops.txt": [
            "stop_id,stop_name,stop_lat,stop_lon",
            *(f"{stop},{name},{lat},{lon}" for stop, (name, _english, lat, lon) in NAMES.items()),
        ],
        "routes.txt": ["route_id,agency_id,route_type,route_short_name", "谷線,m,3,谷線", "丘線,m,3,丘線"],
        "trips.txt": ["route_id,service_id,trip_id", *(f"{each[2]},all,{trip}" for trip, each in trips.items())],
        "stop_times.txt": ["trip_id,stop_sequence,stop_id,arrival_time,departure_time", *calls],
        "calendar.txt": [f"service_id,{DAYS},start_date,end_date", f"all,1,1,1,1,1,1,1,{day:%Y%m%d},{last}"],
        "translations.txt": [
            "table_name,field_name,language,translation,field_value",
            *(f"stops,stop_name,en,{english},{name}" for name, english, _lat, _lon in NAMES.values()),
        ],
    }
    return pack({name: "\n".join(lines).encode() for name, lines in files.items()})


@dataclass
class HillBus:
    """The operator's server: what it says of the bus from the valley is what a test lets it say."""

    day: datetime
    late_s: int | None = None
    port: int = 0
    asked: int = 0
    _server: ThreadingHTTPServer | None = field(default=None, repr=False)

    def message(self) -> bytes:
        """Return what runs now, as the operator tells it."""
        self.asked += 1
        at, late = int(clock.now().astimezone(JST).timestamp()), self.late_s
        calls = () if late is None else (CallNews(0, arrival_delay_s=late, departure_delay_s=late),)
        trips = {} if late is None else {"v": TripNews(TripRef("valley", start_day=self.day.date()), calls=calls)}
        return write_message(Message(at, trips=trips), at)

    def __enter__(self) -> "HillBus":
        bus = self

        class Door(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(bus.message())

            def log_message(self, *_said: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_fault: object) -> None:
        assert self._server
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="module")
def town(request: pytest.FixtureRequest) -> Iterator[tuple[str, dict[str, str]]]:
    """A city of its own that asks servers nearby too: its address, and the environment of its commands.

    One that runs already is used with ``--city`` and its home in ``RUNNING_CITY``, if it was begun with
    ``MACHI_FEEDS_FROM_PRIVATE=1``.
    """
    if given := request.config.getoption("--city"):
        home = Path(os.environ["RUNNING_CITY"])
        addresses = json.loads((home / "running.json").read_text())
        yield given, plain_environment(**addresses, MACHI_FEEDS_FROM_PRIVATE="1")
        return
    with fresh_home() as home, city(home, MACHI_FEEDS_FROM_PRIVATE="1") as running:
        assert isinstance(running, RunningCity)
        running.wait_until_open()
        yield f"http://localhost:{running.port}", running.environment | running.addresses


def manage(environment: dict[str, str], *words: str) -> str:
    """Run a command of the city."""
    done = subprocess.run(
        [PYTHON, "manage.py", *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def hill_bus(town, tmp_path) -> Iterator[HillBus]:
    """Bring the lines over the hills in, and let the city ask their operator."""
    _address, environment = town
    now = clock.now().astimezone(JST).replace(second=0, microsecond=0)
    (tmp_path / "hills.zip").write_bytes(timetable(now))
    slug = f"hills-{now:%H%M}"
    with HillBus(now.replace(hour=0, minute=0)) as bus:
        manage(environment, "import_gtfs", str(tmp_path / "hills.zip"), "--slug", slug, "--name", "見本山バス", "--now")
        listed = manage(
            environment, "live_sources", "--add", f"http://127.0.0.1:{bus.port}/", "--feed", slug, "--every", "10"
        )
        yield bus
        mine = next(line for line in listed.splitlines() if f":{bus.port}/" in line)
        manage(environment, "live_sources", "--retire", re.findall(r"[0-9a-f-]{36}", mine)[0])


def begins(walker) -> None:
    """Find the way over the pass and begin to go it."""
    walker.page.context.grant_permissions(["camera", "geolocation"])
    walker.page.context.set_geolocation(VALLEY)
    walker.open("/go")
    walker.page.get_by_role("link", name=re.compile("行き先をえらぶ")).click()
    walker.page.get_by_role("searchbox").fill("見本ヶ丘")
    walker.page.get_by_role("button", name="見本ヶ丘").first.click()
    walker.press("行き方をさがす")
    walker.page.locator(".journey").first.click()
    walker.says("見本峠")
    walker.press("この行き方で出かける")
    walker.says("見守っています")


def test_a_change_that_is_missed_is_told_with_a_way_on_that_is_taken(town, hill_bus, chromium, pictures):
    with phone(chromium, town[0], **SMALL) as walker:
        walker.open("/go")
        dress(walker, "ja", os.environ.get("LETTERS", "largest"))
        sockets: list[str] = []
        walker.page.on("websocket", lambda socket: sockets.append(socket.url))
        begins(walker)
        expect(walker.page.locator(".leg-ride")).to_have_count(2)
        walker.picture(pictures / "following.png")
        assert any("/ws/feeds" in each for each in sockets)
        asked = hill_bus.asked
        hill_bus.late_s = 300
        walker.says("丘線に間に合わない見込みです", within_ms=45_000)
        assert hill_bus.asked > asked
        walker.says("前の谷線がおくれています")
        walker.says("5分おくれ")
        expect(walker.page.locator(".troubles")).to_have_attribute("role", "status")
        expect(walker.page.get_by_text("丘線に間に合わない見込みです")).to_be_in_viewport()
        walker.picture(pictures / "missed.png")
        fits(walker)
        walker.page.get_by_role("button", name="この行き方にする").first.scroll_into_view_if_needed()
        walker.picture(pictures / "instead.png")
        walker.page.get_by_role("button", name="この行き方にする").first.click()
        walker.says("新しい行き方を見守ります")
        walker.says("見守っています")
        expect(walker.page.get_by_text("間に合わない見込み")).to_have_count(0)
        walker.says("5分おくれ")
        walker.picture(pictures / "taken.png")
        fits(walker)

        hill_bus.late_s = 1500
        walker.says("丘線に間に合わない見込みです", within_ms=45_000)
        walker.page.evaluate("async () => { await navigator.serviceWorker.ready; }")
        walker.page.context.set_offline(True)
        walker.says("この電話に残した", within_ms=30_000)
        walker.says("丘線に間に合わない見込みです")
        walker.page.context.set_offline(False)
        hill_bus.late_s = 0
        walker.says("予定どおり乗りつげる見込みにもどりました", within_ms=60_000)
        fits(walker)
