"""Who may import whom: the contracts hold, they know every app, and each of them bites."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.architecture.tree import APPS, HOUSE, ROOT, Tree

CONTRACTS = ROOT / ".importlinter"
NOT_YET = ("mobility", "health", "disaster")

# contract, file, what is written there, what the report says of it
SINS = [
    ("Floors", "kernel/log/sin.py", "import cityos", "kernel.log.sin -> cityos"),
    ("Floors", "accounts/selectors/sin.py", "import wallet.errors", "accounts.selectors.sin -> wallet"),
    ("Floors", "wallet/engine/floor_sin.py", "import config.settings", "wallet.engine.floor_sin -> config.settings"),
    ("Floors", "mobility/services/sin.py", "import health.services", "mobility.services.sin -> health.services"),
    ("Floors", "health/services/sin.py", "import mobility.services", "health.services.sin -> mobility.services"),
    ("Disaster", "disaster/services/sin.py", "from wallet import services", "disaster.services.sin -> wallet.services"),
    ("Rooms", "wallet/utils.py", "", "wallet.utils"),
    ("Rooms", "wallet/models/sin.py", "import wallet.services", "wallet.models.sin -> wallet.services"),
    ("Rooms", "cityos/selectors/sin.py", "import cityos.services", "cityos.selectors.sin -> cityos.services"),
    ("Rooms", "cityos/engine/sin.py", "import cityos.models", "cityos.engine.sin -> cityos.models"),
    ("Rooms", "accounts/services/sin.py", "import accounts.api", "accounts.services.sin -> accounts.api"),
    ("Inside api", "cityos/api/serializers.py", "import cityos.api.views", "cityos.api.serializers -> cityos.api.views"),
    ("Inside api", "cityos/api/views.py", "import cityos.api.urls", "cityos.api.views -> cityos.api.urls"),
    ("Inside api", "cityos/api/urls.py", "", "cityos.api.views -> cityos.api.urls"),
    ("Kernel", "kernel/utils.py", "", "kernel.utils"),
    ("Kernel", "kernel/money.py", "from kernel.use_case import Act", "kernel.money -> kernel.use_case"),
    ("Protected", "wallet/services/log_sin.py", "from kernel.log import audit", "wallet.services.log_sin -> kernel.log.audit"),
    ("Front doors", "wallet/services/sin.py", "from accounts.models import User", "wallet.services.sin -> accounts.models"),
    ("Front doors", "wallet/selectors/sin.py", "import cityos.services.publishing", "-> cityos.services.publishing"),
    ("Front doors", "wallet/handlers.py", "import cityos.events", "wallet.handlers -> cityos.events"),
    ("Engines", "wallet/engine/django_sin.py", "from django.db import models", "wallet.engine.django_sin -> django"),
    ("Engines", "wallet/engine/clock_sin.py", "import time", "wallet.engine.clock_sin -> time"),
    ("Engines", "cityos/engine/disk_sin.py", "import pathlib", "cityos.engine.disk_sin -> pathlib"),
    ("Card company", "wallet/services/card_sin.py", "import stripe", "wallet.services.card_sin -> stripe"),
    ("Card company", "mobility/services/card_sin.py", "import stripe", "mobility.services.card_sin -> stripe"),
    ("Domain", "wallet/services/http_sin.py", "import rest_framework", "wallet.services.http_sin -> rest_framework"),
    ("Domain", "wallet/models/http_sin.py", "from kernel import web", "wallet.models.http_sin -> kernel.web"),
]  # fmt: skip


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter there, lines unbroken."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    wide = os.environ | {"COLUMNS": "400", "PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=wide, capture_output=True, text=True, check=False)


def rebuild(folder: Path) -> None:
    """Copy what the contracts look at."""
    for path in Tree().paths:
        if path.endswith(".py") and path.startswith(
            (*(f"{app}/" for app in HOUSE), "tests/__init__", "tests/architecture/")
        ):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, folder / path)
    shutil.copyfile(CONTRACTS, folder / CONTRACTS.name)


def plant(folder: Path, path: str, text: str) -> None:
    """Write a file, and the packages it stands in where they are missing."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    for package in list(file.parents)[: len(Path(path).parts) - 1]:
        (package / "__init__.py").touch()
    with file.open("a") as opened:
        opened.write(f"\n{text}\n")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Commit every sin in a copy of the house and return what is said of each broken contract."""
    folder = tmp_path_factory.mktemp("house")
    rebuild(folder)
    for _contract, path, text, _said in SINS:
        plant(folder, path, text)
    contracts = (folder / CONTRACTS.name).read_text()
    (folder / CONTRACTS.name).write_text(
        contracts.replace("    config\n", "".join(f"    {app}\n" for app in ("config", *NOT_YET)), 1)
    )
    done = lint(folder)
    assert done.returncode == 1, done.stdout + done.stderr
    _kept, _line, broken = done.stdout.partition("Broken contracts")
    parts = re.split(r"\n([A-Z][^\n]+)\n-{4,}\n", broken)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_house_keeps_its_contracts():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("contract", "path", "text", "said"), SINS, ids=[f"{sin[0]}: {sin[1]}" for sin in SINS])
def test_each_sin_is_caught_by_its_contract(report: dict[str, str], contract: str, path: str, text: str, said: str):
    told = [body for name, body in report.items() if name.startswith(contract)]
    assert told, f"{contract} was kept although {path} says {text!r}"
    assert said in told[0]


def test_the_contracts_know_every_app_that_stands():
    contracts = ConfigParser()
    contracts.read(CONTRACTS)
    stand = {path.partition("/")[0] for path in Tree().paths} & set(HOUSE)

    def listed(section: str, option: str) -> set[str]:
        return set(contracts[f"importlinter{section}"][option].split())

    assert listed("", "root_packages") == stand
    assert listed(":contract:rooms", "containers") == stand & set(APPS)
    assert listed(":contract:front-doors", "apps") == stand & set(APPS)


def test_every_package_at_the_top_is_part_of_the_house():
    packages = {
        path.partition("/")[0] for path in Tree().paths if path.count("/") == 1 and path.endswith("/__init__.py")
    }
    assert packages - {"tests", "bench"} <= set(HOUSE)


def test_mypy_reads_every_app_and_is_strict():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]
    stand = {path.partition("/")[0] for path in Tree().paths} & set(HOUSE)
    loosened = {option for override in told["overrides"] for option, value in override.items() if value is False}

    assert told["strict"] is True
    assert set(told["files"]) == stand
    assert loosened.isdisjoint(
        {"disallow_untyped_defs", "disallow_incomplete_defs", "check_untyped_defs", "strict_equality"}
    )
