"""What is shown while the city starts."""

import io
import os

import pytest

from config.supervisor.terminal import Terminal


def test_steps_have_words_and_time():
    out = io.StringIO()
    with Terminal(out).step("building the phone app"):
        pass
    begun, done = out.getvalue().splitlines()
    assert begun == "  … building the phone app"
    assert done.startswith("  ✓ building the phone app ")
    assert done.endswith("0.0 s")


def test_a_reader_who_left_stops_nothing():
    """`make run | tee log`: at Ctrl-C tee is gone first, and the city still has to end in order."""
    reader, writer = os.pipe()
    with os.fdopen(writer, "w") as out:
        terminal = Terminal(out)
        os.close(reader)
        terminal.say("Ending …")
        terminal.say("Ended.")


def test_a_step_that_fails_is_not_called_done():
    out = io.StringIO()
    with pytest.raises(ValueError, match="no"), Terminal(out).step("trying"):
        raise ValueError("no")
    assert "✓" not in out.getvalue()


@pytest.mark.parametrize("address", ["http://127.0.0.1:5173/", "http://localhost:8000", "ws://[::1]/x"])
def test_no_address_comes_before_the_one_to_open(address: str):
    out = io.StringIO()
    terminal = Terminal(out)
    terminal.say(f"a library listens at {address}")
    terminal.say("still starting")
    assert out.getvalue() == "still starting\n"
    terminal.may_tell_addresses()
    terminal.say(f"open {address}")
    assert out.getvalue() == f"still starting\na library listens at {address}\nopen {address}\n"
