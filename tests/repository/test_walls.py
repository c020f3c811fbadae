"""The walls between the rooms stand, and every room that a contract names exists."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def contracts(repository: Path) -> list[dict]:
    configuration = tomllib.loads((repository / "pyproject.toml").read_text())
    return configuration["tool"]["importlinter"]["contracts"]


def test_import_contracts_hold(repository: Path) -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=repository, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_every_room_that_a_contract_names_exists(repository: Path, contracts: list[dict]) -> None:
    named = {
        name
        for contract in contracts
        for key in ("source_modules", "forbidden_modules")
        for name in contract.get(key, [])
    }
    own = {name for name in named if name.split(".")[0] in {"articles", "triage"}}
    missing = [
        name
        for name in sorted(own)
        if not (path := repository / name.replace(".", "/")).is_dir() and not path.with_suffix(".py").is_file()
    ]
    assert own
    assert missing == []


def test_every_room_says_what_it_is_for(repository: Path) -> None:
    rooms = [
        path
        for app in ("articles", "triage")
        for path in (repository / app).glob("*/__init__.py")
        if path.parent.name not in {"management", "migrations"}
    ]
    assert rooms
    assert [str(path) for path in rooms if not path.read_text().startswith('"""')] == []


def test_readers_may_not_even_name_a_draft(contracts: list[dict]) -> None:
    wall = next(contract for contract in contracts if contract["id"] == "readers")
    assert set(wall["source_modules"]) >= {
        "articles.reader",
        "articles.api",
        "articles.answers",
        "articles.search",
        "articles.partners",
        "articles.editions",
    }
    assert set(wall["forbidden_modules"]) >= {"articles.content", "articles.editorial", "articles.publishing"}
    assert not wall.get("allow_indirect_imports")
    assert not wall.get("ignore_imports")


def test_only_the_guarded_client_asks_other_servers(repository: Path) -> None:
    clients = {"httpcore", "httpx", "requests", "urllib3", "aiohttp", "http.client", "urllib.request", "ftplib"}
    asking = set()
    for room in ("articles", "triage", "cramps_site"):
        for file in (repository / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and node.module:
                    names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
                if clients.intersection(names):
                    asking.add(str(file.relative_to(repository)))
    assert asking == {"articles/outgoing/client.py"}
