"""Articles and their blocks."""

import uuid
from typing import ClassVar, Literal

from content_editor.models import Region
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.canonical.html_reading import read_html
from articles.canonical.plain_writing import plain_text
from articles.content.desk_object import DeskObject
from articles.content.fields import LineField, PassageField, RichTextField
from articles.content.labels import label
from articles.content.quotes import Quote

SLUG = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*$",
    _("Use small Latin letters, digits and single hyphens, such as leg-cramps."),
)


class Article(DeskObject):
    title = LineField(_("title"), max_length=200, blank=True)
    slug = LineField(
        _("address"),
        max_length=120,
        blank=True,
        validators=[SLUG],
        help_text=_("The last part of the page's address, in Latin letters. Old addresses keep working."),
    )
    summary = PassageField(
        _("summary"), blank=True, help_text=_("Two or three sentences under the title: what the page answers.")
    )
    original_language = models.CharField(
        _("original language"),
        max_length=2,
        choices=[("ru", _("Russian")), ("en", _("English"))],
        default="ru",
        help_text=_("The other language is its translation and is compared with it block by block."),
    )

    regions: ClassVar[list[Region]] = [Region(key="main", title=_("Text"))]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["title_ru", "title_en", "id"]
        permissions = [
            ("publish_article", _("May publish, amend and restore")),
            ("withdraw_article", _("May withdraw")),
        ]

    def name_in(self, language: str) -> str:
        return getattr(self, f"title_{language}")

    @property
    def translation_language(self) -> str:
        """The language that the article is translated into."""
        return "en" if self.original_language == "ru" else "ru"


class Block(models.Model):
    """One block of an article. Both languages live in one row, so a translation can be compared block by block."""

    mutability: ClassVar[Literal["mutable"]] = "mutable"
    internal: ClassVar[frozenset[str]] = frozenset({"region", "ordering"})
    kind: ClassVar[str]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    parent = models.ForeignKey(Article, models.CASCADE, related_name="%(class)s_set")
    region = models.CharField(max_length=20, default="main")
    ordering = models.PositiveIntegerField(default=0)
    essential = models.BooleanField(
        _("essential"),
        default=False,
        help_text=_("Neither a translation nor a partner may leave it out."),
    )

    class Meta:
        abstract = True
        ordering = ["ordering", "id"]

    def __str__(self) -> str:
        return label(self)

    @classmethod
    def get_queryset(cls) -> models.QuerySet["Block"]:
        """The blocks with what they show, in one query: what content-editor asks a block for."""
        return cls._default_manager.all()


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

    text = RichTextField(_("text"), blank=True)

    class Meta(Block.Meta):
        verbose_name = _("text")
        verbose_name_plural = _("texts")

    def name_in(self, language: str) -> str:
        return plain_text(read_html(getattr(self, f"text_{language}"))[0])


class QuoteBlock(Block):
    kind = "quote"

    quote = models.ForeignKey(Quote, models.PROTECT, verbose_name=_("quote"), related_name="placements")

    class Meta(Block.Meta):
        verbose_name = _("quote")
        verbose_name_plural = _("quotes in articles")

    @classmethod
    def get_queryset(cls) -> models.QuerySet["Block"]:
        placed = cls._default_manager.select_related("quote__expert__organisation", "quote__source")
        return placed.prefetch_related("quote__verdict_sources")

    def name_in(self, language: str) -> str:
        return self.quote.name_in(language)


BLOCKS: tuple[type[Block], ...] = (HeadingBlock, TextBlock, QuoteBlock)


def blocks(article: Article) -> list[Block]:
    """Return the article's blocks of every kind in reading order; one query per kind."""
    placed = [block for model in BLOCKS for block in model.get_queryset().filter(parent=article)]
    return sorted(placed, key=lambda block: (block.ordering, str(block.id)))
