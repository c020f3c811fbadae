"""What a reader's form sent: read here and nowhere else, strictly, and never by Django.

What does not stand in `request.POST` stands in no report of an error either. Nothing is repaired: a field that is not
known, stands there twice or cannot be read refuses the whole form, for an answer that got lost could hide a symptom.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.http import HttpRequest, UnreadablePostError

# The largest form of the bundled protocol has some 3,000.
LARGEST_BYTES = 16 * 1024
_MOST_FIELDS = 60

_TYPE = "application/x-www-form-urlencoded"

# Each button, and the fields that its form has beside it.
_FIELDS: Mapping[str, frozenset[str]] = {
    "start": frozenset({"country"}),
    "next": frozenset({"state", "answer"}),
    "back": frozenset({"state"}),
    "change": frozenset({"state"}),
}
# What may stand there more than once.
_SEVERAL = frozenset({"answer"})


class MalformedFormError(ValueError):
    """Raised for what none of our forms can send. It says nothing of what was sent."""


@dataclass(frozen=True)
class Sent:
    """`action` is the button, `question` what it is to be done to (for `change`); `fields` is all of it as it came, for
    a form that has to be sent again."""

    action: str
    question: str
    state: str
    country: str
    answers: list[str]
    fields: Sequence[tuple[str, str]]


def read_form(request: HttpRequest) -> Sent:
    """Return what was sent; raise MalformedFormError for anything that is not exactly one of our forms."""
    # The forms are on our own pages, so a browser that says otherwise was led here with somebody else's answers.
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise MalformedFormError("sent from another site")
    if request.content_type != _TYPE:
        raise MalformedFormError("not a form")
    fields = _fields(_body(request))
    pressed = [value for name, value in fields if name == "do"]
    if len(pressed) != 1:
        raise MalformedFormError("not one button")
    action, _, question = pressed[0].partition(":")
    if action not in _FIELDS or bool(question) != (action == "change"):
        raise MalformedFormError("a button that we do not have")
    names = [name for name, _ in fields if name != "do"]
    if not _FIELDS[action].issuperset(names):
        raise MalformedFormError("a field that the form does not have")
    if any(names.count(name) > 1 for name in set(names) - _SEVERAL):
        raise MalformedFormError("a field twice")
    held = dict(fields)
    return Sent(
        action=action,
        question=question,
        state=held.get("state", ""),
        country=held.get("country", ""),
        answers=[value for name, value in fields if name == "answer"],
        fields=fields,
    )


def _body(request: HttpRequest) -> bytes:
    try:
        body = request.read(LARGEST_BYTES + 1)
    except UnreadablePostError as fault:
        raise MalformedFormError("cut off") from fault
    if len(body) > LARGEST_BYTES:
        raise MalformedFormError("too long")
    return body


def _fields(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:
        # Without the cause: its message repeats what was sent.
        raise MalformedFormError("not readable") from None
