"""``manage.py import_gtfs``: progress, a table of what came in, sentences about what is wrong, and an exit status."""

import io
import re

import pytest
from django.core.management import CommandError, call_command

from mobility.gateways.feed_files import pack
from mobility.models import FeedSource, FeedVersion
from tests.mobility.bringing.office import small, used
from tests.mobility.feeds import GTFS, needs_open_data, written


def run(*words, **options):
    """Return standard output, standard error, and the exit status."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command("import_gtfs", *words, stdout=out, stderr=err, **options)
    except SystemExit as ended:
        status = ended.code
    return out.getvalue(), err.getvalue(), status


@pytest.fixture
def zipped(tmp_path):
    def write(content, name="red.gtfs.zip"):
        (tmp_path / name).write_bytes(content)
        return str(tmp_path / name)

    return write


def test_looking_alone_needs_no_database(zipped):
    out, err, status = run(zipped(small(trips=3)), check=True)
    assert (status, re.findall(r"trips +(\d+)", out)) == (0, ["3"])
    assert "2026-06-01 – 2026-12-31" in out
    assert "[###" in err


def test_what_is_wrong_is_said_by_file_and_line_and_the_status_tells(zipped):
    broken = pack(written("A B", {"t": "A 8:00, B 7:00"}) | {"extra.txt": b"x"})
    out, err, status = run(zipped(broken), check=True)
    assert (out, status) == ("", 2)
    assert "fault   stop_times.txt:3: The times of trip “t” run back behind the call before." in err
    _out, err, _status = run(zipped(broken), check=True, language="ja")
    assert "stop_times.txt:3: 便「t」の時刻が、前の停車より戻っています。" in err


@pytest.mark.django_db(transaction=True)
def test_a_folder_comes_in_and_its_source_is_registered(tmp_path):
    folder = tmp_path / "Blue_Bus"
    folder.mkdir()
    for name, data in written("A B", {"t": "A 8:00, B 8:10"}).items():
        (folder / name).write_bytes(data)
    (folder / "feed_info.txt").write_text("feed_publisher_name\n青バス\n", encoding="utf-8")
    out, err, status = run(str(folder), licence="CC BY 4.0", open=True)
    assert status == 0
    source = FeedSource.objects.get()
    assert (source.slug, source.name, source.is_open, source.last_outcome) == ("blue_bus", "青バス", True, "taken")
    assert f"blue_bus is used from now on, in network {used().pk}" in out
    assert [line[-4:] for line in err.splitlines() if "100%" in line] == ["Done"]
    again, _err, _status = run(str(folder))
    assert str(used().pk) in again
    assert FeedVersion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_refused_feed_leaves_what_is_used(zipped):
    run(zipped(small(10)))
    before = used().pk
    _out, err, status = run(zipped(b"no zip"), slug="red")
    assert (status, used().pk) == (2, before)
    assert "This is not a ZIP file." in err
    assert "Nothing has changed." in err


@pytest.mark.django_db(transaction=True)
def test_a_feed_that_is_held_says_how_to_use_it(zipped):
    run(zipped(small(10, trips=10)))
    out, _err, status = run(zipped(small(10)))
    assert status == 0
    assert "Import it with --now" in out
    out, _err, _status = run(zipped(small(10)), now=True)
    assert "is used from now on" in out


@pytest.mark.parametrize("feed", ["/nowhere/at/all.zip", "http://127.0.0.1:1/gtfs.zip", "https://user@bus.example/"])
def test_what_is_not_there_is_said(feed):
    with pytest.raises(CommandError):
        run(feed, check=True)


@needs_open_data
def test_a_real_feed_is_looked_through():
    out, _err, status = run(str(GTFS / "kumamotodentetsu.gtfs.zip"), check=True)
    assert (status, re.findall(r"(stops|trips|calls) +([\d,]+)", out)) == (
        0, [("stops", "18"), ("trips", "288"), ("calls", "2,796")],
    )  # fmt: skip
    assert "en, ja-Hrkt" in out
