"""The checklist as tables: what each finding is called, how grave it is, and what only a person can answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Level = Literal["block", "warn", "task"]


@dataclass(frozen=True)
class Check:
    """`level` is `block` or `warn`; with `takes_reason` a named person may say why the words stand nevertheless."""

    level: Level
    words: Promise
    takes_reason: bool = False


CHECKS: Mapping[str, Check] = {
    # What a program can know.
    "citation-missing": Check("block", _("A text that gives medical advice cites at least one source.")),
    "box-heading": Check(
        "block",
        _(
            "The heading of the care box “%(name)s” must be an action that ends with “if”, such as"
            " “Call {emergency} now if”."
        ),
    ),
    "box-heading-lacks": Check(
        "block", _("The heading of the care box “%(name)s” must hold %(what)s: whom to call comes before everything.")
    ),
    "disclosure-missing": Check(
        "block", _("%(name)s takes part in the site and has not declared interests. Ask for a declaration.")
    ),
    "disclosure-old": Check(
        "block",
        _("%(name)s declared interests on %(day)s, more than 12 months ago. Ask for a new declaration."),
    ),
    "publication-unnamed": Check(
        "block", _("The quote “%(name)s” is from a publication elsewhere. Name the publication in its source.")
    ),
    "publication-undated": Check(
        "block", _("The quote “%(name)s” is from a publication elsewhere. Give the publication’s date in its source.")
    ),
    "placeholders-differ": Check(
        "block",
        _("The languages differ in what is filled in: only the original has %(lacks)s, only this text %(adds)s."),
    ),
    "phones-differ": Check(
        "block",
        _("The languages differ in telephone numbers: only the original has %(lacks)s, only this text %(adds)s."),
        takes_reason=True,
    ),
    "numbers-differ": Check(
        "block",
        _("The languages differ in figures: only the original has %(lacks)s, only this text %(adds)s."),
        takes_reason=True,
    ),
    # What a person has to look at.
    "relative-risk": Check(
        "warn", _("A relative risk without an absolute one. Say of how many people it happens to how many."), True
    ),
    "certainty": Check("warn", _("Surer than evidence can be. Say how sure it is, or why it is so sure."), True),
    "negation-differs": Check(
        "warn", _("Only one language denies or forbids something here. The original says: %(other)s"), True
    ),
    "hard-to-read": Check(
        "warn",
        _("The text is hard to read: %(score)s, and %(bound)s is the bound. Its longest sentence is marked."),
        takes_reason=True,
    ),
    "long-sentence": Check("warn", _("A sentence of %(words)s words. Make two of it."), True),
    "form-avoided": Check("warn", _("Our texts do not write this. The glossary has “%(better)s”%(reason)s."), True),
    "term-missing": Check(
        "warn", _("The original speaks of “%(term)s”. The translation has no “%(counterpart)s”."), True
    ),
}  # fmt: skip

# Kinds that give medical advice, with what a person answers by name before such a text goes out. Protocols are signed
# by two clinicians over every way through them, and have their own page.
TASKS: Mapping[str, Mapping[str, Promise]] = {
    "article": {
        "emergency-signs": _("Is every emergency sign of this topic covered, and does each say whom to call?"),
        "advice-sourced": _("Does every piece of advice say what its sources say, and no more?"),
        "whom-it-harms": _("Does it say for whom the advice is wrong: pregnancy, children, illness, other medicines?"),
        "limits-told": _("Does it say what is not known?"),
    },
    "faq": {
        "emergency-signs": _("Is every emergency sign of this topic covered, and does each say whom to call?"),
        "advice-sourced": _("Does every piece of advice say what its sources say, and no more?"),
        "answer-alone": _("Is the short answer safe for somebody who reads nothing else?"),
    },
}
