"""Folders for cities that are started for real."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.city import fresh_home


@pytest.fixture
def home() -> Iterator[Path]:
    """Give a home that does not exist yet."""
    with fresh_home() as folder:
        yield folder
