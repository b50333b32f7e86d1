"""Scheduled work goes on after a process was killed while it wrote down what had run."""

import shelve
from pathlib import Path

import pytest

from config.beat import LastRuns
from config.celery import app, take_schedules


def begin(file: Path) -> LastRuns:
    take_schedules()
    return LastRuns(app=app, schedule_filename=str(file), lazy=False)


@pytest.mark.parametrize("torn", [b"", b"\x80\x04\x95", b"nonsense"])
def test_a_torn_file_is_begun_anew(tmp_path, torn):
    file = tmp_path / "schedule"
    begin(file).close()
    with shelve.open(str(file)) as kept:  # noqa: S301 - written by ourselves a line above
        kept.dict[b"entries"] = torn

    again = begin(file)

    assert again.schedule.keys() >= {"wallet.expire_lots"}
    again.close()


def test_what_ran_last_is_remembered(tmp_path):
    file = tmp_path / "schedule"
    first = begin(file)
    entry = first.reserve(first.schedule["wallet.expire_lots"])
    first.close()

    again = begin(file)

    assert again.schedule["wallet.expire_lots"].last_run_at == entry.last_run_at
    assert again.schedule["wallet.expire_lots"].total_run_count == 1
    again.close()


def test_a_file_that_is_no_database_is_begun_anew(tmp_path):
    file = tmp_path / "schedule"
    file.write_bytes(b"half of a page")
    again = begin(file)
    assert again.schedule.keys() >= {"wallet.expire_lots"}
    again.close()
