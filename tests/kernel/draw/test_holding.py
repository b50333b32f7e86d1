"""A draw from its opening to the outsider who recomputes it."""

import hashlib
import http.server
import json
import secrets
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from kernel import draw
from kernel.draw import beacons, recompute
from kernel.draw.errors import (
    BeaconSilent,
    DrawNotOpen,
    DrawWaits,
    PartiesNotReady,
    TicketsInvalid,
    TooSoon,
    ValueUntrue,
)
from kernel.draw.publishing import published, published_list
from kernel.models import Draw, DrawTicket
from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.concurrency.crowd import all_at_once
from tests.database import Database
from tests.kernel.draw.test_reckoning import RANDOMNESS, ROUND, SIGNATURE

NOON = datetime(2026, 11, 3, 3, 0, tzinfo=UTC)
EVENING = NOON + timedelta(hours=6)
TICKETS = [f"TICKET{number:04}-{number % 3 + 1}" for number in range(50)]


def act(at: datetime = NOON) -> Act:
    return Act(SYSTEM, at=at)


def opened(source: str = "city", units: int = 40) -> UUID:
    with transaction.atomic():
        draw_id = draw.open_draw(act(), about="プレミアム付コイン 秋", rule=draw.Rule(units=units), source=source)
        draw.add_tickets(act(), draw_id, TICKETS)
    return draw_id


def drawn(draw_id, at: datetime = EVENING) -> list:
    return draw.draw_places(act(at), draw_id, draw.fetch(draw_id, at=at))


def files(folder: Path, draw_id) -> tuple[str, str]:
    """Write down what an outsider downloads."""
    client = Client()
    pages = {
        "draw.json": f"/.well-known/machi/draws/{draw_id}",
        "tickets.txt": f"/.well-known/machi/draws/{draw_id}/tickets.txt",
    }
    for name, address in pages.items():
        (folder / name).write_bytes(client.get(address).content)
    return str(folder / "draw.json"), str(folder / "tickets.txt")


def test_an_outsider_recomputes_with_the_published_script(transactional_db, tmp_path):
    draw_id = opened()
    with transaction.atomic():
        draw.commit(act(), draw_id, draw_at=EVENING)
    with transaction.atomic():
        drawn(draw_id)
    script = tmp_path / "recompute.py"
    script.write_bytes(Client().get("/.well-known/machi/draws/recompute.py").content)
    assert script.read_bytes().count(b"\n") <= 40
    document, listed = files(tmp_path, draw_id)
    run = [sys.executable, "-I", str(script), document, listed]
    honest = subprocess.run(run, capture_output=True, text=True, check=False)
    assert (honest.returncode, honest.stdout) == (0, "All is as it was published.\n")
    Path(listed).write_text(Path(listed).read_text() + "TICKET9999-1\n")
    forged = subprocess.run(run, capture_output=True, text=True, check=False)
    assert forged.returncode == 1
    assert "added after the commitment: TICKET9999-1" in forged.stderr


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda rows: [*rows, "TICKET9999-1"], ["added after the commitment: TICKET9999-1"]),
        (lambda rows: rows[1:], ["gone since the commitment: TICKET0000-1"]),
        (
            lambda rows: ["TICKET0000-3", *rows[1:]],
            ["added after the commitment: TICKET0000-3", "gone since the commitment: TICKET0000-1"],
        ),
    ],
    ids=["added", "removed", "changed"],
)
def test_one_ticket_added_removed_or_changed_is_found_and_named(db, tmp_path, change, named):
    draw_id = opened()
    draw.commit(act(), draw_id, draw_at=EVENING)
    drawn(draw_id)
    document, listed = files(tmp_path, draw_id)
    rows = Path(listed).read_text().splitlines()
    Path(listed).write_text("".join(f"{row}\n" for row in change(rows)))
    faults = recompute.main(document, listed)
    assert faults[: len(named)] == named
    assert "the list is not the one that was committed to" in faults


def test_whoever_saved_the_list_finds_a_ticket_smuggled_into_list_and_places(db, tmp_path):
    draw_id = opened()
    draw.commit(act(), draw_id, draw_at=EVENING)
    drawn(draw_id)
    document, listed = files(tmp_path, draw_id)
    saved = tmp_path / "saved.txt"
    saved.write_text(Path(listed).read_text())
    forged = json.loads(Path(document).read_text())
    forged["places"].append({"rank": 51, "ticket": "TICKET9999-1", "won": "1"})
    Path(document).write_text(json.dumps(forged))
    Path(listed).write_text(Path(listed).read_text() + "TICKET9999-1\n")
    assert recompute.main(document, listed, str(saved))[:2] == [
        "added after the commitment: TICKET9999-1",
        "the list is not the one that was committed to",
    ]


def test_what_was_fixed_is_signed_and_says_everything(db):
    draw_id = opened()
    sha256 = draw.commit(act(), draw_id, draw_at=EVENING)
    assert published_list(draw_id) == "".join(f"{ticket}\n" for ticket in sorted(TICKETS)).encode()
    assert sha256 == hashlib.sha256(published_list(draw_id)).hexdigest()
    said = json.loads(published(draw_id).statement)
    assert (said["tickets_sha256"], said["ticket_count"], said["rule"]) == (sha256, 50, {"units": 40})
    assert said["source"]["kind"] == "city"
    assert "could have known" in said["source"]["trust"]
    assert draw.faults_of(draw_id) == []


def test_the_same_act_again_draws_nothing_anew(db):
    draw_id = opened()
    draw.commit(act(), draw_id, draw_at=EVENING)
    assert drawn(draw_id) == drawn(draw_id, EVENING + timedelta(hours=1)) == draw.places_of(draw_id)


def test_before_its_time_nothing_is_drawn(db):
    draw_id = opened()
    with pytest.raises(TooSoon):
        draw.commit(act(), draw_id, draw_at=NOON + timedelta(seconds=59))
    draw.commit(act(), draw_id, draw_at=EVENING)
    with pytest.raises(DrawWaits):
        draw.fetch(draw_id, at=EVENING - timedelta(seconds=1))
    with pytest.raises(DrawWaits):
        draw.draw_places(act(EVENING - timedelta(seconds=1)), draw_id, beacons.CityBeacon().read(1))
    assert draw.places_of(draw_id) == []


def test_tickets_that_are_none_are_refused(db):
    draw_id = draw.open_draw(act(), about="x", rule=draw.Rule(units=4), source="city")
    for wrong in (["ABCDEFGH-1", "ABCDEFGH-1"], ["A-1"], ["ABCDEFGH"], ["ABCDEFGH-0"], ["AB CDEFGH-1"]):
        with pytest.raises(TicketsInvalid):
            draw.add_tickets(act(), draw_id, wrong)
    with pytest.raises(TicketsInvalid):
        draw.commit(act(), draw_id, draw_at=EVENING)


@pytest.mark.postgres
def test_the_database_lets_nothing_in_after_the_commitment_and_nothing_back(db):
    draw_id = opened()
    draw.commit(act(), draw_id, draw_at=EVENING)
    with pytest.raises(DrawNotOpen):
        draw.add_tickets(act(), draw_id, ["LATECOMER-1"])
    drawn(draw_id)
    for forbidden in (
        "INSERT INTO kernel_drawticket (draw_id, ticket) VALUES (%s, 'LATECOMER-1')",
        "INSERT INTO kernel_drawplace (draw_id, rank, ticket) VALUES (%s, 51, 'LATECOMER-1')",
        "UPDATE kernel_draw SET state = 'open' WHERE id = %s",
        "UPDATE kernel_draw SET tickets_sha256 = repeat('0', 64) WHERE id = %s",
        "UPDATE kernel_draw SET rule = '{\"units\": 50}' WHERE id = %s",
        "UPDATE kernel_drawticket SET ticket = 'LATECOMER-1' WHERE draw_id = %s",
        "DELETE FROM kernel_drawplace WHERE draw_id = %s",
        "DELETE FROM kernel_draw WHERE id = %s",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(forbidden, [draw_id])
    assert DrawTicket.objects.filter(draw_id=draw_id).count() == 50
    assert draw.faults_of(draw_id) == []


@pytest.mark.postgres
def test_who_owns_the_tables_and_smuggles_a_ticket_in_is_found(committed_db: Database):
    draw_id = opened()
    with transaction.atomic():
        draw.commit(act(), draw_id, draw_at=EVENING)
    with transaction.atomic():
        drawn(draw_id)
    with psycopg.connect(committed_db.owner_url) as owner:
        owner.execute("ALTER TABLE kernel_drawticket DISABLE TRIGGER USER")
        owner.execute("INSERT INTO kernel_drawticket (draw_id, ticket) VALUES (%s, 'SMUGGLED-1')", [draw_id])
    assert draw.faults_of(draw_id) == [
        "ticket added after the commitment: SMUGGLED-1",
        "the list is not the one that was committed to",
        "the places are not what the seed gives",
    ]


@pytest.mark.postgres
def test_tickets_that_come_while_the_list_is_fixed_are_in_it_or_refused(committed_db):
    draw_id = opened()

    def come(number: int):
        with transaction.atomic():
            draw.add_tickets(act(), draw_id, [f"RACER{number:04}-1"])

    def fix():
        with transaction.atomic():
            return draw.commit(act(), draw_id, draw_at=EVENING)

    outcomes = all_at_once([*(lambda number=number: come(number) for number in range(10)), fix])
    row = Draw.objects.get(pk=draw_id)
    assert row.ticket_count == 50 + sum(outcome is None for outcome in outcomes) == len(draw.tickets_of(draw_id))
    assert draw.faults_of(draw_id) == []


class Relay(http.server.BaseHTTPRequestHandler):
    """A relay of drand that knows one round, or tells a lie."""

    said: ClassVar = {"round": ROUND, "randomness": RANDOMNESS, "signature": SIGNATURE}

    def do_GET(self):
        known = self.path == f"/{beacons.QUICKNET}/public/{ROUND}"
        self.send_response(200 if known else 404)
        self.end_headers()
        self.wfile.write(json.dumps(self.said).encode() if known else b"")

    def log_message(self, *_args):
        pass


@pytest.fixture
def relay(settings):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Relay)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.DRAND_URL = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    server.server_close()


def test_a_draw_by_drand_takes_the_round_that_was_named(db, relay, tmp_path):
    at = beacons.Drand("").time_of(ROUND)
    opened_at = at - timedelta(hours=1)
    draw_id = draw.open_draw(act(opened_at), about="x", rule=draw.Rule(prizes=("傘", "手ぬぐい")))
    draw.add_tickets(act(opened_at), draw_id, TICKETS)
    draw.commit(act(opened_at), draw_id, draw_at=at)
    won = [each for each in draw.draw_places(act(at), draw_id, draw.fetch(draw_id, at=at)) if each.won]
    assert [each.won for each in won] == ["傘", "手ぬぐい"]
    assert published(draw_id).randomness == RANDOMNESS
    assert recompute.main(*files(tmp_path, draw_id)) == []


def test_a_silent_relay_changes_nothing(db, relay):
    at = beacons.Drand("").time_of(ROUND + 5)
    draw_id = opened("drand")
    draw.commit(act(at - timedelta(hours=1)), draw_id, draw_at=at)
    with pytest.raises(BeaconSilent):
        draw.fetch(draw_id, at=at)
    assert draw.places_of(draw_id) == []


# Three parties


class Maker:
    """One party: its value and both halves."""

    def __init__(self, name: str):
        self.value, self.first = secrets.token_bytes(32), secrets.token_bytes(32)
        self.second = bytes(a ^ b for a, b in zip(self.value, self.first, strict=True))
        hashes = (hashlib.sha256(part).hexdigest() for part in (self.value, self.first, self.second))
        self.party = draw.Party(name, *hashes)


def three(draw_id) -> list[Maker]:
    makers = [Maker(name) for name in ("市役所", "商工会議所", "住民代表")]
    draw.name_parties(act(), draw_id, [maker.party for maker in makers])
    return makers


def kept(draw_id) -> None:
    for number in (1, 2, 3):
        for half in (1, 2):
            draw.keep_half(act(), draw_id, number=number, half=half)


def test_three_parties_make_the_seed_and_an_outsider_recomputes_it(db, tmp_path):
    draw_id = opened("parties")
    with pytest.raises(PartiesNotReady):
        draw.commit(act(), draw_id, draw_at=EVENING)
    makers = three(draw_id)
    with pytest.raises(PartiesNotReady):
        draw.commit(act(), draw_id, draw_at=EVENING)
    kept(draw_id)
    draw.commit(act(), draw_id, draw_at=EVENING)
    for number, maker in enumerate(makers, start=1):
        draw.reveal(act(), draw_id, number=number, value=maker.value)
    drawn(draw_id)
    assert published(draw_id).randomness == hashlib.sha256(b"".join(maker.value for maker in makers)).hexdigest()
    assert recompute.main(*files(tmp_path, draw_id)) == []


def test_who_stays_silent_changes_nothing_the_others_put_the_value_together(db):
    draw_id = opened("parties")
    makers = three(draw_id)
    kept(draw_id)
    draw.commit(act(), draw_id, draw_at=EVENING)
    for number in (1, 2):
        draw.reveal(act(), draw_id, number=number, value=makers[number - 1].value)
    halves = (makers[2].first, makers[2].second)
    with pytest.raises(DrawWaits):
        draw.recover(act(EVENING - timedelta(seconds=1)), draw_id, number=3, halves=halves)
    with pytest.raises(DrawWaits):
        draw.draw_places(act(EVENING), draw_id, None)
    with pytest.raises(ValueUntrue):
        draw.recover(act(EVENING), draw_id, number=3, halves=halves[::-1])
    draw.recover(act(EVENING), draw_id, number=3, halves=halves)
    draw.draw_places(act(EVENING), draw_id, None)
    assert published(draw_id).randomness == hashlib.sha256(b"".join(maker.value for maker in makers)).hexdigest()
    assert [party.is_recovered for party in published(draw_id).parties] == [False, False, True]


def test_another_value_than_was_fixed_is_refused_and_nothing_is_named_anew_after_the_commitment(db):
    draw_id = opened("parties")
    three(draw_id)
    kept(draw_id)
    draw.commit(act(), draw_id, draw_at=EVENING)
    with pytest.raises(ValueUntrue):
        draw.reveal(act(), draw_id, number=1, value=secrets.token_bytes(32))
    with pytest.raises(DrawNotOpen):
        three(draw_id)


def test_the_script_for_parties_makes_what_the_draw_takes(tmp_path):
    made = subprocess.run(
        [sys.executable, "-I", "kernel/draw/party.py"], capture_output=True, text=True, check=True
    ).stdout
    parts = [line.rpartition(": ")[2] for line in made.splitlines()]
    value, first, second = (bytes.fromhex(part) for part in parts[::2])
    assert bytes(a ^ b for a, b in zip(first, second, strict=True)) == value
    assert parts[1::2] == [hashlib.sha256(part).hexdigest() for part in (value, first, second)]
