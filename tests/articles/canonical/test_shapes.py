"""No class is met for the first time by two threads at once: that ends the process."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from articles.canonical.shapes import learn, reader

# Counts what msgspec finds out about classes, after everything was imported and before anything was read.
_FINDING_OUT = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "cramps_site.settings.test"
import django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
from msgspec import _utils
import msgspec

asked = []
find_out = _utils._get_class_mro_and_typevar_mappings
_utils._get_class_mro_and_typevar_mappings = lambda shape: (asked.append(shape), find_out(shape))[1]


class Unknown(msgspec.Struct):
    number: int


msgspec.json.decode(b'{"number": 1}', type=Unknown)
assert asked == [Unknown], "it is not seen any more what msgspec finds out"
del asked[:]

from articles.editions.envelope import Envelope
from articles.editions.kinds import kinds
from articles.editions.parts import CareService, Source
from articles.editions.translations import TranslationState
from articles.publishing.frozen import Kept
from triage.engine.file import ProtocolFile
from triage.pages.progress import Progress

shapes = [kind.document for kind in kinds()]
assert len(shapes) > 6
for shape in (*shapes, Envelope, CareService, Source, TranslationState, Kept, ProtocolFile, Progress):
    try:
        msgspec.json.decode(b"{}", type=shape)
    except msgspec.ValidationError:
        pass
print([shape.__name__ for shape in asked])
"""


def test_whatever_a_request_reads_was_learnt_while_the_process_started(repository: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FINDING_OUT], cwd=repository, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr


class _Inner(msgspec.Struct):
    number: int


class _Outer(msgspec.Struct, forbid_unknown_fields=True):
    inner: list[_Inner]


def test_a_reader_reads_strictly() -> None:
    read = reader(_Outer)
    assert read('{"inner": [{"number": 1}]}') == read(b'{"inner": [{"number": 1}]}') == _Outer([_Inner(1)])
    for text in ('{"inner": [{"number": "1"}]}', '{"inner": [], "more": 1}', "{}"):
        with pytest.raises(msgspec.ValidationError):
            read(text)


def test_what_is_learnt_stays_what_it_was() -> None:
    assert learn(_Outer) is _Outer


def test_code_reads_only_classes_that_are_learnt_where_they_are_made(repository: Path) -> None:
    """Whatever names a class to read is a module's own line, or the document of a kind, learnt as it is registered."""
    trees = {
        path.relative_to(repository).as_posix(): ast.parse(path.read_text())
        for app in ("articles", "triage", "cramps_site")
        for path in (repository / app).rglob("*.py")
    }
    learnt = {name for tree in trees.values() for name in _learnt(tree)}
    found = {
        f"{place}: {ast.unparse(call)}"
        for place, tree in trees.items()
        for call, shape in _read(tree)
        if ast.unparse(shape) not in learnt and not _is_of_a_kind(place, shape)
    }
    assert "Envelope" in learnt
    assert "Progress" in learnt
    assert found == set()


def _learnt(tree: ast.Module) -> Iterator[str]:
    for line in tree.body:
        if isinstance(line, ast.ClassDef) and any(ast.unparse(one) == "learn" for one in line.decorator_list):
            yield line.name
        if isinstance(line, ast.Assign):
            for call in (one for one in ast.walk(line.value) if isinstance(one, ast.Call)):
                if ast.unparse(call.func) in ("reader", "msgspec.json.Decoder"):
                    yield ast.unparse(call.args[0])


def _read(tree: ast.Module) -> Iterator[tuple[ast.Call, ast.expr]]:
    """Each call that has a class read, with the class."""
    makers = {"msgspec.json.Decoder"} | {
        name.name
        for line in tree.body
        if isinstance(line, ast.ImportFrom) and line.module == "articles.canonical.shapes"
        for name in line.names
    }
    for call in (one for one in ast.walk(tree) if isinstance(one, ast.Call)):
        name = ast.unparse(call.func)
        named = [word.value for word in call.keywords if word.arg == "type"]
        if (name == "msgspec.json.decode" and (named or len(call.args) > 1)) or name == "msgspec.convert":
            yield call, (named or call.args[1:])[0]
        elif name in makers and call.args:
            yield call, call.args[0]


def _is_of_a_kind(place: str, shape: ast.expr) -> bool:
    words = ast.unparse(shape)
    handed_on = ("articles/editions/upgrades.py", "articles/canonical/shapes.py")
    return words.endswith(".document") or (place in handed_on and words == "shape")
