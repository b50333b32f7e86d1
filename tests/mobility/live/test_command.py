"""Sources on the command line: added, shown with how they are, retired."""

import io

import pytest
from django.core.management import CommandError, call_command

from mobility.models import LiveSource
from mobility.services.live import poll_due
from mobility.services.live.sources import headers_of
from tests.mobility.live.operator import late

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = io.StringIO()
    call_command("live_sources", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_a_source_is_added_shown_and_retired(town, operator):
    told = ("--feed", "red", "--header", "X-Key: secret", "--licence", "CC BY 4.0", "--open")
    (line,) = run("--add", "demo:operator/trip_updates", *told)
    assert line.split()[1:4] == ["trip_updates", "red", "never"]
    row = LiveSource.objects.get()
    assert (headers_of(row), row.is_open, row.name) == ({"X-Key": "secret"}, True, "demo:operator/trip_updates")
    operator.says["trip_updates"] = late(60, at=row.next_at)
    poll_due(at=row.next_at)
    (line,) = run()
    assert line.split()[3:5] == ["good", "good"]
    assert line.endswith("trips=1")
    assert "secret" not in line
    (line,) = run("--retire", str(row.pk))
    assert line.split()[3] == "retired"


def test_what_is_refused_is_said(town):
    with pytest.raises(CommandError, match="feed: Choose whose timetable"):
        run("--add", "https://bus.example/tu.pb", "--feed", "blue")
    assert not LiveSource.objects.exists()
