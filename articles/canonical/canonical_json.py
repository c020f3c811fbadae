"""One JSON text for one value (RFC 8785, JSON Canonicalization Scheme), and its SHA-256.

Two programs that hold the same value write the same bytes, so a partner in any language can check a digest.
Only I-JSON values (RFC 7493) are accepted: what another program could read differently is refused, with its path.
"""

import hashlib
import json
import math
import re
from collections.abc import Iterable, Iterator
from typing import Any

# RFC 7493, section 2.2: integers that every IEEE 754 double holds exactly.
_LARGEST_INTEGER = 2**53 - 1
# Far beyond any document of ours, and far below the depth at which Python gives up.
_DEEPEST = 200

_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile(r'[\x00-\x1f"\\]')
# Quotes a string with exactly these escapes, and is written in C where Python is.
_quoted = json.encoder.encode_basestring
_SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def dumps(value: Any) -> bytes:
    """The canonical JSON of a value as UTF-8. Raises ``TypeError`` or ``ValueError``, naming the place as ``$.key[0]``.

    Tuples are written as lists; keys are ordered by UTF-16 code units (RFC 8785, section 3.2.3).
    """
    try:
        return _quickly(value, 0).encode()
    except (TypeError, ValueError):
        # Written once more by the one that knows where it is: it says what is wrong.
        return "".join(_written(value, "$", 0)).encode()


def loads(data: bytes | str) -> Any:
    """The value of a JSON text (UTF-8 when bytes). Raises ``ValueError`` for what ``dumps`` could not have written:

    duplicate keys, NaN, infinities, integers that a double cannot hold, lone surrogates, bytes that are not UTF-8.
    """
    text = data.decode() if isinstance(data, bytes) else data
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_float,
            parse_constant=_constant,
        )
    except RecursionError:
        raise ValueError("the JSON text is nested too deeply") from None
    # Only an escape, or a text that was never bytes, can bring in half a character.
    if "\\u" in text or isinstance(data, str):
        dumps(value)
    return value


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON of a value: 64 lowercase hexadecimal digits."""
    return digest_of_bytes(dumps(value))


def digest_of_bytes(data: bytes) -> str:
    """SHA-256 of bytes: 64 lowercase hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def _quickly(value: Any, depth: int) -> str:
    """The same text as of `_written` for values of exactly JSON's types, in a fifth of the time; raises for all others.

    Most of what is written are short strings and small objects, so these go first.
    """
    if depth > _DEEPEST:
        raise ValueError(value)
    kind = type(value)
    if kind is str:
        return _quoted(value)
    if kind is dict:
        # Of ASCII alone, code points are in the order of UTF-16. What is no string cannot be joined.
        plain = "".join(value).isascii()
        names = sorted(value) if plain else sorted(value, key=_as_utf_16)
        return "{" + ",".join([f"{_quoted(name)}:{_quickly(value[name], depth + 1)}" for name in names]) + "}"
    if kind is list or kind is tuple:
        return "[" + ",".join([_quickly(one, depth + 1) for one in value]) + "]"
    if value is None:
        return "null"
    if kind is bool:
        return "true" if value else "false"
    if kind is int:
        return _whole(value, "")
    if kind is float:
        return _number(value, "")
    raise TypeError(kind)


def _as_utf_16(name: str) -> bytes:
    # Big-endian UTF-16 compares as bytes exactly as its code units do as numbers.
    return name.encode("utf-16-be")


def _written(value: Any, path: str, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        raise ValueError(f"{path}: nested more than {_DEEPEST} levels deep, or inside itself")
    if value is None:
        yield "null"
    elif isinstance(value, bool):
        yield "true" if value else "false"
    elif isinstance(value, str):
        yield _string(value, path)
    elif isinstance(value, int):
        yield _whole(value, path)
    elif isinstance(value, float):
        yield _number(value, path)
    elif isinstance(value, dict):
        yield from _members(value, path, depth)
    elif isinstance(value, list | tuple):
        yield "["
        for index, item in enumerate(value):
            if index:
                yield ","
            yield from _written(item, f"{path}[{index}]", depth + 1)
        yield "]"
    else:
        raise TypeError(f"{path}: {type(value).__name__} has no JSON form")


def _members(value: dict[Any, Any], path: str, depth: int) -> Iterator[str]:
    for key in value:
        if not isinstance(key, str):
            raise TypeError(f"{path}: the key {key!r} is not a string")
    names = {key: _string(key, path) for key in value}
    yield "{"
    for index, key in enumerate(sorted(names, key=_as_utf_16)):
        yield f"{',' if index else ''}{names[key]}:"
        yield from _written(value[key], f"{path}.{key}", depth + 1)
    yield "}"


def _string(value: str, path: str) -> str:
    if _SURROGATE.search(value):
        raise ValueError(f"{path}: a lone surrogate has no UTF-8 form")
    return '"' + _ESCAPED.sub(lambda match: _SHORT.get(match[0], f"\\u{ord(match[0]):04x}"), value) + '"'


def _whole(value: int, path: str) -> str:
    if abs(value) > _LARGEST_INTEGER:
        raise ValueError(f"{path}: the integer is beyond 2**53 - 1; write it as a string")
    return int.__repr__(value)


def _number(value: float, path: str) -> str:
    """ECMAScript's Number::toString: Python and ECMAScript agree on the shortest digits, not on their layout."""
    if not math.isfinite(value):
        raise ValueError(f"{path}: {value!r} has no JSON form")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = float.__repr__(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = fraction.rstrip("0")
    point = len(whole) + int(exponent or 0)
    digits = whole + fraction
    stripped = digits.lstrip("0")
    point -= len(digits) - len(stripped)
    return sign + _laid_out(stripped.rstrip("0"), point)


def _laid_out(digits: str, point: int) -> str:
    """``digits`` with the decimal point after the first ``point`` of them (ECMA-262, Number::toString, steps 6-12)."""
    if len(digits) <= point <= 21:
        return digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    exponent = f"e{point - 1:+d}"
    return digits + exponent if len(digits) == 1 else f"{digits[0]}.{digits[1:]}{exponent}"


def _object(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise ValueError(f"the key {key!r} stands twice in one object")
        result[key] = value
    return result


def _integer(digits: str) -> int | float:
    # The length goes first: turning a million digits into a number takes minutes.
    if len(digits) <= 17 and abs(int(digits)) <= _LARGEST_INTEGER:
        return int(digits)
    # ECMAScript writes doubles up to 1e21 without an exponent, and they look like integers.
    if len(digits) <= 22 and _number(float(digits), "$") == digits:
        return float(digits)
    raise ValueError("an integer beyond 2**53 - 1")


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"the number {digits} is too large")
    return number


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
