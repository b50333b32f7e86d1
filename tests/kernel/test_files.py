"""Files lie sealed, open whole or not at all, and are given out once."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from kernel import clock, contributions, files
from kernel.contributions import Contributions
from kernel.files import CHUNK_BYTES, DownloadsAway, DownloadSpent, ManyUnnamed, redeem, sign
from kernel.ids import new_id
from kernel.keys import SealBroken, new_key
from kernel.spreadsheets import csv_of
from kernel.tasks import sweep_files

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """Give the city a home of its own."""
    settings.MACHI_HOME = tmp_path
    return tmp_path / "files"


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_a_file_comes_back_as_it_was(home, size):
    content = bytes(number % 251 for number in range(size))

    kept = files.keep("test.area", content)

    assert b"".join(files.read(kept.name, kept.key)) == content
    assert kept.size == size
    path = home / kept.name
    assert path.stat().st_mode & 0o777 == 0o600
    assert size < 16 or content[:16] not in path.read_bytes()
    files.forget(kept.name)
    files.forget(kept.name)
    with pytest.raises(FileNotFoundError):
        next(files.read(kept.name, kept.key))


def test_a_file_that_was_changed_cut_swapped_or_moved_does_not_open(home):
    kept, other = files.keep("test.area", b"a" * 3 * CHUNK_BYTES), files.keep("test.area", b"b")
    path, piece = home / kept.name, CHUNK_BYTES + files.TAG_BYTES
    whole = path.read_bytes()
    head, pieces = whole[:7], [whole[7 + start : 7 + start + piece] for start in range(0, len(whole) - 7, piece)]
    for damaged in (
        whole[:-1],
        head + b"".join(pieces[:2]),
        head + pieces[1] + pieces[0] + pieces[2],
        whole[:100] + bytes([whole[100] ^ 1]) + whole[101:],
        b"",
    ):
        path.write_bytes(damaged)
        with pytest.raises(SealBroken):
            list(files.read(kept.name, kept.key))
    path.write_bytes((home / other.name).read_bytes())
    with pytest.raises(SealBroken):
        list(files.read(kept.name, other.key))
    with pytest.raises(SealBroken):
        list(files.read(other.name, new_key()))


def test_an_address_is_good_once_for_its_person_for_two_minutes(valkey):
    hanako, taro = new_id(), new_id()
    token = sign("accounts.export/1", hanako, at=NOON)
    payload, _dot, signature = token.partition(".")
    forged = f"{payload}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}"
    for wrong in (forged, "", "x.y", payload, "á.ß"):
        with pytest.raises(DownloadSpent):
            redeem(wrong, hanako, at=NOON)
    with pytest.raises(DownloadSpent):
        redeem(token, taro, at=NOON)
    with pytest.raises(DownloadSpent):
        redeem(token, hanako, at=NOON + timedelta(minutes=2, seconds=1))

    assert redeem(token, hanako, at=NOON + timedelta(minutes=2)) == "accounts.export/1"

    with pytest.raises(DownloadSpent):
        redeem(token, hanako, at=NOON)


def test_without_redis_nothing_is_given_out(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    with pytest.raises(DownloadsAway):
        redeem(sign("accounts.export/1", hanako := new_id(), at=NOON), hanako, at=NOON)


def test_a_spreadsheet_runs_nothing():
    table = csv_of(
        ["店", "円"], [["=HYPERLINK(1)", -5], [" +1", 0], ["＝1", None], ["@x", 1], ['普通の"店', 2], ["\t=1", 3]]
    )

    assert table.decode("utf-8-sig").splitlines() == [
        "店,円", "'=HYPERLINK(1),-5", "' +1,0", "'＝1,", "'@x,1", '"普通の""店",2', "'\t=1,3",
    ]  # fmt: skip


DAY = timedelta(days=1)


def kept_at(home, at: datetime, area: str = "test.area") -> str:
    name = files.keep(area, b"content").name
    os.utime(home / name, (at.timestamp(), at.timestamp()))
    return name


def on_disk(home) -> set[str]:
    return {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}


def test_what_no_row_names_goes_after_a_day(home):
    unnamed, named = kept_at(home, NOON - DAY - timedelta(seconds=1)), kept_at(home, NOON - 30 * DAY)
    young, other = kept_at(home, NOON - DAY), kept_at(home, NOON - 30 * DAY, "other.area")
    half = home / f"{named}.half"
    half.write_bytes(b"a process died here")
    os.utime(half, ((NOON - 2 * DAY).timestamp(),) * 2)
    assert on_disk(home) == {unnamed, named, young, other, f"{named}.half"}

    assert files.forget_unnamed("test.area", lambda names: {named} & set(names), at=NOON) == 2
    assert on_disk(home) == {named, young, other}
    assert files.forget_unnamed("test.area", lambda names: {named} & set(names), at=NOON) == 0
    assert files.forget_unnamed("no.area", lambda _names: (), at=NOON) == 0


def test_rows_are_asked_in_batches(home, monkeypatch):
    monkeypatch.setattr(files, "ASKED_AT_ONCE", 3)
    kept = {kept_at(home, NOON - 2 * DAY) for _number in range(8)}
    asked: list[list[str]] = []

    def named(names):
        asked.append(list(names))
        return [name for name in names if name != min(kept)]

    assert files.forget_unnamed("test.area", named, at=NOON) == 1
    assert [len(each) for each in asked] == [3, 3, 2]
    assert {name for each in asked for name in each} == kept
    assert on_disk(home) == kept - {min(kept)}


def test_beside_another_database_nothing_is_deleted(home, monkeypatch):
    monkeypatch.setattr(files, "MOST_UNNAMED", 3)
    kept = {kept_at(home, NOON - 2 * DAY) for _number in range(4)}
    with pytest.raises(ManyUnnamed, match=r"test\.area: 4"):
        files.forget_unnamed("test.area", lambda _names: (), at=NOON)
    assert on_disk(home) == kept
    assert files.forget_unnamed("test.area", lambda _names: (), at=NOON, however_many=True) == 4
    assert on_disk(home) == set()


def test_a_file_that_goes_while_the_sweep_looks_is_no_harm(home):
    name = kept_at(home, NOON - 2 * DAY)

    def named(_names):
        files.forget(name)
        return ()

    assert files.forget_unnamed("test.area", named, at=NOON) == 1
    assert on_disk(home) == set()


@pytest.fixture
def two_areas():
    """Let an app speak for two areas, of which it knows no file."""
    contributions.register("test", Contributions(files={"test.many": lambda _names: (), "test.one": lambda _names: ()}))
    yield
    contributions.withdraw("test")


@pytest.mark.django_db
def test_each_area_is_swept_and_a_refusal_of_one_stops_no_other(home, monkeypatch, two_areas, capsys):
    monkeypatch.setattr(files, "MOST_UNNAMED", 1)
    now = clock.now()
    many = {kept_at(home, now - 2 * DAY, "test.many") for _number in range(2)}
    kept_at(home, now - 2 * DAY, "test.one")
    nobodys = kept_at(home, now - 2 * DAY, "nobodys")
    with pytest.raises(ManyUnnamed, match=r"test\.many: 2"):
        sweep_files()
    assert on_disk(home) == {*many, nobodys}
    call_command("sweep_files")
    assert "Nothing deleted of test.many: 2." in capsys.readouterr().out
    assert on_disk(home) == {*many, nobodys}
    call_command("sweep_files", however_many=True)
    assert on_disk(home) == {nobodys}
