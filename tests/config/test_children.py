"""Programs are heard, their end is noticed, and nothing that they started outlives them."""

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from config.supervisor.children import Children, Program
from config.supervisor.lock import Lock
from config.supervisor.processes import group_members
from config.supervisor.trouble import Trouble


def live(folder: Path, story: Callable[[Children], Awaitable[None]]) -> list[str]:
    """Run a story with a supervisor's children; return what was said on the terminal."""
    said: list[str] = []

    async def run() -> None:
        with Lock(folder / "lock") as lock:
            await asyncio.wait_for(story(Children(folder, lock, said.append)), 20)

    asyncio.run(run())
    return said


def shell(script: str, folder: Path, **more: object) -> Program:
    return Program("shell", ["/bin/sh", "-c", script], {"PATH": "/usr/bin:/bin"}, folder, **more)  # type: ignore[arg-type]


def test_output_is_for_the_person_and_errors_for_the_log(tmp_path: Path):
    async def story(children: Children) -> None:
        await children.run(shell("echo hello; echo oh >&2", tmp_path))

    assert live(tmp_path, story) == ["hello"]
    assert (tmp_path / "shell.log").read_text() == "oh\n"


def test_a_silent_program_says_nothing_to_the_person(tmp_path: Path):
    async def story(children: Children) -> None:
        await children.run(shell("echo hello; echo oh >&2", tmp_path, speaks=False))

    assert live(tmp_path, story) == []
    assert (tmp_path / "shell.log").read_text() == "hello\noh\n"


def test_an_end_is_noticed_while_what_was_started_holds_the_pipe_open(tmp_path: Path):
    async def story(children: Children) -> None:
        child = await children.start(shell("sleep 60 & kill -9 $$", tmp_path))
        assert await asyncio.wait_for(child.process.wait(), 5) == -signal.SIGKILL
        assert group_members(child.process.pid)
        await children.stop([child])
        assert group_members(child.process.pid) == []
        assert children.running == []

    live(tmp_path, story)


@pytest.mark.parametrize(("patience_s", "is_hurried"), [(0.5, False), (60, True)])
def test_the_deaf_are_killed_and_the_hurried_wait_for_nobody(tmp_path: Path, patience_s: float, is_hurried: bool):
    """Takes half a second where that is the patience it is given."""

    async def story(children: Children) -> None:
        deaf = shell("trap '' TERM; touch deaf; while :; do sleep 1; done", tmp_path, patience_s=patience_s)
        child = await children.start(deaf)
        await asyncio.to_thread(wait_for, tmp_path / "deaf")
        if is_hurried:
            children.is_hurried.set()
        await children.stop([child])
        assert child.process.returncode == -signal.SIGKILL

    live(tmp_path, story)


def wait_for(file: Path) -> None:
    deadline = time.monotonic() + 10
    while not file.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_failure_is_told_by_its_last_line(tmp_path: Path):
    async def story(children: Children) -> None:
        await children.run(shell("echo first >&2; echo the reason >&2; exit 3", tmp_path))

    with pytest.raises(Trouble, match=r"shell failed: the reason .all of it: .*shell\.log"):
        live(tmp_path, story)


def test_a_full_disk_is_named(tmp_path: Path):
    async def story(children: Children) -> None:
        await children.run(shell("cat /etc/passwd > /dev/full", tmp_path))

    with pytest.raises(Trouble, match="shell failed: the disk is full"):
        live(tmp_path, story)
