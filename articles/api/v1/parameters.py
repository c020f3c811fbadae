"""The parameters of the interface: one table for reading them strictly, and for describing them to partners."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NoReturn
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext

from articles.answers.problems import type_url
from articles.api.v1.refusals import RefusedError
from articles.canonical.languages import LANGUAGES
from articles.partners.key_texts import holds_key, masked

# What keys are called elsewhere, without signs between letters.
_NAMES_OF_KEYS = {
    "accesskey", "accesstoken", "apikey", "apitoken", "appkey", "auth", "authkey", "authorisation", "authorization",
    "authtoken", "bearer", "bearertoken", "clientsecret", "credential", "credentials", "crampskey", "idtoken", "jwt",
    "key", "keys", "partnerkey", "pass", "password", "secret", "secretkey", "subscriptionkey", "token", "xapikey",
    "xauthtoken",
}  # fmt: skip
_NOT_LETTERS = re.compile("[^a-z]")

# So many say enough.
MOST_ERRORS = 50


class BadValueError(ValueError):
    """Raised by a parser; its sentence says what is allowed."""


@dataclass(frozen=True)
class Parameter:
    """`parse` turns the text into a value or raises BadValueError; `default` is None where there is none.

    One that is `repeatable` may be given so many times, and its value is a tuple of what was given, each once; `schema`
    is that of one of them. `missing` is the problem of one that is `required` and not there.
    """

    name: str
    parse: Callable[[str], Any]
    schema: Mapping[str, Any]
    description: str
    default: Any = None
    refusal: str = "invalid-parameter"
    required: bool = False
    missing: str = "missing-parameter"
    repeatable: int = 1

    @property
    def described(self) -> dict[str, Any]:
        """The schema of all that may be given."""
        if self.repeatable == 1:
            return dict(self.schema)
        least = {"minItems": 1} if self.required else {}
        return {"type": "array", "items": dict(self.schema), **least, "maxItems": self.repeatable}


def parsed_id(text: str) -> UUID | None:
    """Return the id if it is a UUID as we write them, in any case of letters."""
    try:
        parsed = UUID(text)
    except ValueError:
        return None
    return parsed if str(parsed) == text.lower() else None


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """Return a parser of whole numbers within bounds, written with ASCII digits only."""

    def parse(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most):
            raise BadValueError(
                gettext("Give a whole number from %(least)d to %(most)d.") % {"least": least, "most": most}
            )
        return int(text)

    return parse


def one_of(allowed: Sequence[str]) -> Callable[[str], str]:
    """Return a parser that takes one of the values."""

    def parse(text: str) -> str:
        if text not in allowed:
            raise BadValueError(gettext("Give one of: %(allowed)s.") % {"allowed": ", ".join(allowed)})
        return text

    return parse


def some_of(allowed: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """Return a parser of a list of names separated by commas."""

    def parse(text: str) -> tuple[str, ...]:
        names = text.split(",")
        unknown = [name for name in names if name not in allowed]
        if unknown:
            hint = _near(unknown[0], allowed)
            sentence = gettext("Give names of fields, separated by commas: %s.") % ", ".join(allowed)
            raise BadValueError(f"{hint} {sentence}".strip())
        return tuple(dict.fromkeys(names))

    return parse


def an_id(text: str) -> UUID:
    """Take an id as we write ids, in any case of letters."""
    found = parsed_id(text)
    if found is None:
        raise BadValueError(gettext("An id is a UUID of 36 characters, such as those in the list."))
    return found


def opaque(text: str) -> str:
    """Take any text: whoever gave it out checks it."""
    return text


LANG = Parameter(
    "lang",
    one_of(LANGUAGES),
    {"type": "string", "enum": list(LANGUAGES)},
    "Language of the answer. Without it the language is negotiated by `Accept-Language`, and `Content-Location` names"
    " the address of the answer that was chosen. Where an answer is not in one language, it chooses the language of"
    " problem documents only.",
)


def read(query: QueryDict, parameters: Iterable[Parameter]) -> dict[str, Any]:
    """Return the value of every parameter, its default where it is not given; refuse everything wrong at once."""
    known = {parameter.name: parameter for parameter in parameters}
    refuse_keys(query, known)
    errors = [_unknown(name, known) for name in query if name not in known]
    values: dict[str, Any] = {}
    for name, parameter in known.items():
        given = query.getlist(name)
        values[name], faults = _value(parameter, given) if given else _absent(parameter)
        errors += faults
    if errors:
        refuse(errors)
    return values


Errors = list[dict[str, str]]


def _absent(parameter: Parameter) -> tuple[Any, Errors]:
    missing = [_error(parameter.missing, parameter.name, gettext("It is missing."))] if parameter.required else []
    return parameter.default, missing


def _value(parameter: Parameter, given: Sequence[str]) -> tuple[Any, Errors]:
    """The value, and everything that is wrong with it."""
    name, most = parameter.name, parameter.repeatable
    if len(given) > most:
        detail = gettext("It is given %d times.") % len(given)
        if most == 1:
            return parameter.default, [_error("repeated-parameter", name, detail)]
        hint = gettext("Give at most %d in one request, and the others in the next one.") % most
        return parameter.default, [_error(parameter.refusal, name, detail, hint)]
    values, errors = [], []
    for text in given:
        try:
            values.append(parameter.parse(text))
        except BadValueError as fault:
            which = f"{shown(text)}: " if most > 1 else ""
            errors.append(_error(parameter.refusal, name, which + str(fault.args[0])))
    if errors or most == 1:
        return (parameter.default if errors else values[0]), errors
    return tuple(dict.fromkeys(values)), []


def refuse_keys(query: QueryDict, known: Collection[str] = ()) -> None:
    """Raise RefusedError where a parameter is called like a key, or anything holds what looks like one of ours.

    That comes before all else that may be wrong: the key is known to others by now, and somebody must be told.
    """
    found = [name for name, values in query.lists() if _is_called_key(name) or holds_key(" ".join([name, *values]))]
    if found:
        refuse([_key_in_address(name, is_known=name in known) for name in found[:MOST_ERRORS]])


def refuse(errors: Sequence[Mapping[str, str]]) -> NoReturn:
    """Raise RefusedError with every fault; the document's type is that of the first."""
    name = errors[0]["type"].rstrip("/").rpartition("/")[2]
    detail = " ".join(" ".join(part for part in (f"{e['parameter']}:", e["detail"], e["hint"]) if part) for e in errors)
    raise RefusedError(name, detail, errors=list(errors))


def _error(name: str, parameter: str, detail: str, hint: str = "") -> dict[str, str]:
    return {"parameter": shown(parameter), "type": type_url(name), "detail": detail, "hint": hint}


def _unknown(name: str, known: Mapping[str, Parameter]) -> dict[str, str]:
    hint = _near(name, list(known)) or gettext("Known here: %s.") % ", ".join(known)
    return _error("unknown-parameter", name, gettext("There is no such parameter here."), hint)


def _is_called_key(name: str) -> bool:
    return _NOT_LETTERS.sub("", name.lower()) in _NAMES_OF_KEYS


def _key_in_address(name: str, *, is_known: bool) -> dict[str, str]:
    return _error(
        "invalid-parameter" if is_known else "unknown-parameter",
        masked(name),
        gettext("A key never works in an address: only in the header “Authorization: Bearer …”."),
        gettext(
            "Addresses are kept in logs and histories. If this was a key, take it for known to others: have it revoked"
            " and use another."
        ),
    )


def _near(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name[:50].lower(), known, n=1, cutoff=0.6)
    return gettext("Did you mean “%s”?") % near[0] if near else ""


def shown(text: str) -> str:
    """Return text of a stranger fit to be shown: short, and without characters that do not print."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text[:80])
