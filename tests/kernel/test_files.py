"""Files lie sealed, open whole or not at all, and are given out once."""

from datetime import UTC, datetime, timedelta

import pytest

from kernel import files
from kernel.files import CHUNK_BYTES, DownloadsAway, DownloadSpent, redeem, sign
from kernel.ids import new_id
from kernel.keys import SealBroken, new_key
from kernel.spreadsheets import csv_of

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
