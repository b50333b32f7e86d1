"""One supervisor a folder, and what a killed one left is ended by the next."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from config.supervisor.lock import Lock, end_groups
from config.supervisor.processes import group_members, started_at, tied
from config.supervisor.trouble import Trouble

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)",
]


def start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, start_new_session=True, stdout=subprocess.PIPE)


def ended(process: subprocess.Popen[bytes]) -> int:
    assert process.stdout
    process.stdout.close()
    return process.wait(10)


def test_the_second_is_told_who_holds_the_folder(tmp_path: Path):
    with (
        Lock(tmp_path / "lock"),
        pytest.raises(Trouble, match=f"running already .process {os.getpid()}"),
        Lock(tmp_path / "lock"),
    ):
        pass
    with Lock(tmp_path / "lock"):
        pass


def test_who_comes_while_the_holder_is_ending_waits(tmp_path: Path):
    with Lock(tmp_path / "lock") as going:
        going.announce_end()
        coming = threading.Thread(target=hold, args=[tmp_path / "lock"])
        coming.start()
        coming.join(0.3)
        assert coming.is_alive()
    coming.join(10)
    assert not coming.is_alive()
    assert json.loads((tmp_path / "lock").read_text())["is_ending"] is False


def hold(path: Path) -> None:
    with Lock(path):
        pass


def test_the_next_holder_ends_what_was_left(tmp_path: Path):
    left = start(SLEEP)
    with Lock(tmp_path / "lock") as lock:
        lock.remember(left.pid)
    with Lock(tmp_path / "lock"):
        assert ended(left) == -signal.SIGTERM
    assert json.loads((tmp_path / "lock").read_text())["children"] == {}


def test_a_number_that_belongs_to_another_by_now_is_left_alone(tmp_path: Path):
    other = start(SLEEP)
    noted = {"holder": 1, "children": {str(other.pid): (started_at(other.pid) or 0) - 1}}
    (tmp_path / "lock").write_text(json.dumps(noted))
    with Lock(tmp_path / "lock"):
        assert other.poll() is None
    other.kill()
    ended(other)


def test_what_a_dead_leader_started_is_ended_too():
    """The leader of a group is gone, a program that it started lives on."""
    leader = start([sys.executable, "-c", f"import subprocess; subprocess.Popen({SLEEP!r})"])
    leader.wait(10)
    assert group_members(leader.pid)
    end_groups([leader.pid])
    assert group_members(leader.pid) == []
    ended(leader)


def test_the_deaf_are_killed():
    """Takes half a second: that is the patience it is given."""
    deaf = start(DEAF)
    assert deaf.stdout
    assert deaf.stdout.readline() == b"deaf\n"
    end_groups([deaf.pid], patience_s=0.5)
    assert ended(deaf) == -signal.SIGKILL


@pytest.mark.parametrize("content", ["", "nonsense", "[1]", '{"holder": 1}'])
def test_a_damaged_lock_file_stops_nobody(tmp_path: Path, content: str):
    (tmp_path / "lock").write_text(content)
    with Lock(tmp_path / "lock") as lock:
        lock.remember(os.getpid())


def test_a_tied_program_ends_with_its_parent():
    """Waits for two Python starts."""
    script = f"""
import subprocess, sys, signal
from config.supervisor.processes import tied
child = subprocess.Popen(tied({SLEEP!r}, death_signal=signal.SIGTERM), start_new_session=True)
print(child.pid, flush=True)
sys.stdin.read()
"""
    parent = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert parent.stdin
    assert parent.stdout
    child = int(parent.stdout.readline())
    assert started_at(child)
    parent.kill()
    parent.wait(10)
    deadline = time.monotonic() + 10
    while started_at(child):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    parent.stdin.close()
    parent.stdout.close()


def test_a_tied_program_hears_ctrl_c_although_its_parent_ignores_it():
    """A shell starts background jobs with SIGINT ignored, which programs inherit."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        child = start(tied(["/bin/sh", "-c", "echo ready; exec sleep 60"], death_signal=signal.SIGTERM))
    finally:
        signal.signal(signal.SIGINT, before)
    assert child.stdout
    assert child.stdout.readline() == b"ready\n"
    child.send_signal(signal.SIGINT)
    assert ended(child) == -signal.SIGINT
