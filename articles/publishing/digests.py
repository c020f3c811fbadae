"""What many articles would be if they were published now, as digests, for lists: constant queries, little work.

Composing is the dear part, so a digest is remembered under a fingerprint of every row that composing reads. A row that
any writer changed gives another fingerprint; version numbers would miss what was loaded past the forms. The memory is
this process's own, so it never outlives the code that composed.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from django.db import models

from articles.canonical.languages import LANGUAGES, Language
from articles.content.articles import BLOCKS, Article, Block, QuoteBlock
from articles.content.sources import Source
from articles.editions.document import digest
from articles.publishing.compose import document_of

Digests = Mapping[tuple[UUID, Language], str]

_CITED = re.compile(r'data-source="([0-9a-f-]{36})"')
_REMEMBERED_AT_MOST = 10_000
_remembered: dict[tuple[str, Language], str] = {}


def content_digests(articles: Collection[Article]) -> Digests:
    """Return the content digest that each article would have in each language; the same few queries for any number."""
    placed = _placed(articles)
    sources = _sources(block for rows in placed.values() for block in rows)
    found: dict[tuple[UUID, Language], str] = {}
    for article in articles:
        rows = placed[article.pk]
        fingerprint = _fingerprint(article, rows, sources)
        for language in LANGUAGES:
            key = (fingerprint, language)
            if key not in _remembered:
                _remember(key, digest(document_of(article, rows, language, sources=lambda ids: sources)))
            found[article.pk, language] = _remembered[key]
    return found


def _remember(key: tuple[str, Language], value: str) -> None:
    if len(_remembered) >= _REMEMBERED_AT_MOST:
        _remembered.clear()
    _remembered[key] = value


def _placed(articles: Collection[Article]) -> dict[UUID, list[Block]]:
    placed: dict[UUID, list[Block]] = {article.pk: [] for article in articles}
    for model in BLOCKS:
        for block in model.get_queryset().filter(parent__in=list(placed)):
            placed[block.parent_id].append(block)
    for rows in placed.values():
        rows.sort(key=lambda block: (block.ordering, str(block.id)))
    return placed


def _sources(blocks: Iterable[Block]) -> dict[str, Source]:
    ids: set[UUID] = set()
    for block in blocks:
        if isinstance(block, QuoteBlock):
            ids.add(block.quote.source_id)
            ids.update(source.pk for source in block.quote.verdict_sources.all())
        else:
            ids.update(UUID(id) for id in _cited(block))
    return {str(source.pk): source for source in Source.objects.filter(pk__in=ids)}


def _fingerprint(article: Article, placed: Sequence[Block], sources: Mapping[str, Source]) -> str:
    rows: list[object] = [raw_row(article)]
    cited: set[str] = set()
    for block in placed:
        rows.append((block.kind, raw_row(block)))
        if isinstance(block, QuoteBlock):
            quote = block.quote
            verdict = sorted(str(source.pk) for source in quote.verdict_sources.all())
            rows += [
                raw_row(quote),
                raw_row(quote.expert),
                raw_row(quote.expert and quote.expert.organisation),
                verdict,
            ]
            cited.update([str(quote.source_id), *verdict])
        else:
            cited.update(_cited(block))
    rows += [raw_row(sources[id]) for id in sorted(cited) if id in sources]
    return hashlib.sha256(repr(rows).encode("utf-8", "surrogatepass")).hexdigest()


def _cited(block: Block) -> list[str]:
    return [id for language in LANGUAGES for id in _CITED.findall(str(block.__dict__.get(f"text_{language}", "")))]


def raw_row(obj: models.Model | None) -> list[object]:
    """Return the raw columns, past the descriptors that would answer in the interface language."""
    return [obj.__dict__.get(field.attname) for field in obj._meta.concrete_fields] if obj else []
