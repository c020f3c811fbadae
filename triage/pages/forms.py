"""What a reader's form sent: read here and nowhere else, strictly.

Nothing is repaired: a field that is not known, stands there twice or cannot be read refuses the whole form, for an
answer that got lost could hide a symptom.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from articles.answers.forms import MalformedFormError, read_fields

# The largest form of the bundled protocol has some 3,000.
LARGEST_BYTES = 16 * 1024
_MOST_FIELDS = 60

# Each button, and the fields that its form has beside it.
_FIELDS: Mapping[str, frozenset[str]] = {
    "start": frozenset({"country"}),
    "next": frozenset({"state", "answer"}),
    "back": frozenset({"state"}),
    "change": frozenset({"state"}),
}
# What may stand there more than once.
_SEVERAL = frozenset({"answer"})


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
    fields = read_fields(request, largest=LARGEST_BYTES, most=_MOST_FIELDS)
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
