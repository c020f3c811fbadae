"""The shape of a JSON file, checked against a class: every wrong type, unknown field and repeated key at once.

msgspec stops at the first fault, and JSON itself keeps the last of two equal keys without a word.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NoReturn

import msgspec
from msgspec import inspect

from articles.canonical.text import shown
from triage.engine.file_problems import FileProblem, FileRefusedError

_SHOWN = 60
# The one way to write an id, so a file that is read and written again stays the same.
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MARK = b"\xef\xbb\xbf"
_NAMES = {dict: "object", list: "list", str: "text", bool: "true or false", int: "whole number", float: "number"}


class _Object(dict[str, Any]):
    """A JSON object that remembers which keys it was given twice."""

    repeated: list[str]


def parsed(content: bytes) -> object:
    """Return the JSON value; raise FileRefusedError for what is no JSON text in UTF-8."""
    if content.startswith(_MARK):
        raise FileRefusedError([FileProblem("byte-order-mark", "$", "")])
    try:
        return json.loads(
            content.decode(), object_pairs_hook=_object, parse_constant=_constant, parse_int=_number, parse_float=float
        )
    except UnicodeDecodeError as fault:
        raise FileRefusedError(
            [FileProblem("not-utf-8", "$", f"0x{content[fault.start]:02x} @ {fault.start}")]
        ) from fault
    except RecursionError as fault:
        raise FileRefusedError([FileProblem("nested-too-deeply", "$", "")]) from fault
    except ValueError as fault:
        raise FileRefusedError([FileProblem("not-json", "$", shown(str(fault), _SHOWN))]) from fault


def shape_problems(value: object, model: type[msgspec.Struct]) -> Iterator[FileProblem]:
    """Yield everything in which a JSON value differs from the shape of a class, in the order of the value."""
    return _checked(value, inspect.type_info(model), "$")


def _checked(value: object, shape: inspect.Type, place: str) -> Iterator[FileProblem]:
    expected = ""
    if isinstance(shape, inspect.Metadata):
        expected = ", ".join((shape.extra_json_schema or {}).get("examples", []))
        shape = shape.type
    if isinstance(shape, inspect.StructType):
        yield from _checked_object(value, shape, place)
    elif isinstance(shape, inspect.DictType):
        yield from _checked_table(value, shape, place)
    elif isinstance(shape, inspect.ListType):
        yield from _checked_list(value, shape, place)
    else:
        yield from _checked_leaf(value, shape, place, expected)


def _checked_object(value: object, shape: inspect.StructType, place: str) -> Iterator[FileProblem]:
    if not isinstance(value, _Object):
        yield _wrong_type(value, dict, place)
        return
    yield from _repeated(value, place)
    fields = {field.encode_name: field for field in shape.fields}
    for name in value:
        if name not in fields:
            yield FileProblem("unknown-field", f"{place}.{shown(name, _SHOWN)}", shown(name, _SHOWN), ", ".join(fields))
    for name, field in fields.items():
        if name in value:
            yield from _checked(value[name], field.type, f"{place}.{name}")
        elif field.required:
            yield FileProblem("missing-field", f"{place}.{name}", "")


def _checked_table(value: object, shape: inspect.DictType, place: str) -> Iterator[FileProblem]:
    if not isinstance(value, _Object):
        yield _wrong_type(value, dict, place)
        return
    yield from _repeated(value, place)
    if shape.max_length is not None and len(value) > shape.max_length:
        yield FileProblem("too-many", place, str(len(value)), str(shape.max_length))
        return
    for key, one in value.items():
        yield from _checked(key, shape.key_type, f"{place}[{shown(key, _SHOWN)}]")
        yield from _checked(one, shape.value_type, f"{place}[{shown(key, _SHOWN)}]")


def _checked_list(value: object, shape: inspect.ListType, place: str) -> Iterator[FileProblem]:
    if type(value) is not list:
        yield _wrong_type(value, list, place)
    elif shape.max_length is not None and len(value) > shape.max_length:
        yield FileProblem("too-many", place, str(len(value)), str(shape.max_length))
    else:
        for number, one in enumerate(value):
            yield from _checked(one, shape.item_type, f"{place}[{number}]")


def _checked_leaf(value: object, shape: inspect.Type, place: str, expected: str) -> Iterator[FileProblem]:
    got = _shown(value)
    if isinstance(shape, inspect.BoolType):
        if type(value) is not bool:
            yield _wrong_type(value, bool, place)
    elif isinstance(shape, inspect.IntType):
        if type(value) is not int:
            yield _wrong_type(value, int, place)
        elif not (shape.ge is None or value >= shape.ge) or not (shape.le is None or value <= shape.le):
            yield FileProblem("out-of-range", place, got, f"{shape.ge}–{shape.le}")
    elif type(value) is not str:
        yield _wrong_type(value, str, place)
    elif isinstance(shape, inspect.LiteralType):
        if value not in shape.values:
            yield FileProblem("not-one-of", place, got, ", ".join(map(str, shape.values)))
    elif isinstance(shape, inspect.UUIDType):
        if not _UUID.fullmatch(value):
            yield FileProblem("wrong-form", place, got, "16bc0d4b-c3bc-5b4f-8cdd-cfe19ef9a543")
    elif isinstance(shape, inspect.StrType):
        if shape.max_length is not None and len(value) > shape.max_length:
            yield FileProblem("too-long", place, got, str(shape.max_length))
        elif shape.pattern and not re.search(shape.pattern, value):
            yield FileProblem("wrong-form", place, got, expected)
    else:
        raise TypeError(f"{place}: no check for {type(shape).__name__}")


def _repeated(value: _Object, place: str) -> Iterator[FileProblem]:
    for key in value.repeated:
        yield FileProblem("repeated-key", f"{place}.{shown(key, _SHOWN)}", shown(key, _SHOWN))


def _wrong_type(value: object, expected: type, place: str) -> FileProblem:
    return FileProblem("wrong-type", place, _shown(value), _NAMES[expected])


def _shown(value: object) -> str:
    if isinstance(value, str):
        return shown(value, _SHOWN)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float) else _NAMES[list if isinstance(value, list) else dict]


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    found = _Object(pairs)
    found.repeated = []
    if len(found) < len(pairs):
        counted = Counter(key for key, _ in pairs)
        found.repeated = [key for key, times in counted.items() if times > 1]
    return found


def _number(digits: str) -> int | float:
    # Python takes minutes for a whole number of a million digits; no field of ours holds one of twenty.
    return int(digits) if len(digits) < 20 else float(digits)


def _constant(name: str) -> NoReturn:
    raise ValueError(name)
