"""Lengths in forms and lists: words, characters and minutes in each language, as the page shows them at first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from js_asset import Script

from articles.canonical.languages import LANGUAGES, Language
from articles.content.blocks import Block
from articles.content.measures import WORDS_A_MINUTE, Measure, Measures, own_measures, shared_measures, whole
from articles.content.texts import Text


@dataclass(frozen=True)
class Line:
    """One language: what is typed in this form, and what is shown of objects that have forms of their own."""

    language: Language
    own: Measure
    shared: Measure

    @property
    def both(self) -> Measure:
        return self.own + self.shared

    @property
    def words(self) -> str:
        return _number(self.both.words)

    @property
    def characters(self) -> str:
        return _number(self.both.characters)

    @property
    def minutes(self) -> int:
        return self.both.minutes(self.language)

    @property
    def words_a_minute(self) -> int:
        """What the script divides by."""
        return WORDS_A_MINUTE[self.language]


@dataclass(frozen=True)
class Counted:
    lines: Sequence[Line]


# A block before anything is typed.
EMPTY = Counted([Line(language, Measure(), Measure()) for language in LANGUAGES])


def counted_block(block: Block) -> Counted:
    """Return the length of a block, also of one that is not saved yet."""
    return _counted(own_measures(block), shared_measures(block))


def counted_text(model: type[Text], text: Text | None, placed: Sequence[Block]) -> Counted:
    """Return the length of title, summary and blocks together."""
    return _counted(
        whole([own_measures(text or model()), *(own_measures(block) for block in placed)]),
        whole(shared_measures(block) for block in placed),
    )


class Measured(admin.ModelAdmin):
    """Mixed into the admin of texts: a list column, and the script that counts while somebody types."""

    class Media:
        js = ["articles/admin/tools/duplicating.js", Script("articles/admin/tools/counting.js", type="module")]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        columns = list(super().get_list_display(request))
        # After what names a text, before its states.
        columns.insert(columns.index("state_ru"), "length")
        return columns

    @admin.display(description=_("words"))
    def length(self, obj: Any) -> SafeString:
        words = ((language.upper(), _number(obj.desk_gists[language].words)) for language in LANGUAGES)
        return format_html_join(" · ", '<span class="desk-number">{} {}</span>', words)


def _counted(own: Measures, shared: Measures) -> Counted:
    return Counted([Line(language, own[language], shared[language]) for language in LANGUAGES])


def _number(value: int) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)
