"""Texts: articles, answered questions and about pages. One table, because all three are a head and blocks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from content_editor.models import Region
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.content.addressed import Addressed
from articles.content.fields import PassageField
from articles.content.terms import Term
from articles.content.topics import Topic

# Fields that name people of ours: they say nothing of what a text says, so no translation follows them.
CREDITS = frozenset({"authors", "translators"})


class Text(Addressed):
    """What has a title, an address, a summary and blocks. A row is always met as the class of its kind."""

    kind: ClassVar[str] = ""
    internal: ClassVar[frozenset[str]] = Addressed.internal | {"text_kind"}

    text_kind = models.CharField(max_length=20, default="article", editable=False)
    summary = PassageField(
        _("summary"), blank=True, help_text=_("Two or three sentences under the title: what the page answers.")
    )
    authors = PassageField(
        _("who wrote it"),
        blank=True,
        help_text=_(
            "One person a line, as readers are to see the name, with what the person is: “Name, medical journalist”."
            " Empty: the page says that the editors wrote it and no author is named."
        ),
    )
    translators = PassageField(
        _("who translated it"),
        blank=True,
        help_text=_(
            "One person a line. Shown where this language is the translation; empty: the page says that no translator"
            " is named."
        ),
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="texts")
    conditions = models.ManyToManyField(
        Term,
        verbose_name=_("conditions"),
        blank=True,
        related_name="texts",
        help_text=_(
            "What the text is about in the words of medicine: terms of the glossary that have an ICD-10 code. By the"
            " code, partners, search engines and clinicians find the text. A condition that is only mentioned does not"
            " belong here."
        ),
    )

    regions: ClassVar[list[Region]] = [Region(key="main", title=_("Text"))]

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ["title_ru", "title_en", "id"]
        # A list of a kind begins at its first title, however many there are; and who looks for a part of a title or an
        # address reads these columns alone.
        indexes = [
            models.Index(name="text_by_title", fields=["text_kind", "title_ru", "title_en", "id", "slug_ru", "slug_en"])
        ]

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any]) -> Text:
        """Return the row as an Article, FaqEntry or Page, whichever way it was found."""
        text = super().from_db(db, field_names, values)
        text.__class__ = TEXTS.get(text.__dict__.get("text_kind", ""), cls)
        return text

    def lines(self, field: str, language: str) -> list[str]:
        """Return the people in `authors` or `translators` as readers of a language see them, in order."""
        return [line for line in (getattr(self, f"{field}_{language}") or "").split("\n") if line]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text_kind = self.kind or self.text_kind
        super().save(*args, **kwargs)


class _OfKind(models.Manager):
    """Rows of one kind only."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(text_kind=self.model.kind)  # type: ignore[attr-defined]


class Article(Text):
    kind: ClassVar[str] = "article"

    objects = _OfKind()  # type: ignore[misc]

    class Meta(Text.Meta):
        proxy = True
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [
            ("publish_article", _("May publish, amend and restore")),
            ("withdraw_article", _("May withdraw")),
            ("review_article", _("May sign as a medical reviewer")),
            ("expunge_article", _("May erase for good, together with a second person")),
        ]


class FaqEntry(Text):
    """A question; the summary is the short answer."""

    kind: ClassVar[str] = "faq"

    objects = _OfKind()  # type: ignore[misc]

    class Meta(Text.Meta):
        proxy = True
        verbose_name = _("question")
        verbose_name_plural = _("questions")


class Page(Text):
    """A page about the site: who runs it, how texts are made, what happens to data."""

    kind: ClassVar[str] = "page"

    objects = _OfKind()  # type: ignore[misc]

    class Meta(Text.Meta):
        proxy = True
        verbose_name = _("about page")
        verbose_name_plural = _("about pages")


TEXTS: Mapping[str, type[Text]] = {model.kind: model for model in (Article, FaqEntry, Page)}
