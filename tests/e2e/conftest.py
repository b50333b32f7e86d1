"""The city for these tests, started once as a person starts it; pictures for the README where they are asked for."""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.config.city import city, fresh_home
from tests.e2e.phone import Phone, phone
from tests.places import ROOT


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take --pictures and --city."""
    parser.addoption("--pictures", action="store_true", help="write docs/pictures anew")
    parser.addoption("--city", help="the address of a demo city that runs already, to use instead of a fresh one")


@pytest.fixture(scope="session")
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a fresh demo city."""
    if given := request.config.getoption("--city"):
        yield given
        return
    with fresh_home() as home, city(home) as running:
        running.wait_until_open()
        yield f"http://localhost:{running.port}"


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    """Debian's Chromium, driven from here."""
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture
def new_phone(chromium, address: str):
    """Return a function that opens a browser for one person."""

    def make(**options) -> AbstractContextManager[Phone]:
        return phone(chromium, address, **options)

    return make


@pytest.fixture
def pictures(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """The folder for screenshots; where asked for, the README's picture goes into the repository."""
    yield tmp_path
    made = tmp_path / "readme.png"
    if request.config.getoption("--pictures") and made.exists():
        target = ROOT / "docs" / "pictures"
        target.mkdir(exist_ok=True)
        shutil.copy(made, target / made.name)
