"""What blocks show, read in one statement, is what Django reads by itself, in the same order."""

from typing import Any

import pytest
from django.db import models

from articles.content.blocks import BLOCKS, Block, CareBoxBlock, EvidenceTableBlock, QuoteBlock, blocks, blocks_of
from articles.content.shown_at_once import follow
from articles.content.sources import Source
from articles.content.texts import Article
from tests.factories.desk import a_quote, a_source, an_article, place
from tests.factories.desk_kinds import a_care_box, a_care_service, an_article_with_everything, an_evidence_table

pytestmark = pytest.mark.django_db


def known(row: models.Model, ways: tuple[str, ...]) -> Any:
    """A row as data, with what was read along with it, and nothing that would have to be asked for."""
    led: dict[str, list[str]] = {}
    for way in ways:
        first, _, rest = way.partition("__")
        led.setdefault(first, []).extend([rest] if rest else [])
    found = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    for name, rest in led.items():
        there = getattr(row, name)
        several = list(there.all()) if isinstance(there, models.Manager) else [there]
        found[name] = [known(one, tuple(rest)) if one else None for one in several]
    return type(row).__name__, found


def as_django_reads(text: Article) -> list[Block]:
    found = [row for kind in BLOCKS for row in kind.get_queryset().filter(parent=text.pk)]
    return sorted(found, key=lambda row: (row.ordering, str(row.id)))


def a_full_text() -> Article:
    """Of several boxes, quotes and tables some show the same, some nobody, and nothing stands in the order of ids."""
    text, source = an_article_with_everything(), a_source(title="Shared by several", authors="Анна")
    services = [
        a_care_service(number, position=9 - place) for place, number in enumerate(("112", "103", "+7 8", "8-8"))
    ]
    for sources in ([], [source, *Source.objects.all()[:3]]):
        box, table = a_care_box(services=services, sources=sources), an_evidence_table()
        table.rows.first().sources.set(sources)
        CareBoxBlock.objects.create(parent=text, ordering=300, care_box=box)
        EvidenceTableBlock.objects.create(parent=text, ordering=310, evidence_table=table)
    quote = a_quote(expert=None, attribution="unnamed")
    quote.verdict_sources.set(Source.objects.all()[:4])
    for _time in range(2):
        place(text, quote, ordering=320)
    return text


def test_it_is_what_django_reads_and_asks_for_nothing_later(django_assert_num_queries) -> None:
    text, other = a_full_text(), an_article("other")
    theirs = [known(row, row.ways) for row in as_django_reads(text)]

    with django_assert_num_queries(2):
        ours = [known(row, row.ways) for row in blocks(text)]

    assert ours == theirs
    with django_assert_num_queries(2):
        found = blocks_of([other.pk, text.pk])
    assert ([known(row, row.ways) for row in found[text.pk]], len(found[other.pk])) == (theirs, 2)


def test_blocks_that_show_nothing_else_take_one_query(django_assert_num_queries) -> None:
    text = an_article("plain")

    with django_assert_num_queries(1):
        blocks(text)


def test_topics_are_read_in_the_order_of_their_titles(django_assert_num_queries) -> None:
    text = a_full_text()
    with django_assert_num_queries(1):
        follow([([text], ("topics", "conditions"))])
        found = list(text.topics.all()), list(text.conditions.all())

    again = Article.objects.get(pk=text.pk)
    assert found == (list(again.topics.all()), list(again.conditions.all()))


def test_what_is_gone_meanwhile_is_missed_by_whoever_asks_for_it() -> None:
    text = an_article("gone")
    block = place(text, a_quote())
    block.quote_id = text.pk

    follow([([block], QuoteBlock.ways)])

    with pytest.raises(models.ObjectDoesNotExist):
        _ = block.quote
