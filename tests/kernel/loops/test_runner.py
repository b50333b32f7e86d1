"""Loops go on through faults, say that they live, and end after the step under way when told."""

import _thread
import os
import signal
import subprocess
import sys
import threading
import time
from itertools import pairwise

import pytest
import redis
from django.core.management import CommandError, call_command

from kernel.contributions import Loop
from kernel.loops import heartbeat, runner
from kernel.loops.runner import Runner
from tests.places import ROOT


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(runner, "AFTER_FAULT_S", 0.01)


def run_for(seconds: float, *loops: Loop) -> None:
    running = Runner(loops)
    threading.Timer(seconds, running.stop).start()
    running.run()


def test_steps_follow_at_once_while_more_waits_and_rest_otherwise(db):
    waiting, steps = [True, True, True], []

    def step() -> bool:
        steps.append(time.monotonic())
        return bool(waiting) and waiting.pop()

    run_for(0.3, Loop("toy", step, rest_s=0.1))
    pauses = [later - earlier for earlier, later in pairwise(steps)]
    assert all(pause < 0.05 for pause in pauses[:3])
    assert all(pause >= 0.1 for pause in pauses[3:])


def test_a_fault_does_not_end_the_loop_nor_its_neighbour(db):
    steps = {"bad": 0, "good": 0}

    def bad() -> bool:
        steps["bad"] += 1
        raise ZeroDivisionError

    def good() -> bool:
        steps["good"] += 1
        return False

    run_for(0.3, Loop("bad", bad, rest_s=0.01), Loop("good", good, rest_s=0.01))
    assert steps["bad"] > 2
    assert steps["good"] > 5


def test_a_loop_says_that_it_lives_and_is_forgotten_when_it_does_not(db, valkey):
    run_for(0.05, Loop("toy", lambda: False, rest_s=0.01))
    assert heartbeat.silent(["toy", "other"]) == ["other"]
    assert 25 < valkey.ttl("machi:heartbeat:toy") <= 30
    assert heartbeat.silent([]) == []


def test_a_redis_that_is_away_stops_no_loop(db, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    steps = []
    run_for(0.1, Loop("toy", lambda: bool(steps.append(1)), rest_s=0.01))
    assert len(steps) > 3
    with pytest.raises(redis.RedisError):
        heartbeat.silent(["toy"])


@pytest.mark.postgres
@pytest.mark.slow  # starts a process
def test_the_loops_process_ends_cleanly_on_sigterm(committed_db, valkey, settings):
    addresses = {"DATABASE_URL": committed_db.app_url, "REDIS_URL": settings.REDIS_URL}
    environment = os.environ | addresses | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "manage.py", "run_loops"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE) as process:
        try:
            wait_for(
                lambda: (
                    {b"machi:heartbeat:outbox", b"machi:heartbeat:log_sealer"} <= set(valkey.keys("machi:heartbeat:*"))
                )
            )
            process.send_signal(signal.SIGTERM)
            _out, errors = process.communicate(timeout=20)
        finally:
            process.kill()
    assert process.returncode == 0
    assert b"Traceback" not in errors


@pytest.mark.usefixtures("handlers_as_before")
def test_a_signal_that_arrives_just_before_the_wait_is_not_lost(db):
    running = Runner([Loop("toy", lambda: False, rest_s=0.01)])
    # trips the signal without waking the main thread: what happens to one that comes between its last look and its wait
    unseen = threading.Timer(0.3, _thread.interrupt_main, [signal.SIGTERM])
    rescue = threading.Timer(10, running.stop)
    begun = time.monotonic()
    for timer in (unseen, rescue):
        timer.start()
    running.run_until_signal()
    rescue.cancel()
    assert time.monotonic() - begun < 5


def wait_for(has_come, patience_s: float = 60) -> None:
    deadline = time.monotonic() + patience_s
    while not has_come():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def handlers_as_before():
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def soon_told_to_end(handlers_as_before):
    timer = threading.Timer(0.3, os.kill, [os.getpid(), signal.SIGTERM])
    yield timer.start
    timer.cancel()


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("command", "loops"),
    [(["run_loops", "outbox"], ["outbox"]), (["run_outbox"], ["outbox"]), (["run_log_sealer"], ["log_sealer"])],
)
def test_each_command_runs_its_loop_until_it_is_told(committed_db, soon_told_to_end, command, loops):
    soon_told_to_end()
    call_command(*command)
    assert heartbeat.silent(["outbox", "log_sealer"]) == [
        loop for loop in ("outbox", "log_sealer") if loop not in loops
    ]


def test_an_unknown_loop_is_named():
    with pytest.raises(CommandError, match=r"No such loop: nothing\. There are: .*log_sealer"):
        call_command("run_loops", "nothing")
