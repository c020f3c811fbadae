"""Where an object of the desk is used: by other drafts, by what readers see now, by what they once saw."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.db.models import Q

from articles.content.articles import Article, QuoteBlock, TextBlock
from articles.content.desk_object import DeskObject
from articles.content.experts import Expert
from articles.content.organisations import Organisation
from articles.content.pictures import Picture
from articles.content.quotes import Quote
from articles.content.sources import Source
from articles.editions.shelf import Mention, Standing
from articles.editions.store import Part

_KINDS: dict[type[models.Model], str] = {
    Organisation: "organisation",
    Expert: "expert",
    Source: "source",
    Quote: "quote",
    Picture: "picture",
    Article: "article",
}


@dataclass(frozen=True)
class Uses:
    """`drafts` are objects of the desk, `live` texts that show it now; `published` says whether readers ever saw it."""

    drafts: Sequence[DeskObject]
    live: Sequence[Standing]
    published: bool

    @property
    def forbid_deletion(self) -> bool:
        return bool(self.drafts or self.live or self.published)


def part_of(obj: models.Model) -> Part:
    """Return the object as a part; raise KeyError for what is never one."""
    return Part(_KINDS[type(obj)], str(obj.pk))


def uses(obj: DeskObject) -> Uses:
    """Return where the object is used. What readers ever saw stays known, so it may not be deleted at the desk."""
    part = part_of(obj)
    if isinstance(obj, Article):
        published = Standing.objects.filter(item=obj.pk).exists()
        return Uses(_linking_drafts(obj), linking_texts(part.kind, obj.pk), published)
    return Uses(
        list(_drafts_with(obj)),
        texts_with(part),
        Mention.objects.filter(part_kind=part.kind, part=part.id).exists(),
    )


def texts_with(part: Part) -> list[Standing]:
    """Return the live texts that show a part, Russian before English; one query."""
    editions = Mention.objects.filter(part_kind=part.kind, part=part.id).values("edition")
    return list(Standing.objects.filter(state=Standing.State.LIVE, edition__in=editions).order_by("-language", "title"))


def linking_texts(kind: str, item: UUID | str) -> list[Standing]:
    """Return the live texts that link to an item, without its own; one query."""
    return [row for row in texts_with(Part(f"link:{kind}", str(item))) if str(row.item) != str(item)]


def _linking_drafts(article: Article) -> list[DeskObject]:
    return _articles(TextBlock.objects.filter(_text_names(article.pk)).exclude(parent=article))


def _drafts_with(obj: DeskObject) -> Iterable[DeskObject]:
    if isinstance(obj, Organisation):
        yield from obj.experts.all()
    if isinstance(obj, Expert):
        yield from obj.quotes.select_related("expert")
    if isinstance(obj, Source):
        yield from Quote.objects.filter(Q(source=obj) | Q(verdict_sources=obj)).select_related("expert").distinct()
        yield from _articles(TextBlock.objects.filter(_text_names(obj.pk)))
    if isinstance(obj, Quote):
        yield from _articles(QuoteBlock.objects.filter(quote=obj))


def _articles(blocks: models.QuerySet[TextBlock] | models.QuerySet[QuoteBlock]) -> list[DeskObject]:
    return list(Article.objects.filter(pk__in=blocks.values("parent")))


def _text_names(id: UUID) -> Q:
    """Rich text names sources and items by id, so the id's own letters find them; no foreign key leads there."""
    return Q(text_ru__contains=str(id)) | Q(text_en__contains=str(id))
