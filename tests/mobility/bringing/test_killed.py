"""An import that is killed at any moment leaves what was used before; and the next one goes on as if nothing had been."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings

from kernel import clock
from mobility import services
from mobility.gateways.releases import folder, open_release
from mobility.models import FeedVersion, NetworkRelease
from mobility.selectors.feeds import open_file
from tests.mobility.bringing.office import bring, register, small, used
from tests.places import ROOT

STEPS = (
    "Reading and",
    "Keeping",
    "Reading red",
    "Making",
    "Writing",
    "Putting",
    "Keeping",
    "Writing",
    "Putting",
    "Writing",
)
"""What an import says just before it is killed, up to 60 milliseconds later."""
pytestmark = pytest.mark.slow  # processes, started and killed


def start(database, file):
    """Begin an import in a process of its own, in the test's database and home."""
    surroundings = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database.app_url,
        "DATABASE_OWNER_URL": database.owner_url,
        "MACHI_HOME": str(settings.MACHI_HOME),
    }
    words = [sys.executable, "manage.py", "import_gtfs", str(file), "--slug", "red"]
    return subprocess.Popen(words, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def test_what_is_used_is_whole_whenever_an_import_dies(committed_db, tmp_path):
    register("red", licence="CC BY 4.0", is_open=True)
    bring("red", small(10, trips=300))
    there = {path.name for path in folder().iterdir()}
    dice, whole, died = random.Random(20260610), 0, 0
    for n, step in enumerate(STEPS):
        before = used().pk
        file = tmp_path / f"{n}.zip"
        file.write_bytes(small(20 + n, trips=300))
        process = start(committed_db, file)
        said = ""
        while step not in said and (line := process.stdout.readline().decode()):
            said += line
        time.sleep(dice.uniform(0, 0.06))
        process.send_signal(signal.SIGKILL)
        said += process.communicate()[0].decode()
        if process.returncode == 0:
            whole += 1
            assert used().pk != before
        else:
            died += 1
            assert process.returncode == -signal.SIGKILL, said
        now = used()
        assert (now.pk == before) == (f"network {now.pk}" not in said) or process.returncode == -signal.SIGKILL
        assert open_release(now.pk).arrays["feed.arrival"].size == 600
        assert services.current_network(at=clock.now()).release == now.pk
        assert b"".join(open_file("red").pieces)[:2] == b"PK"
    assert NetworkRelease.objects.filter(is_active=True).count() == 1
    assert whole + died == len(STEPS)
    assert died >= len(STEPS) / 2
    rows = {row.pk.hex for row in (*NetworkRelease.objects.all(), *FeedVersion.objects.all())}
    left = {path.name for path in folder().iterdir()} - rows - there
    assert len(left) <= died  # swept a day later
    found = bring("red", small(59, trips=300), at=clock.now())
    assert (found.outcome, used().pk) == ("taken", found.release_id)
    assert FeedVersion.objects.filter(pk=found.version_id).exists()
