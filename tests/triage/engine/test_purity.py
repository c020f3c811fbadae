"""The engine stays small, and knows neither Django nor the time nor a file."""

import ast
from pathlib import Path

import triage.engine

ROOM = Path(triage.engine.__file__).parent

# Deciding and explaining, with the protocol and its document.
ENGINE = ("protocol", "answers", "deciding", "explaining", "document")

OUTSIDE = {
    "asyncio", "builtins", "cramps_site", "ctypes", "django", "email", "http", "importlib", "io", "logging",
    "multiprocessing", "os", "pathlib", "pickle", "random", "requests", "secrets", "shutil", "socket", "sqlite3",
    "subprocess", "sys", "tempfile", "threading", "time", "urllib",
}  # fmt: skip
CALLS = {"open", "print", "input", "eval", "exec", "__import__"}
CLOCK = {"now", "today", "utcnow", "monotonic", "perf_counter"}


def test_the_engine_can_be_read_in_one_sitting():
    assert sum(len((ROOM / f"{name}.py").read_text().splitlines()) for name in ENGINE) < 500


def test_the_engine_has_no_clock_and_neither_reads_nor_writes():
    found = [
        (path.relative_to(ROOM).as_posix(), name)
        for path in sorted(ROOM.rglob("*.py"))
        for name in _outside(ast.parse(path.read_text()))
    ]
    assert found == []


def _outside(tree: ast.Module) -> list[str]:
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name.split(".")[0] for alias in node.names if alias.name.split(".")[0] in OUTSIDE]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in OUTSIDE:
            names.append(str(node.module))
        elif isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id in CALLS:
                names.append(called.id)
            elif isinstance(called, ast.Attribute) and called.attr in CLOCK:
                names.append(called.attr)
    return names
