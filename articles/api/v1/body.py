"""What was sent in a body: one JSON object, read strictly. What cannot be read is refused, never repaired."""

import json
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NoReturn
from urllib.parse import quote

from django.http import HttpRequest
from django.utils.translation import gettext

from articles.answers.problems import type_url
from articles.answers.received import CutOffError, TooLargeError, whole_body
from articles.api.v1.parameters import shown
from articles.api.v1.refusals import RefusedError

LARGEST_BYTES = 64 * 1024
# What is asked of anybody is three deep. Whatever is deeper is no such object, and reading it might never end.
DEEPEST = 8
# So many errors say enough.
MOST_ERRORS = 50

Fault = dict[str, str]


def fault(name: str, code: str, path: Sequence[str | int], detail: str, hint: str = "") -> Fault:
    """Return one thing that is wrong, with its place as a JSON pointer (RFC 6901) in a fragment."""
    steps = (shown(str(step)).replace("~", "~0").replace("/", "~1") for step in path)
    pointer = "#" + "".join(f"/{quote(step, safe='~')}" for step in steps)
    return {"pointer": pointer, "type": type_url(name), "code": code, "detail": detail, "hint": hint}


def refuse(faults: Sequence[Fault]) -> NoReturn:
    """Raise RefusedError with every fault; the document's type is that of the first."""
    name = faults[0]["type"].rstrip("/").rpartition("/")[2]
    told = [" ".join(part for part in (f"{one['pointer']}:", one["detail"], one["hint"]) if part) for one in faults]
    raise RefusedError(name, " ".join(told[:3]), errors=list(faults[:MOST_ERRORS]))


def near(name: str, known: Iterable[str]) -> str:
    """Return a hint: what may have been meant, or everything that there is."""
    names = list(known)
    found = get_close_matches(name[:50].lower(), names, n=1, cutoff=0.6)
    if found:
        return gettext("Did you mean “%s”?") % found[0]
    return gettext("Known here: %s.") % ", ".join(names)


def read(request: HttpRequest) -> dict[str, Any]:
    """Return the object that was sent; raise RefusedError for anything else."""
    text = _text(request)
    try:
        value = json.loads(text, object_pairs_hook=_pairs, parse_constant=_constant)
    except _UnreadableError as fault:
        raise RefusedError("malformed-body", str(fault)) from fault
    except RecursionError as fault:
        raise RefusedError("malformed-body", _too_deep()) from fault
    except ValueError as fault:
        # What it says of the place, and nothing of what stands there.
        at = f"{fault.lineno}:{fault.colno}" if isinstance(fault, json.JSONDecodeError) else "?"
        raise RefusedError("malformed-body", gettext("It is not JSON at line and column %s.") % at) from None
    if _depth(value) > DEEPEST:
        raise RefusedError("malformed-body", _too_deep())
    if not isinstance(value, dict):
        raise RefusedError("malformed-body", gettext("It is JSON, but no object."))
    return value


def unknown_members(body: Mapping[str, Any], known: Sequence[str]) -> list[Fault]:
    """Return a fault for every member of the object that is not among the known ones."""
    return [
        fault("unknown-member", "unknown-member", [name], gettext("There is no such member here."), near(name, known))
        for name in list(body)[:MOST_ERRORS]
        if name not in known
    ]


def invalid(name: str, is_there: bool, hint: str) -> Fault:
    """Return the fault of a member that is missing, or has a value that it cannot have."""
    detail = gettext("It has a value that it cannot have.") if is_there else gettext("It is missing.")
    return fault("invalid-member", "invalid" if is_there else "missing", [name], detail, hint)


class _UnreadableError(ValueError):
    """Raised while reading; its sentence says why."""


def _text(request: HttpRequest) -> str:
    media_type = request.META.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise RefusedError("unsupported-media-type")
    try:
        content = whole_body(request, largest=LARGEST_BYTES)
    except CutOffError as fault:
        raise RefusedError("malformed-request") from fault
    except TooLargeError as fault:
        raise RefusedError("body-too-large") from fault
    if not content:
        # Of a body that is sent in pieces, without its length, nothing arrives here.
        raise RefusedError("malformed-body", gettext("Nothing has arrived. Send the body with its Content-Length."))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise RefusedError("malformed-body", gettext("It is not UTF-8 at byte %d.") % fault.start) from None


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise _UnreadableError(gettext("One object gives the same name twice: one of the two would be lost."))
    return made


def _constant(name: str) -> NoReturn:
    raise _UnreadableError(gettext("%s is no JSON.") % name)


def _depth(value: object) -> int:
    """How many objects and lists lie within each other; counted no further than matters."""
    depth, level = 0, [value]
    while level and depth <= DEEPEST:
        inner = [one for one in level if isinstance(one, (dict, list))]
        level = [part for one in inner for part in (one.values() if isinstance(one, dict) else one)]
        depth += bool(inner)
    return depth


def _too_deep() -> str:
    return gettext("Its objects and lists lie more than %d deep within each other.") % DEEPEST
