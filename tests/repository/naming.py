"""Whether what a page of the documentation names, a place in the code or a test, is there."""

import ast
from functools import cache
from pathlib import Path


def is_there(repository: Path, named: str) -> bool:
    """Whether `path` or `path::name` exists; a name is a function, a class, or a member of a class."""
    path, _, name = named.partition("::")
    if not (repository / path).is_file():
        return False
    return not name or name in _defined(repository / path)


@cache
def _defined(path: Path) -> frozenset[str]:
    found: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{one.name}" for one in node.body if isinstance(one, ast.FunctionDef)}
    return frozenset(found)


def proves(repository: Path, named: str) -> bool:
    """Whether pytest would run what is named: a test in a test file, or a whole file of them."""
    path, _, name = named.partition("::")
    own = name.rpartition(".")[2]
    is_test = path.startswith("tests/") and Path(path).name.startswith("test_")
    return is_test and (not name or own.startswith("test_")) and is_there(repository, named)
