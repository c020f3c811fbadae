"""Blocks: what a text is made of, in order. Both languages live in one row, so they are compared block by block."""

from collections.abc import Collection, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.canonical.html_reading import read_html
from articles.canonical.languages import Language
from articles.canonical.plain_writing import plain_text
from articles.canonical.tree import Body
from articles.content.accounts import Accounts
from articles.content.care import CareBox
from articles.content.evidence import EvidenceTable
from articles.content.fields import LineField, RichTextField, TableField
from articles.content.ordered_row import OrderedRow
from articles.content.pictures import Picture
from articles.content.quotes import Quote
from articles.content.shown_at_once import along, rows_in_order
from articles.content.texts import FaqEntry, Text

# A note that stands by itself, not one that explains something else.
_NOTE = pgettext_lazy("block of a text", "note")


class Block(OrderedRow):
    """`rich` names the columns with rich text, `shared` the key to an object that the block places, `ways` lead to all
    that it shows beside its own row.

    `always_required` blocks may never be left out, by no translation and no partner.
    """

    internal: ClassVar[frozenset[str]] = frozenset({"region", "ordering"})
    rich: ClassVar[Sequence[str]] = ()
    shared: ClassVar[str] = ""
    ways: ClassVar[Sequence[str]] = ()
    always_required: ClassVar[bool] = False

    parent = models.ForeignKey(Text, models.CASCADE, related_name="%(class)s_set")
    region = models.CharField(max_length=20, default="main")
    essential = models.BooleanField(
        _("essential"),
        default=False,
        help_text=_("Neither a translation nor a partner may leave it out."),
    )

    class Meta(OrderedRow.Meta):
        abstract = True

    @classmethod
    def get_queryset(cls) -> models.QuerySet["Block"]:
        """The blocks with what they show, in a fixed number of queries: what content-editor asks a block for."""
        return along(cls, cls.ways)

    @property
    def is_required(self) -> bool:
        """Whether a translation or a partner may not leave the block out."""
        return self.essential or self.always_required

    def has_words(self, language: Language) -> bool:
        """Whether readers of this language would see the block."""
        return bool(getattr(self, f"text_{language}"))

    def body(self, column: str, language: Language) -> Body:
        """Return one of the `rich` columns as a tree."""
        return read_html(getattr(self, f"{column}_{language}") or "")[0]

    def name_in(self, language: str) -> str:
        """Return what the block says, as one line of plain text."""
        return plain_text(read_html(getattr(self, f"text_{language}") or "")[0])


class HeadingBlock(Block):
    kind = "heading"

    text = LineField(_("section heading"), max_length=200, blank=True)

    class Meta(Block.Meta):
        verbose_name = _("section heading")
        verbose_name_plural = _("section headings")

    def name_in(self, language: str) -> str:
        return getattr(self, f"text_{language}")


class TextBlock(Block):
    kind = "text"
    rich = ("text",)

    text = RichTextField(_("text"), blank=True)

    class Meta(Block.Meta):
        verbose_name = _("text")
        verbose_name_plural = _("texts")


class KeyPointsBlock(Block):
    kind = "key_points"
    rich = ("text",)

    text = RichTextField(_("key points"), blank=True, help_text=_("A list of two to five points."))

    class Meta(Block.Meta):
        verbose_name = _("key points")
        verbose_name_plural = _("key points")


class StepsBlock(Block):
    kind = "steps"
    rich = ("text",)

    title = LineField(_("title"), max_length=200, blank=True)
    text = RichTextField(_("steps"), blank=True, help_text=_("A numbered list: one step in each item."))

    class Meta(Block.Meta):
        verbose_name = _("steps")
        verbose_name_plural = _("steps")


class NoteBlock(Block):
    kind = "note"
    rich = ("text",)

    title = LineField(_("title"), max_length=200, blank=True)
    text = RichTextField(_NOTE, blank=True, help_text=_("What must not be missed. One or two in a text, no more."))

    class Meta(Block.Meta):
        verbose_name = _NOTE
        verbose_name_plural = _("notes")


class TableBlock(Block):
    kind = "table"
    rich = ("note",)

    caption = LineField(_("caption"), max_length=200, blank=True)
    cells = TableField(
        _("table"), blank=True, help_text=_("A row on each line, cells separated by “|”; the first row is the heading.")
    )
    note = RichTextField(_("note under the table"), blank=True, help_text=_("Sources are cited here."))

    class Meta(Block.Meta):
        verbose_name = _("table")
        verbose_name_plural = _("tables")

    def has_words(self, language: Language) -> bool:
        return bool(getattr(self, f"cells_{language}"))

    def name_in(self, language: str) -> str:
        cells = getattr(self, f"cells_{language}") or ""
        return getattr(self, f"caption_{language}") or cells.split("\n")[0]


class _Placing(Block):
    """Places an object that has a form of its own and may stand in many texts."""

    class Meta(Block.Meta):
        abstract = True

    @property
    def placed(self) -> models.Model:
        return getattr(self, self.shared)

    def has_words(self, language: Language) -> bool:
        return self.placed.has_words(language)  # type: ignore[attr-defined]

    def name_in(self, language: str) -> str:
        return self.placed.name_in(language)  # type: ignore[attr-defined]


class QuoteBlock(_Placing):
    kind = "quote"
    shared = "quote"
    ways = ("quote__expert__organisation", "quote__source", "quote__verdict_sources")

    quote = models.ForeignKey(Quote, models.PROTECT, verbose_name=_("quote"), related_name="placements")

    class Meta(Block.Meta):
        verbose_name = _("quote")
        verbose_name_plural = _("quotes in texts")


class FigureBlock(_Placing):
    kind = "figure"
    shared = "picture"
    ways = ("picture",)

    picture = models.ForeignKey(Picture, models.PROTECT, verbose_name=_("picture"), related_name="placements")

    class Meta(Block.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures in texts")


class CareBoxBlock(_Placing):
    kind = "care_box"
    shared = "care_box"
    ways = ("care_box__services", "care_box__sources")
    always_required = True

    care_box = models.ForeignKey(CareBox, models.PROTECT, verbose_name=_("care box"), related_name="placements")

    class Meta(Block.Meta):
        verbose_name = _("care box")
        verbose_name_plural = _("care boxes in texts")


class EvidenceTableBlock(_Placing):
    kind = "evidence_table"
    shared = "evidence_table"
    ways = ("evidence_table__rows__sources",)
    always_required = True

    evidence_table = models.ForeignKey(
        EvidenceTable, models.PROTECT, verbose_name=_("evidence table"), related_name="placements"
    )

    class Meta(Block.Meta):
        verbose_name = _("evidence table")
        verbose_name_plural = _("evidence tables in texts")


class AccountsBlock(_Placing):
    kind = "accounts"
    shared = "accounts"
    ways = (
        "accounts__sources",
        "accounts__entries__quote__expert__organisation",
        "accounts__entries__quote__source",
        "accounts__entries__quote__verdict_sources",
    )
    always_required = True

    accounts = models.ForeignKey(
        Accounts, models.PROTECT, verbose_name=_("accounts side by side"), related_name="placements"
    )

    class Meta(Block.Meta):
        verbose_name = _("accounts side by side")
        verbose_name_plural = _("accounts side by side in texts")


class RelatedBlock(Block):
    kind = "related"
    ways = ("questions",)

    title = LineField(_("title"), max_length=200, blank=True, help_text=_("Empty: “Related questions”."))
    questions = models.ManyToManyField(FaqEntry, verbose_name=_("questions"), blank=True, related_name="related_from")

    class Meta(Block.Meta):
        verbose_name = _("related questions")
        verbose_name_plural = _("related questions")

    def has_words(self, language: Language) -> bool:
        return any(getattr(one, f"title_{language}") for one in self.questions.all())

    def name_in(self, language: str) -> str:
        names = [getattr(one, f"title_{language}") for one in self.questions.all()]
        return getattr(self, f"title_{language}") or " · ".join(name for name in names if name)


BLOCKS: tuple[type[Block], ...] = (
    HeadingBlock, TextBlock, KeyPointsBlock, StepsBlock, NoteBlock, CareBoxBlock, QuoteBlock, AccountsBlock,
    EvidenceTableBlock, TableBlock, FigureBlock, RelatedBlock,
)  # fmt: skip


def blocks(text: Text) -> list[Block]:
    """Return the text's blocks in reading order with what they show; queries do not grow with their number."""
    return blocks_of([text.pk])[text.pk]


def blocks_of(texts: Collection[UUID]) -> dict[UUID, list[Block]]:
    """Return the blocks of each of these texts in reading order; the same queries for every 50 texts."""
    return rows_in_order(BLOCKS, texts)
