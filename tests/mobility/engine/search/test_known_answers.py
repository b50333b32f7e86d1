"""Fifty answers that were made elsewhere, by the command that cities and researchers use."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from tests.mobility.feeds import GTFS, needs_open_data, written


def answers(feed, queries):
    out = io.StringIO()
    call_command("earliest_arrivals", str(feed), str(queries), stdout=out)
    return {row["query_id"]: row["earliest_arrival_seconds"] for row in csv.DictReader(io.StringIO(out.getvalue()))}


@needs_open_data
def test_all_fifty_are_exact():
    queries = GTFS / "kumamoto_known_answers.csv"
    with queries.open(encoding="utf-8") as file:
        told = {row["query_id"]: row["earliest_arrival_seconds"] for row in csv.DictReader(file)}
    assert len(told) == 50
    assert answers(GTFS / "kumamoto_merged.gtfs.zip", queries) == told


@pytest.fixture
def folder(tmp_path):
    for name, data in written("A B C", {"t": "A 8:00, B 8:10"}, walks="B C 90").items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def ask(folder, *rows):
    file = folder / "questions.csv"
    file.write_text(
        "\n".join(["query_id,service_date,from_stop_id,to_stop_id,depart_seconds", *rows]), encoding="utf-8"
    )
    return answers(folder, file)


def test_a_folder_is_a_feed_too_and_what_cannot_be_reached_stays_empty(folder):
    asked = ask(
        folder,
        "1,2026-06-10,A,C,28000",
        "2,2026-06-10,C,A,0",
        "3,2026-06-10,A,A,5",
        "4,2026-06-10,B,C,7",
        "5,2030-01-01,A,B,0",
    )
    assert asked == {"1": str(29400 + 90), "2": "", "3": "5", "4": "97", "5": ""}


@pytest.mark.parametrize(
    ("row", "words"),
    [("1,2026-06-10,A,Z,0", "no stop 'Z'"), ("1,tomorrow,A,B,0", "tomorrow"), ("1,2026-06-10,A,B,soon", "soon")],
)
def test_a_question_that_makes_no_sense_is_named(folder, row, words):
    with pytest.raises(CommandError, match=words):
        ask(folder, row)


def test_a_feed_with_faults_is_refused_with_their_lines(folder):
    (folder / "stop_times.txt").write_text(
        "trip_id,stop_sequence,stop_id,arrival_time,departure_time\nt,0,X,8:00:00,8:00:00\n"
    )
    with pytest.raises(CommandError, match=r"stop_times.txt:2: unknown stop_id X"):
        ask(folder, "1,2026-06-10,A,B,0")
    with pytest.raises(CommandError, match="not_found"):
        answers(folder / "nowhere.zip", folder / "questions.csv")
