"""Files are fetched from where officers said, only where they changed, no longer than they may be, and from public places alone."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kernel.principal import SYSTEM
from mobility import services
from mobility.errors import FeedWithoutAddress
from mobility.gateways.fetching import Fetched, FetchRefused, Known, Limits, fetch, place_of
from mobility.models import FeedSource, NetworkRelease
from tests.mobility.bringing.office import NOON, bring, register, small, used

HERE = Limits(1_000_000, allows_private=True)


class Site:
    """An operator's web site: what it answers by path, and what it was asked."""

    def __init__(self) -> None:
        self.content, self.etag, self.asked = small(10), '"one"', []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, dict(self.headers)))
                site.answer(self)

            def log_message(self, *_args) -> None:
                """Stay quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, to: BaseHTTPRequestHandler) -> None:
        told = {
            "/moved": (302, {"Location": "/gtfs.zip"}), "/round": (301, {"Location": "/round"}),
            "/away": (302, {"Location": "file:///etc/passwd"}), "/nowhere": (302, {}),
            "/odd": (302, {"Location": "http://[::1/"}), "/gone": (404, {}),
        }  # fmt: skip
        if to.path in told:
            status, headers = told[to.path]
            return self.send(to, status, headers, b"")
        if to.path == "/endless":
            to.send_response(200)
            to.end_headers()
            try:
                while True:
                    to.wfile.write(b"0" * 65536)
            except OSError:
                return None
        if to.path == "/short":
            return self.send(to, 200, {"Content-Length": "100"}, b"12")
        if to.headers.get("If-None-Match") == self.etag:
            return self.send(to, 304, {}, b"")
        return self.send(to, 200, {"ETag": self.etag, "Last-Modified": "Mon, 01 Jun 2026 00:00:00 GMT"}, self.content)

    def send(self, to: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes) -> None:
        to.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            to.send_header(name, value)
        to.end_headers()
        to.wfile.write(body)
        to.close_connection = True


@pytest.fixture
def site() -> Iterator[Site]:
    """Open a site."""
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_a_file_comes_once_and_then_only_where_it_changed(site):
    first = fetch(site.url + "/moved", Known(), HERE)
    assert first == Fetched(site.content, Known('"one"', "Mon, 01 Jun 2026 00:00:00 GMT"))
    assert fetch(site.url + "/gtfs.zip", first.known, HERE).content is None
    site.etag = '"two"'
    assert fetch(site.url + "/gtfs.zip", first.known, HERE).known.etag == '"two"'


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/round", "redirects"), ("/away", "address"), ("/gone", "status"), ("/endless", "too_large"),
        ("/short", "silent"), ("/odd", "address"), ("/nowhere", "redirects"),
    ],
)  # fmt: skip
def test_what_is_no_file_is_told_apart(site, path, code):
    with pytest.raises(FetchRefused) as refused:
        fetch(site.url + path, Known(), HERE)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "url",
    [
        "ftp://bus.example/gtfs.zip", "file:///etc/passwd", "//bus.example/x", "http://", "http://user@bus.example/",
        "http://bus.example:99999/", "http://bus.example/ x", "http://bus.example\\@127.0.0.1/", "javascript:alert(1)",
        "http://バス.example/", "http://[::1/", "",
    ],
)  # fmt: skip
def test_only_plain_addresses_are_called(url):
    with pytest.raises(FetchRefused) as refused:
        place_of(url)
    assert refused.value.code == "address"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",  # noqa: S104
        "2130706433",
        "0x7f.1",
    ],
)
def test_the_city_s_own_network_is_not_called(host):
    with pytest.raises(FetchRefused) as refused:
        fetch(f"http://{host}:1/gtfs.zip", Known(), Limits(1000))
    assert refused.value.code == "private"


@pytest.mark.django_db(transaction=True)
def test_what_is_due_is_fetched_and_the_others_are_left_alone(site):
    register("red", url=site.url + "/gtfs.zip", refresh_hours=6)
    register("blue", url=site.url + "/gone", refresh_hours=6)
    register("green")
    assert services.refresh_due_feeds(at=NOON) == 2
    assert used().members.get().source.slug == "red"
    row = {each.slug: each for each in FeedSource.objects.all()}
    assert (row["red"].last_outcome, row["red"].etag, row["blue"].last_outcome) == ("taken", '"one"', "away")
    assert row["blue"].last_report[0]["code"] == "fetch_status"
    assert services.refresh_due_feeds(at=NOON + timedelta(hours=5)) == 0
    asked = len(site.asked)
    assert services.refresh_due_feeds(at=NOON + timedelta(hours=6)) == 2
    assert dict(site.asked[asked:])["/gtfs.zip"]["If-None-Match"] == '"one"'
    assert FeedSource.objects.get(slug="red").last_outcome == "unchanged"


@pytest.mark.django_db(transaction=True)
def test_a_broken_file_on_the_site_never_replaces_what_is_used(site):
    register("red", url=site.url + "/gtfs.zip")
    first = services.refresh_feed(SYSTEM, slug="red", at=NOON, why="はじめて")
    site.content, site.etag = b"<html>maintenance</html>", '"two"'
    found = services.refresh_feed(SYSTEM, slug="red", at=NOON + timedelta(hours=1), why="もう一度")
    assert (found.outcome, found.report[0].code) == ("refused", "not_zip")
    assert used().pk == first.release_id
    again = services.refresh_feed(SYSTEM, slug="red", at=NOON + timedelta(hours=2), why="もう一度")
    assert (again.outcome, FeedSource.objects.get().last_outcome) == ("unchanged", "refused")
    site.content, site.etag = small(20), '"three"'
    assert services.refresh_feed(SYSTEM, slug="red", at=NOON + timedelta(hours=3), why="直った").outcome == "taken"


@pytest.mark.django_db(transaction=True)
def test_a_site_that_is_silent_is_said_so(site):
    site.server.server_close()
    register("red", url=site.url + "/gtfs.zip")
    found = services.refresh_feed(SYSTEM, slug="red", at=NOON, why="はじめて")
    assert (found.outcome, found.report[0].code, NetworkRelease.objects.count()) == ("away", "fetch_silent", 0)


@pytest.mark.django_db(transaction=True)
def test_a_source_without_an_address_is_not_fetched():
    register("red")
    bring("red", small())
    with pytest.raises(FeedWithoutAddress):
        services.refresh_feed(SYSTEM, slug="red", at=NOON, why="x")
