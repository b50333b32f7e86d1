"""The environment is read once, typed, and a wrong variable is a sentence."""

from pathlib import Path

import pytest

from kernel.environment import Environment, EnvironmentFault, load


def test_nothing_set_gives_the_city_as_it_comes():
    assert load({}) == Environment()
    assert load({}).public_url == "http://localhost:8000"
    assert load({}).machi_coin_name_ja == "きじまコイン"


def test_texts_become_what_they_mean():
    env = load(
        {
            "MACHI_PORT": "9000",
            "MACHI_DEMO": "true",
            "MACHI_HOME": "/srv/machi",
            "PATH": "/bin",
            "MACHI_COIN_PER_DAY": "1",
        }
    )
    assert (env.machi_port, env.machi_demo, env.machi_home, env.machi_coin_per_day) == (
        9000,
        True,
        Path("/srv/machi"),
        1,
    )


def test_a_set_but_empty_variable_counts_as_not_set():
    assert load({"MACHI_PORT": "", "DATABASE_URL": ""}) == Environment()


def test_the_public_address_has_no_slash_at_its_end():
    assert load({"MACHI_PUBLIC_URL": "https://machi.example/"}).public_url == "https://machi.example"


@pytest.mark.parametrize(
    ("name", "value"), [("MACHI_PORT", "eight"), ("MACHI_DEMO", "perhaps"), ("MACHI_COIN_BALANCE", "1.5")]
)
def test_a_wrong_variable_is_named(name, value):
    with pytest.raises(EnvironmentFault, match=name):
        load({name: value})


def test_nothing_can_be_changed_afterwards():
    with pytest.raises(AttributeError):
        load({}).machi_port = 1
