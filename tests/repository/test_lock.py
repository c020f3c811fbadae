"""What is installed is pinned, by version and by content, and is what pyproject.toml asks for."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version


@pytest.fixture(scope="module")
def project(repository: Path) -> dict:
    return tomllib.loads((repository / "pyproject.toml").read_text())


def pins(path: Path) -> dict[str, Version]:
    """Return name to pinned version of a lock file."""
    found = re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==([\w.!+]+)", path.read_text(), re.MULTILINE)
    return {canonicalize_name(name): Version(version) for name, version in found}


@pytest.mark.parametrize(("lock", "groups"), [("production", ()), ("development", ("dev",))])
def test_the_lock_satisfies_every_dependency(
    repository: Path, project: dict, lock: str, groups: tuple[str, ...]
) -> None:
    asked = [
        *project["project"]["dependencies"],
        *(one for group in groups for one in project["dependency-groups"][group]),
    ]
    pinned = pins(repository / "requirements" / f"{lock}.txt")
    requirements = [Requirement(one) for one in asked]
    unmet = [
        str(one)
        for one in requirements
        if (version := pinned.get(canonicalize_name(one.name))) is None or version not in one.specifier
    ]
    assert requirements
    assert unmet == [], "call make lock"


def test_both_locks_pin_the_same_versions(repository: Path) -> None:
    production, development = (
        pins(repository / "requirements" / f"{name}.txt") for name in ("production", "development")
    )
    assert {name: development.get(name) for name in production} == production


@pytest.mark.parametrize("lock", ["production", "development"])
def test_every_pin_has_hashes_and_no_line_an_address(repository: Path, lock: str) -> None:
    text = (repository / "requirements" / f"{lock}.txt").read_text()
    entries = re.split(r"^(?=[\w.-]+(?:\[[\w,-]+\])?==)", text, flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text


def test_every_dependency_says_what_it_is_for(repository: Path) -> None:
    declared = (repository / "pyproject.toml").read_text().split("[tool.")[0]
    listed = re.findall(r'^  "[a-z].*$', declared, re.MULTILINE)
    dependencies = [line for line in listed if re.match(r'  "[\w.-]+(\[\w+\])?([~=<>!].*)?",', line)]
    assert len(dependencies) > 20
    assert [line for line in dependencies if "#" not in line] == []
