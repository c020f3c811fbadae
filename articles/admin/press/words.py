"""Words of the press as editors read them: tables from codes to names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.canonical.languages import Language
from articles.editions.envelope import ChangeClass

LANGUAGE_NAMES: Mapping[Language, Promise] = {"ru": _("Russian"), "en": _("English")}

# The answers to one question: would somebody act differently, or be harmed, by the old text?
CLASS_ANSWERS: Mapping[ChangeClass, tuple[Promise, Promise]] = {
    "safety": (_("Yes, it could harm somebody"), _("safety: partners are told to replace the text at once")),
    "advice": (_("Yes, one would act differently"), _("changed advice")),
    "correction": (_("No, but a statement was wrong"), _("correction")),
    "update": (_("No, something was added or brought up to date"), _("update")),
    "wording": (_("No, only the wording is different"), _("wording")),
}

PART_NAMES: Mapping[str, Promise] = {
    "title": _("Title"),
    "slug": _("Address of the page"),
    "summary": _("Summary"),
    "sources": _("List of sources"),
    "heading": _("Section heading"),
    "text": _("Text"),
    "quote": _("Quote"),
    "head": _("Title and summary"),
    "synonyms": _("Other words for it"),
    "codes": _("ICD-10 codes"),
    "person": _("The person"),
    "topics": _("Topics"),
    "conditions": _("Conditions"),
    "key_points": _("Key points"),
    "steps": _("Steps"),
    "note": _("Note"),
    "table": _("Table"),
    "figure": _("Picture"),
    "care_box": _("Care box"),
    "evidence_table": _("Evidence table"),
    "accounts": pgettext_lazy("block of a text", "Accounts side by side"),
    "related": _("Related questions"),
}

CHANGE_NAMES: Mapping[str, Promise] = {
    "added": _("added"),
    "removed": _("removed"),
    "changed": _("changed"),
    "moved": _("moved"),
}


@dataclass(frozen=True)
class Answer:
    """One answer to the question that decides the class of a change."""

    value: ChangeClass
    answer: Promise
    meaning: Promise


def answers(without: Iterable[ChangeClass] = ()) -> list[Answer]:
    """Return the answers, gravest first."""
    return [Answer(value, *words) for value, words in CLASS_ANSWERS.items() if value not in set(without)]


def title_of(titles: Mapping[str, str]) -> str:
    """Return the title in the interface language, where there is none in the other; empty if it was erased."""
    wanted = (get_language() or "ru").split("-")[0]
    return titles.get(wanted) or next((title for title in titles.values() if title), "")
