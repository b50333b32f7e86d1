"""Fifty answers that were made elsewhere, by the command that cities and researchers use."""

import csv
import io
import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from tests.mobility.feeds import GTFS, needs_open_data, written
from tests.places import ROOT


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


ASKED = ("query_id", "service_date", "from_stop_id", "to_stop_id", "depart_seconds")


@pytest.mark.slow  # a process of its own
def test_no_database_is_asked(folder):
    (folder / "questions.csv").write_text(f"{','.join(ASKED)}\n1,2026-06-10,A,B,0\n", encoding="utf-8")
    command = [sys.executable, str(ROOT / "manage.py"), "earliest_arrivals", str(folder), str(folder / "questions.csv")]
    nowhere = "postgres://nobody@127.0.0.1:9/nothing"
    env = os.environ | {"DATABASE_URL": nowhere, "DATABASE_OWNER_URL": nowhere, "REDIS_URL": "redis://127.0.0.1:9/0"}
    env["MACHI_HOME"] = str(folder / "nobody lives here")
    env.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"query_id,earliest_arrival_seconds\n1,29400\n", b"")
    (folder / "questions.csv").write_text(f"{','.join(ASKED)}\n1,2026-06-10,A,nowhere,0\n", encoding="utf-8")
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False, timeout=120)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().splitlines() == ["CommandError: No such stop in the feed, by question: 1: 'nowhere'"]


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
    [
        ("1,2026-06-10,A,Z,0", "1: 'Z'"),
        ("1,tomorrow,A,B,0", "tomorrow"),
        ("1,2026-06-10,A,B,soon", "soon"),
        ("1,2026-06-10,A,B", "Question 1: .*''"),
        ("7,2026-06-10,A,B,99999999999", "too many"),
        ("1", "Question 1"),
        ("7,20260230,A,B,0", "Question 7"),
    ],
)
def test_a_question_that_makes_no_sense_is_named_and_nothing_is_answered(folder, row, words):
    (folder / "questions.csv").write_text(f"{','.join(ASKED)}\n0,2026-06-10,A,B,0\n{row}\n", encoding="utf-8")
    out = io.StringIO()
    with pytest.raises(CommandError, match=words):
        call_command("earliest_arrivals", str(folder), str(folder / "questions.csv"), stdout=out)
    assert out.getvalue() == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "lack: query_id"), ("query_id,service_date,to_stop_id\n1,2,3\n", "lack: from_stop_id, depart_seconds")],
)
def test_columns_that_are_not_there_are_named(folder, text, words):
    (folder / "questions.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=words):
        answers(folder, folder / "questions.csv")


def test_columns_may_stand_in_any_order_with_others_between_and_answers_keep_the_order_of_questions(folder):
    text = "\ufeffdepart_seconds,note, to_stop_id,from_stop_id,query_id,service_date\r\n".replace(" ", "")
    text += '28800,x,B,A,second day,2026-06-11\r\n28801,,B,A,z,2026-06-10\r\n0,"a,b",B,A,a,2026-06-10\r\n'
    (folder / "questions.csv").write_bytes(text.encode())
    out = io.StringIO()
    call_command("earliest_arrivals", str(folder), str(folder / "questions.csv"), stdout=out)
    assert out.getvalue() == "query_id,earliest_arrival_seconds\nsecond day,29400\nz,115800\na,29400\n"


RULES = {
    # who asks, from, to, when: what they are told, by the rules of KNOWN_ANSWERS.md one by one
    "a trip of the day before, past midnight": ("N", "A", "1:00", 5400),
    "the first trip of tomorrow": ("A", "B", "25:00", 86_400 + 29_400),
    "added on one day by the calendar's exceptions": ("E", "F", "0:00", 36_600),
    "taken away on that day, so that tomorrow's is the first": ("G", "H", "0:00", 86_400 + 36_600),
    "the origin needs no change time": ("A", "B", "8:00", 29_400),
    "a change at one stop needs its time": ("A", "C", "8:00", 86_400 + 29_700),
    "no row is no time to change": ("A", "D", "8:00", 30_600),
    "a walk before": ("W", "B", "7:58", 29_400),
    "a walk after": ("A", "X", "8:00", 29_400 + 90),
    "a walk between": ("A", "Y", "8:00", 31_200),
    "a walk alone": ("W", "A", "10:00", 36_120),
    "no walk after a walk": ("W", "Z", "10:00", ""),
    "a block is not heeded, so that to stay in the bus is a change": ("A", "K", "8:00", 86_400 + 30_000),
    "who does not let one board": ("P", "B", "0:00", ""),
    "who does not let one alight": ("A", "Q", "8:00", ""),
    "a loop is boarded at its second visit": ("L", "M", "9:05", 34_200),
}


@pytest.fixture(scope="module")
def ruled(tmp_path_factory):
    """A feed with one case for every rule."""
    services = (
        "all,1,1,1,1,1,1,1,20260101,20261231 once,0,0,0,0,0,0,0,20260101,20261231 most,1,1,1,1,1,1,1,20260101,20261231"
    )
    trips = {
        "t": "A 8:00, B 8:10, Q+ 8:15", "tight": "B 8:11, C 8:15", "u": "A 8:00, T 8:10", "free": "T 8:10, D 8:30",
        "night": "N 25:10, A 25:30", "added@once": "E 10:00, F 10:10", "taken@most": "G 10:00, H 10:10", "past": "V 8:12, Y 8:40",
        "on": "B 8:10, K 8:20", "no": "P- 8:00, B 8:30", "loop": "L 9:00, O 9:10, L 9:20, M 9:30", "from": "Z 11:00, D 11:10",
    }  # fmt: skip
    walks = "B B 120,B X 90,B V 100,W A 120,A Z 60"
    files = written("A B C D E F G H K L M N O P Q T V W X Y Z", trips, walks=walks, services=services)
    files["calendar_dates.txt"] = b"service_id,date,exception_type\nonce,20260610,1\nmost,20260610,2\n"
    files["trips.txt"] = b"\n".join(
        line + (b",block_id" if n == 0 else b",bus" if line.endswith((b",t", b",on")) else b",")
        for n, line in enumerate(files["trips.txt"].split(b"\n"))
    )
    folder = tmp_path_factory.mktemp("ruled")
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_of_the_known_answers_holds(ruled, rule):
    begin, end, at, told = RULES[rule]
    hours, minutes = at.split(":")
    second = int(hours) * 3600 + int(minutes) * 60
    assert ask(ruled, f"1,2026-06-10,{begin},{end},{second}") == {"1": str(told)}


def test_a_feed_with_faults_is_refused_with_their_lines(folder):
    (folder / "stop_times.txt").write_text(
        "trip_id,stop_sequence,stop_id,arrival_time,departure_time\nt,0,X,8:00:00,8:00:00\n"
    )
    with pytest.raises(CommandError, match=r"stop_times.txt:2: unknown stop_id X"):
        ask(folder, "1,2026-06-10,A,B,0")
    with pytest.raises(CommandError, match="not_found"):
        answers(folder / "nowhere.zip", folder / "questions.csv")
