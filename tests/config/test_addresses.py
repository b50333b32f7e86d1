"""Whose address is whose."""

import json
from pathlib import Path

import pytest

from config.supervisor import addresses, running
from config.supervisor.trouble import Trouble
from kernel import environment


def given(**variables: str) -> addresses.DatabaseAddresses:
    return addresses.given(environment.load(variables))


def test_three_addresses_are_taken_as_they_are():
    found = given(
        DATABASE_URL="postgres://machi_app:a@db/city",
        DATABASE_OWNER_URL="postgres://machi_owner:b@db/city",
        DATABASE_ADMIN_URL="postgres://root:c@db/postgres",
    )
    assert found == addresses.DatabaseAddresses(
        "postgres://root:c@db/postgres", "postgres://machi_owner:b@db/city", "postgres://machi_app:a@db/city"
    )


def test_an_administrators_address_alone_is_enough_for_our_own_two_logins():
    found = given(DATABASE_URL="postgres://postgres:p%40ss@db.example:5433/city?sslmode=require")
    assert found == addresses.DatabaseAddresses(
        admin="postgres://postgres:p%40ss@db.example:5433/postgres?sslmode=require",
        owner="postgres://machi_owner:p%40ss@db.example:5433/city?sslmode=require",
        app="postgres://machi_app:p%40ss@db.example:5433/city?sslmode=require",
    )


def test_the_application_alone_cannot_migrate():
    with pytest.raises(Trouble, match="DATABASE_OWNER_URL is missing"):
        given(DATABASE_URL="postgres://machi_app@db/city")


def test_a_command_joins_the_city_that_runs_here(tmp_path: Path):
    running.publish(running.file_in(tmp_path), {"DATABASE_URL": "postgresql://machi_app@/machi", "HOME": "/nowhere"})
    here = environment.load({"MACHI_HOME": str(tmp_path)})
    assert running.join(here) == {"DATABASE_URL": "postgresql://machi_app@/machi"}
    assert running.file_in(tmp_path).stat().st_mode & 0o777 == 0o600


def test_a_command_with_addresses_of_its_own_joins_nobody(tmp_path: Path):
    running.file_in(tmp_path).write_text(json.dumps({"DATABASE_URL": "postgresql://machi_app@/machi"}))
    own = environment.load({"MACHI_HOME": str(tmp_path), "DATABASE_URL": "postgresql://elsewhere/machi"})
    assert running.join(own) == {}
    assert running.join(environment.load({"MACHI_HOME": str(tmp_path / "none")})) == {}
