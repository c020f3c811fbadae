"""What changed between two versions of a protocol, in sentences of the active language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.content.care import CareLevel
from triage.engine.comparing import Difference, Effect, Held
from triage.engine.protocol import LEVELS

HEADINGS: Mapping[Effect, Promise] = {
    "milder": _("Could make somebody wait longer"),
    "other": _("Could go either way"),
    "graver": _("Can only bring help sooner"),
    "sources": _("What it is based on"),
    "wording": _("Wording"),
}

_PARTS: Mapping[str, Promise] = {
    "protocol": pgettext_lazy("what changed", "Protocol"),
    "question": pgettext_lazy("what changed", "Question %(id)s"),
    "option": pgettext_lazy("what changed", "Question %(question)s, answer %(option)s"),
    "rule": pgettext_lazy("what changed", "Rule %(id)s"),
    "level": pgettext_lazy("what changed", "Level “%(level)s”"),
    "first_aid": pgettext_lazy("what changed", "First aid %(number)s at level “%(level)s”"),
}

_ORDERS: Mapping[str, Promise] = {
    "questions": _("Order of the questions: was “%(before)s”, now “%(after)s”."),
    "options": _("Order of the answers: was “%(before)s”, now “%(after)s”."),
    "rules": _("Order of the rules: was “%(before)s”, now “%(after)s”."),
    "levels": _("Order of the levels: was “%(before)s”, now “%(after)s”."),
    "first_aid": _("First aid stands in another order."),
}

_TEXTS: Mapping[str, Promise] = {
    "danger": _("When not to answer questions, %(language)s: was “%(before)s”, now “%(after)s”."),
    "text": _("Text %(language)s: was “%(before)s”, now “%(after)s”."),
    "title": _("Title %(language)s: was “%(before)s”, now “%(after)s”."),
    "exclusive_because": _("Why only one answer can be true, %(language)s: was “%(before)s”, now “%(after)s”."),
}

# By code alone where the words are the same for every part.
_SENTENCES: Mapping[tuple[str, str], Promise] = {
    ("question", "added"): _("New, with the answers “%(after)s”."),
    ("question", "removed"): _("Removed, with the answers “%(before)s”."),
    ("option", "added"): _("New: “%(after)s”."),
    ("option", "removed"): _("Removed; it was “%(before)s”."),
    ("rule", "added"): _("New: the answers “%(after)s” together lead to “%(rank)s”."),
    ("rule", "removed"): _("Removed; the answers “%(before)s” together led to “%(rank)s”."),
    ("level", "added"): _("The level is new."),
    ("level", "removed"): _("The level was removed."),
    ("first_aid", "added"): _("New; shown for any of the answers “%(after)s”."),
    ("first_aid", "removed"): _("Removed; it was shown for any of the answers “%(before)s”."),
    ("", "rank-lowered"): _("Less urgent: was “%(before)s”, now “%(after)s”."),
    ("", "rank-raised"): _("More urgent: was “%(before)s”, now “%(after)s”."),
    ("", "one-answer-only"): _("Only one answer may be chosen now; before, several could be."),
    ("", "several-answers"): _("Several answers may be chosen now; before, only one could be."),
    ("", "stands-alone"): _("It may no longer be chosen beside other answers."),
    ("", "stands-beside"): _("It may now be chosen beside other answers."),
    ("rule", "answers"): _("The answers that must all be given: was “%(before)s”, now “%(after)s”."),
    ("first_aid", "answers"): _("Shown for any of the answers: was “%(before)s”, now “%(after)s”."),
    ("", "sources"): _("Sources: was “%(before)s”, now “%(after)s”."),
    ("", "version"): _("Version: was %(before)s, now %(after)s."),
    ("", "last-day"): _("Holds until: was %(before)s, now %(after)s."),
    ("", "language-added"): _("There is a text %(language)s now."),
    ("", "language-removed"): _("There is no text %(language)s any more."),
}

_LANGUAGES: Mapping[str, Promise] = {
    "ru": pgettext_lazy("what changed", "in Russian"),
    "en": pgettext_lazy("what changed", "in English"),
}
_NOTHING = pgettext_lazy("what changed", "none")


def heading(effect: Effect) -> str:
    """Return what stands above the differences of one effect."""
    return str(HEADINGS[effect])


def sentence(difference: Difference, names: Mapping[str, str] | None = None) -> str:
    """Return what changed and how; `names` says how sources are called, by their ids."""
    level, _bracket, number = difference.id.partition("[")
    question, _dot, option = difference.id.partition(".")
    values = {
        "id": difference.id,
        "question": question,
        "option": option,
        "level": _rank(LEVELS.index(level)) if level in LEVELS else level,
        "number": str(int(number[:-1]) + 1) if number else "",
        "before": _shown(difference, difference.before, names or {}),
        "after": _shown(difference, difference.after, names or {}),
        "rank": "" if difference.rank is None else _rank(difference.rank),
        "language": str(_LANGUAGES[difference.language]) if difference.language else "",
    }
    return f"{_PARTS[difference.part] % values}. {_words(difference) % values}"


def _words(difference: Difference) -> Promise:
    if difference.code == "reordered":
        return _ORDERS[difference.inside]
    if difference.code == "words":
        return _TEXTS[difference.inside]
    own = _SENTENCES.get((difference.part, difference.code))
    return own or _SENTENCES["", difference.code]


def _shown(difference: Difference, held: Held, names: Mapping[str, str]) -> str:
    if isinstance(held, int):
        return _rank(held)
    if isinstance(held, tuple):
        return ", ".join(_name(difference, one, names) for one in held) or str(_NOTHING)
    return held or str(_NOTHING)


def _name(difference: Difference, one: str, names: Mapping[str, str]) -> str:
    if difference.code == "sources":
        return names.get(one, one)
    return _rank(LEVELS.index(one)) if difference.inside == "levels" and one in LEVELS else one


def _rank(rank: int) -> str:
    return str(CareLevel(LEVELS[rank]).label)
