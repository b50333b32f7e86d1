"""Where a city keeps its things."""

import errno
import os
import shutil
import stat
from pathlib import Path

import pytest

from config.supervisor.places import LONGEST_SOCKET_PATH, Places, in_words
from config.supervisor.processes import NOBODY, database_identity, ourselves
from config.supervisor.secrets import keep
from config.supervisor.trouble import Trouble


def test_sockets_stand_under_the_home_in_a_closed_folder(home: Path):
    places = Places(home)
    places.prepare()
    folder = places.sockets("vk", ourselves())
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert folder == home / "vk"


def test_a_deep_home_has_short_sockets(home: Path):
    """A path of unix(7) has 107 bytes; Japanese folder names count three a character."""
    places = Places(home.with_name("まち" * 15) / "h")
    places.prepare()
    folder = places.sockets("vk", ourselves())
    assert len(os.fsencode(folder / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET_PATH
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert places.sockets("vk", ourselves()) == folder
    folder.rmdir()


def test_a_short_folder_made_by_somebody_else_is_refused(home: Path):
    places = Places(home.with_name("m" * 90) / "h")
    places.prepare()
    folder = places.sockets("vk", ourselves())
    folder.rmdir()
    folder.symlink_to(home.parent)
    with pytest.raises(Trouble, match="belongs to somebody else"):
        places.sockets("vk", ourselves())
    folder.unlink()


def test_root_gives_the_database_to_another_user(tmp_path: Path):
    identity = database_identity(tmp_path)
    assert identity.uid == (NOBODY if os.geteuid() == 0 else os.geteuid())


def test_root_in_a_closed_folder_keeps_the_database_where_its_user_can_come(tmp_path: Path):
    if os.geteuid() != 0:
        pytest.skip("only for root the database runs as another user")
    (tmp_path / "closed").mkdir(mode=0o700)
    home = tmp_path / "closed" / "home"
    home.mkdir()
    assert Places(home).postgres.parent == Path("/var/lib/machi")


def test_what_a_removed_home_left_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Places, "postgres", tmp_path / "outside")
    places = Places(tmp_path / "home")
    places.prepare()
    for name in ("left-1", "left-2"):
        (places.postgres / "data").mkdir()
        places.prepare()
        assert places.has_database, "the home stands, and its database with it"
        shutil.rmtree(places.home)
        places.home.mkdir()  # as `make install` does
        places.prepare()
        assert not places.has_database
        assert (places.postgres / name).is_dir()


def test_a_database_without_its_secrets_is_told_of(tmp_path: Path):
    with pytest.raises(Trouble, match=r"secrets\.json is missing"):
        keep(tmp_path / "secrets.json", needed=True)
    assert not (tmp_path / "secrets.json").exists()


def test_secrets_are_made_once_and_closed(tmp_path: Path):
    made = keep(tmp_path / "secrets.json")
    assert keep(tmp_path / "secrets.json") == made
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600
    assert keep(tmp_path / "others.json").master_key != made.master_key


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EDQUOT, "The disk is full"),
        (errno.EROFS, "may not write"),
        (errno.EACCES, "may not write"),
    ],
)
def test_faults_of_the_disk_in_words(number: int, words: str):
    assert words in in_words(OSError(number, "x", "/srv/city"), Path("/srv"))
    assert "/srv/city" in in_words(OSError(number, "x", "/srv/city"), Path("/srv"))
