"""The locks pin everything by hash, name no address, and agree with each other and with what is asked for."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[a-z,-]+\])?==([^\s;\\]+)", re.MULTILINE)


def canonical(name: str) -> str:
    """Return a package's name as PEP 503 writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: str) -> dict[str, str]:
    """Return each package's version."""
    return {canonical(name): version for name, version in PIN.findall((ROOT / lock).read_text())}


def asked_for(section: list[str]) -> set[str]:
    """Return the names of requirements."""
    return {canonical(re.split(r"[\[~=<>!;\s]", requirement, maxsplit=1)[0]) for requirement in section}


@pytest.fixture(scope="module")
def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_with_hashes(lock: str):
    entries = re.split(
        r"\n(?=[A-Za-z0-9])", re.sub(r"^#.*\n", "", (ROOT / lock).read_text(), flags=re.MULTILINE).strip()
    )
    assert len(entries) == len(pins(lock)) > 40
    assert [entry for entry in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}", entry)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_an_address(lock: str):
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert re.search(r"^\s*(-i |--index|--extra-index|--find-links)", text, re.MULTILINE) is None


def test_the_runtime_lock_holds_all_that_is_asked_for_and_no_extra(project: dict):
    locked = pins("requirements.lock")
    assert asked_for(project["project"]["dependencies"]) <= set(locked)
    extras = project["project"]["optional-dependencies"].values()
    assert asked_for([name for extra in extras for name in extra]).isdisjoint(locked)


def test_developers_have_exactly_what_the_city_runs_on_and_their_tools(project: dict):
    runtime, development = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: development.get(name) for name in runtime} == runtime
    assert asked_for(project["dependency-groups"]["dev"]) <= set(development)


def test_the_phone_apps_libraries_are_pinned_with_hashes_and_without_addresses():
    packages = json.loads((ROOT / "static/package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    fetched = {name: package for name, package in packages.items() if name and not package.get("link")}
    assert len(fetched) > 20
    assert [name for name, package in fetched.items() if not package.get("integrity", "").startswith("sha512-")] == []
