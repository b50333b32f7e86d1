"""Where a city cannot live, it says why in one sentence, ends with code 1 and leaves nothing running."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from config.supervisor.secrets import keep
from tests.config.city import PYTHON, processes_of, refusal
from tests.places import ROOT

INSTALL = ROOT / "config" / "supervisor" / "install.py"


def assert_sentence(code: int, said: str, *words: str) -> None:
    assert code == 1, said
    assert "Traceback" not in said, said
    *_steps, last = said.splitlines()
    assert last.startswith("Machi: "), said
    for word in words:
        assert word in last


def test_a_home_that_cannot_be_written():
    code, said = refusal(Path("/proc/machi"))
    assert_sentence(code, said, "/proc/machi", "MACHI_HOME")


def test_a_home_that_is_a_file(home: Path):
    home.write_text("a letter")
    code, said = refusal(home)
    assert_sentence(code, said, str(home), "MACHI_HOME")
    assert home.read_text() == "a letter"


def test_secrets_that_are_damaged_are_never_overwritten(home: Path):
    home.mkdir()
    (home / "secrets.json").write_text('{"secret_key": "ha')
    code, said = refusal(home)
    assert_sentence(code, said, "secrets.json", "damaged")
    assert (home / "secrets.json").read_text() == '{"secret_key": "ha'


def test_a_port_that_is_no_number(home: Path):
    code, said = refusal(home, MACHI_PORT="eight")
    assert code == 1
    assert "MACHI_PORT" in said
    assert "Traceback" not in said


def test_a_host_that_is_not_ours(home: Path):
    code, said = refusal(home, MACHI_HOST="192.0.2.1")
    assert_sentence(code, said, "192.0.2.1")


def test_data_of_a_postgres_that_is_not_installed(home: Path):
    data = home / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("9\n")
    keep(home / "secrets.json")
    code, said = refusal(home)
    assert_sentence(code, said, "PostgreSQL 9")
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


def test_the_owners_address_is_missing(home: Path):
    given = {"DATABASE_URL": "postgresql://machi_app@127.0.0.1:1/machi", "REDIS_URL": "redis://127.0.0.1:1"}
    code, said = refusal(home, **given)
    assert_sentence(code, said, "DATABASE_OWNER_URL")


def test_a_database_server_that_does_not_answer(home: Path):
    given = {"DATABASE_URL": "postgresql://postgres@127.0.0.1:1/machi", "REDIS_URL": "redis://127.0.0.1:1"}
    code, said = refusal(home, **given)
    assert_sentence(code, said, "database server refused")


@pytest.mark.slow
def test_a_full_disk(home: Path):
    """Slow: fills a disk of 64 MB in memory, once before the first start and once under it."""
    if os.geteuid() != 0 or not shutil.which("unshare"):
        pytest.skip("only root can mount the small disk that this test fills")
    mount = f"mount -t tmpfs -o size=%dm,mode=755 none {home.parent} && exec {PYTHON} manage.py up"
    code, said = refusal(home, ("unshare", "-m", "sh", "-c", mount % 64))
    assert_sentence(code, said, "disk", "full", "500 MB")

    small = "import config.supervisor.places as p; p.FIRST_START_MB = 1; from config.supervisor.life import main; exit(main())"
    filled = f"mount -t tmpfs -o size=16m,mode=755 none {home.parent} && exec {PYTHON} -c '{small}'"
    code, said = refusal(home, ("unshare", "-m", "sh", "-c", filled))
    assert code == 1
    assert "disk is full" in said.splitlines()[-1]
    assert "Traceback" not in said
    assert processes_of(home) == []


@pytest.mark.parametrize(
    ("machine", "words"),
    [
        ("import sys; sys.version_info = (3, 9, 2)", "needs Python 3.11 and this is 3.9"),
        ("import platform; platform.libc_ver = lambda: ('', '')", "needs glibc 2.28"),
        ("import platform; platform.libc_ver = lambda: ('glibc', '2.17')", "glibc 2.17"),
        ("import platform; platform.machine = lambda: 'aarch64'", "Linux on aarch64"),
    ],
)
def test_a_machine_that_the_packages_are_not_made_for(machine: str, words: str):
    run = f"import runpy, sys; sys.argv = ['install', 'requirements.lock']; runpy.run_path({str(INSTALL)!r}, run_name='__main__')"
    program = f"{machine}; {run}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=30)
    assert_sentence(done.returncode, done.stderr, words)


def test_any_python_3_can_read_the_installer():
    """The grammar of 3.6, as far as this Python can check it."""
    ast.parse(INSTALL.read_text(), feature_version=(3, 6))
