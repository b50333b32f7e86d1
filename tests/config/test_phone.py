"""The phone app is built when something changed, once, and a failing build is a sentence. Slow: it starts Node and npm."""

import asyncio
import json
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from config.supervisor.children import Children
from config.supervisor.lock import Lock
from config.supervisor.phone import Phone
from config.supervisor.trouble import Trouble
from tests.config.city import plain_environment

pytestmark = pytest.mark.slow

BUILD = "node -e \"const f = require('fs'); f.mkdirSync('dist', {recursive: true}); f.copyFileSync('src.txt', 'dist/app.txt')\""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An app without libraries, so that npm needs no network."""
    folder = tmp_path / "static"
    folder.mkdir()
    (folder / "src.txt").write_text("one")
    write_package(folder, BUILD)
    lock = {"name": "app", "lockfileVersion": 3, "requires": True, "packages": {"": {"name": "app"}}}
    (folder / "package-lock.json").write_text(json.dumps(lock))
    return folder


def write_package(folder: Path, build: str) -> None:
    (folder / "package.json").write_text(json.dumps({"name": "app", "private": True, "scripts": {"build": build}}))


def build(folder: Path, times_at_once: int = 1) -> list[str]:
    """Build as the supervisor does, and return the steps that were shown."""
    steps: list[str] = []

    def step(words: str) -> AbstractContextManager[None]:
        steps.append(words)
        return nullcontext()

    async def run() -> None:
        home = folder.parent / "home"
        home.mkdir(exist_ok=True)
        with Lock(home / "lock") as lock:
            children = Children(home, lock, print)
            phone = Phone(folder, home)
            await asyncio.gather(*(phone.build(children, plain_environment(), step) for _ in range(times_at_once)))

    asyncio.run(run())
    return steps


FETCH, MAKE = "fetching the phone app's libraries", "building the phone app"


def test_built_once_and_again_after_a_change(folder: Path):
    assert build(folder, times_at_once=2) == [FETCH, MAKE]
    assert (folder / "dist" / "app.txt").read_text() == "one"
    assert build(folder) == []
    (folder / "src.txt").write_text("two")
    assert build(folder) == [MAKE]
    assert (folder / "dist" / "app.txt").read_text() == "two"


def test_a_build_that_fails_is_a_sentence_and_is_tried_again(folder: Path):
    write_package(folder, "node -e \"console.error('src.ts: a bracket is missing'); process.exit(2)\"")
    with pytest.raises(Trouble, match=r"phone failed: src.ts: a bracket is missing .all of it: .*phone\.log"):
        build(folder)
    write_package(folder, BUILD)
    assert build(folder) == [MAKE]


def test_a_lock_that_does_not_fit_is_a_sentence(folder: Path):
    package = {"name": "app", "private": True, "scripts": {"build": BUILD}, "dependencies": {"preact": "11.2.0"}}
    (folder / "package.json").write_text(json.dumps(package))
    with pytest.raises(Trouble, match="phone failed: npm error"):
        build(folder)
    assert not (folder / "dist").exists()


def test_no_app_no_build(tmp_path: Path):
    (tmp_path / "static").mkdir()
    assert build(tmp_path / "static") == []
