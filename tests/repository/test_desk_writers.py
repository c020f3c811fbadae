"""Every path that writes an object of the desk claims its version, so that no save is overwritten without a word.

The code is read, not run: each place in a room that sees the desk that saves, updates or deletes rows is either known
by name to write into another table, or stands in the table below. A new one that is neither fails here.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import models

from articles.content.desk_object import DeskObject
from articles.content.ordered_row import OrderedRow

ROOMS = [
    "articles/admin", "articles/content", "articles/editorial", "articles/publishing", "articles/management",
    "triage/admin", "triage/protocols", "triage/management", "cramps_site/management",
]  # fmt: skip
WRITES = {
    "save", "update", "delete", "bulk_create", "bulk_update", "create", "get_or_create", "update_or_create", "set",
    "add", "remove", "clear", "load",
}  # fmt: skip
ON_INSTANCES = {"save", "delete"}

# Where the desk is written, and what keeps one person from overwriting another there.
CLAIM, NEW, INSIDE, GONE = "claims a version", "makes something new", "is called by what claims", "deletes with guards"
DESK: dict[str, str] = {
    "articles/admin/desk/objects.py:save_model": CLAIM,
    "articles/editorial/revisions.py:claim_version": CLAIM,
    "articles/editorial/revisions.py:restore": CLAIM,
    "articles/publishing/transfer.py:_load": CLAIM,
    "articles/publishing/withdraw.py:withdraw_part": CLAIM,
    "articles/admin/translations/writing.py:save_part": CLAIM,
    "triage/protocols/ordering.py:put_in_order": CLAIM,
    "articles/publishing/transfer.py:_announce": NEW,
    "articles/publishing/duplicating.py:duplicate": NEW,
    "articles/content/loading.py:_fill": INSIDE,
    "articles/content/loading.py:_remove_others": INSIDE,
    # Erasing and bringing in a file take rows away; every version that was kept stays, or is erased on purpose.
    "articles/publishing/expunge.py:_erase_from_the_desk": GONE,
    "triage/protocols/transfer.py:import_file": GONE,
}
# Writes on variables whose table the code does not say at the place; none of them is one of the desk.
OTHERS = {
    "articles/content/picture_files.py:_encoded",
    "articles/editorial/confirmations.py:forget",
    "articles/admin/sign_in/factors.py:remove",
    "articles/admin/sign_in/sessions.py:end_all",
    "articles/publishing/ending.py:end",
    "articles/publishing/ending.py:keep",
    "articles/publishing/gist_following.py:_all_old",
    "articles/publishing/gist_following.py:_make_some",
    "articles/publishing/gist_following.py:_trace_some",
    "articles/publishing/scheduling.py:_await",
    "articles/publishing/scheduling.py:_kept",
    "articles/publishing/scheduling.py:cancel",
    "articles/publishing/scheduling.py:forget_item",
    "articles/publishing/scheduling.py:move",
}


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node


def _own_nodes(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """What stands in a function, without what stands in functions within."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)


def _root(node: ast.AST) -> str:
    """The name that a chain of attributes and calls begins with, such as `Revision` of `Revision.objects.filter()`."""
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _made_of(function: ast.FunctionDef) -> dict[str, str]:
    """Which local names are made of which, one step back: `row` of `row = Revision(…)` or `for row in Revision.…`."""
    found = {}
    for argument in [*function.args.args, *function.args.kwonlyargs]:
        if argument.annotation is not None:
            found[argument.arg] = _root(argument.annotation)
    for node in _own_nodes(function):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = _root(node.value)
        elif isinstance(node, ast.For) and isinstance(node.target, ast.Name):
            found[node.target.id] = _root(node.iter)
    return found


def writing_places(root: Path) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Functions that write rows of the desk, or of a table that the code does not name there."""
    for room in ROOMS:
        for file in sorted((root / room).rglob("*.py")):
            name = file.relative_to(root).as_posix()
            module = importlib.import_module(name.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
            for function in _functions(ast.parse(file.read_text())):
                made = _made_of(function)
                for node in _own_nodes(function):
                    if (
                        isinstance(node, ast.Call)
                        and isinstance(node.func, ast.Attribute)
                        and _writes(node, module, made)
                    ):
                        yield f"{name}:{function.name}", function
                        break


def _writes(call: ast.Call, module: object, made: dict[str, str]) -> bool:
    verb, root = call.func.attr, _root(call.func.value)  # type: ignore[attr-defined]
    if verb not in WRITES:
        return False
    named = [getattr(module, name, None) for name in (root, made.get(root, ""))]
    table = next((one for one in named if isinstance(one, type) and issubclass(one, models.Model)), None)
    if table is not None:
        return issubclass(table, DeskObject | OrderedRow)
    if verb == "load":
        return root == "loading"
    through_manager = any(
        isinstance(one, ast.Attribute) and one.attr in ("objects", "_default_manager") for one in ast.walk(call.func)
    )
    # `update` and `add` of sets and dictionaries are nobody's rows.
    return through_manager or (verb in ON_INSTANCES and root not in ("default_storage", "super"))


@pytest.fixture(scope="module")
def places() -> dict[str, ast.FunctionDef]:
    return dict(writing_places(Path(__file__).resolve().parents[2]))


def test_every_place_that_writes_rows_is_known(places: dict[str, ast.FunctionDef]) -> None:
    unknown = sorted(places.keys() - DESK.keys() - OTHERS)
    assert unknown == [], "say here what keeps these from overwriting somebody's save, or that they write elsewhere"


def test_no_place_is_known_that_is_not_there(places: dict[str, ast.FunctionDef]) -> None:
    assert sorted((DESK.keys() | OTHERS) - places.keys()) == []


def test_what_is_said_to_claim_a_version_does(places: dict[str, ast.FunctionDef]) -> None:
    for name, how in DESK.items():
        if how == CLAIM and not name.endswith(":claim_version"):
            called = {_root(node.func) for node in ast.walk(places[name]) if isinstance(node, ast.Call)}
            assert "claim_version" in called, name
            assert "keep" in called or name.endswith(":save_model"), name
