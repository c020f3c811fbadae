"""Kinds and languages as boxes to tick, and in words; none ticked means all of them."""

from collections.abc import Collection

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.press.words import LANGUAGE_NAMES
from articles.canonical.languages import LANGUAGES
from articles.editions.kinds import kinds
from articles.editions.wording import KINDS
from articles.partners.scopes import Scoped


def kinds_field() -> forms.MultipleChoiceField:
    """Return the boxes of all kinds."""
    return forms.MultipleChoiceField(
        label=_("Which texts"),
        choices=[(one.name, KINDS[one.name]) for one in kinds()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked means all, those that come later too."),
    )


def languages_field() -> forms.MultipleChoiceField:
    """Return the boxes of both languages."""
    return forms.MultipleChoiceField(
        label=_("In which languages"),
        choices=[(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked means both."),
    )


def in_words(row: Scoped) -> str:
    """Return what a row is about, such as “Articles, Terms · English”."""
    return f"{kinds_in_words(row.kinds)} · {languages_in_words(row.languages)}"


def kinds_in_words(named: Collection[str]) -> str:
    """Return the names of kinds, or that it is all of them."""
    return ", ".join(str(KINDS.get(one, one)) for one in named) or gettext("texts of all kinds")


def languages_in_words(named: Collection[str]) -> str:
    """Return the names of languages, or that it is both."""
    return ", ".join(str(LANGUAGE_NAMES[code]) for code in LANGUAGES if code in named) or gettext("both languages")
