"""`manage.py up`, for real: it opens, is killed, recovers with its data, and ends without a trace. Slow: it starts cities."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import psycopg
import pytest

from tests.config.city import PYTHON, UP, RunningCity, city, plain_environment, processes_of, refusal
from tests.database import Server
from tests.places import PLACE, ROOT
from tests.valkey import Cache

REAL = {"MACHI_DEMO": "0", "MACHI_MAIL_URL": "smtp://mail.machi.example:25"}  # a real city sends its codes by mail

pytestmark = pytest.mark.slow


def test_a_city_is_killed_twice_and_comes_back_with_what_it_knew(home: Path):
    with city(home, **REAL) as first:
        first.wait_until_open()
        listens_on_no_network(first)
        is_found_by_other_commands(first)
        with psycopg.connect(first.addresses["DATABASE_OWNER_URL"]) as owner:
            owner.execute("CREATE TABLE remembered AS SELECT 42 AS answer")
        os.kill(first.process.pid, signal.SIGKILL)
        first.wait_until_gone(within_s=15)

    with city(home, ("make", "-s", "run"), **REAL) as second:
        second.wait_until_open()
        lets_nobody_else_in(second)
        os.kill(second.process.pid, signal.SIGKILL)  # make itself; the next starts while this one still goes down
        with city(home, port=second.port, **REAL) as third:
            third.wait_until_open()
            with psycopg.connect(third.addresses["DATABASE_OWNER_URL"]) as owner:
                assert owner.execute("SELECT answer FROM remembered").fetchone() == (42,)
            third.send(signal.SIGINT)
            third.wait_until_gone(within_s=15)
            assert third.process.wait() == 0
            assert not (home / "running.json").exists()


def listens_on_no_network(running: RunningCity) -> None:
    url = running.addresses["DATABASE_URL"]
    with psycopg.connect(url) as app:
        assert app.execute("SHOW listen_addresses").fetchone() == ("",)
        found = app.execute("SELECT current_user::text, datcollate FROM pg_database WHERE datname = 'machi'").fetchone()
        assert found == ("machi_app", "C.UTF-8")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, password="a guess")
    assert running.addresses["REDIS_URL"].startswith("unix://")


def is_found_by_other_commands(running: RunningCity) -> None:
    done = subprocess.run(
        [PYTHON, "manage.py", "showmigrations", "kernel"], cwd=ROOT, env=plain_environment(MACHI_HOME=str(running.home)),
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert "[X] 0001" in done.stdout
    for name in ("running.json", "secrets.json"):
        assert (running.home / name).stat().st_mode & 0o777 == 0o600


def lets_nobody_else_in(running: RunningCity) -> None:
    code, said = refusal(running.home)
    assert (code, said.count("\n")) == (1, 1), said
    assert "is running already (process" in said
    code, said = refusal(running.home.with_name("neighbour"), MACHI_PORT=str(running.port))
    assert (code, said.count("\n")) == (1, 1), said
    assert f"Port {running.port} is taken" in said


def test_killed_while_it_starts(home: Path):
    with city(home, **REAL) as running:
        while "starting Valkey" not in running.said:
            assert running.process.poll() is None, running.said
            time.sleep(0.02)
        running.send(signal.SIGINT)
        running.wait_until_gone(within_s=15)
        assert running.process.wait() == 0


@pytest.mark.postgres
def test_servers_of_the_environment_are_used_instead(home: Path, database_server: Server, valkey_server: Cache):
    name = f"{PLACE.run}_city"
    given = {"DATABASE_ADMIN_URL": PLACE.admin_url, "REDIS_URL": valkey_server.url}
    given |= {"DATABASE_OWNER_URL": PLACE.owner_url(name), "DATABASE_URL": PLACE.app_url(name)}
    with city(home, **REAL, **given) as running:
        running.wait_until_open()
        assert not (home / "postgres" / "data").exists()
        assert not list(home.glob("v*/*aof*"))
        with psycopg.connect(PLACE.app_url(name)) as app:
            assert app.execute("SELECT count(*) > 0 FROM django_migrations").fetchone() == (True,)
        running.send(signal.SIGINT)
        running.wait_until_gone(within_s=15)


@pytest.mark.parametrize("command", [UP, ("make", "-s", "run")], ids=["up", "make"])
def test_a_taken_port_is_a_sentence(home: Path, command: tuple[str, ...]):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, said = refusal(home, command, MACHI_PORT=str(taken.getsockname()[1]))
    assert code != 0
    assert "is taken by another program; choose another" in said
    assert "Traceback" not in said
    assert processes_of(home) == []
