"""Shared parts change at the desk without moving a byte on the shelf, until somebody republishes them."""

import pytest

from articles.editions.shelf import Edition, Standing
from articles.editions.store import Part
from articles.publishing.drift import drifted, republish_changed
from articles.publishing.problems import RefusedError
from tests.factories.desk import a_quote, a_source, a_text, an_article, an_editor, place
from tests.factories.shelf import later, publish_article

pytestmark = pytest.mark.django_db

NOTES = {"ru": "Исправлена должность.", "en": "The post was corrected."}


@pytest.fixture
def published():
    article, vera = an_article(), an_editor()
    quote = a_quote()
    place(article, quote)
    publish_article(article, by=vera)
    return article, quote, vera


def live_bytes(article):
    return list(Standing.objects.filter(item=article.pk).order_by("language").values_list("edition__digest", flat=True))


def test_a_fresh_text_has_no_drift(published):
    article, _, _ = published

    assert drifted(article.pk) == []


def test_changed_parts_are_named_and_no_byte_moves(published):
    article, quote, _ = published
    before = live_bytes(article)
    quote.text_ru = "По словам невролога, судорога обычно проходит сама."
    quote.save()
    quote.expert.post_ru, quote.expert.post_en = "заведующая", "head physician"
    quote.expert.save()
    quote.source.title = "A title at last"
    quote.source.save()

    found = drifted(article.pk)

    assert {(drift.part.kind, drift.language, *drift.fields()) for drift in found} == {
        ("quote", "ru", "text"),
        ("expert", "ru", "post"),
        ("expert", "en", "post"),
        ("source", "ru", "title"),
        ("source", "en", "title"),
    }
    assert live_bytes(article) == before


def test_republishing_carries_the_named_parts_and_no_draft(published):
    article, quote, vera = published
    quote.text_ru = "По словам невролога, судорога обычно проходит сама."
    quote.save()
    quote.expert.post_ru, quote.expert.post_en = "заведующая", "head physician"
    quote.expert.save()
    heading = article.headingblock_set.get()
    heading.text_ru = "Недописанный загол"
    heading.save()
    a_text(article, ordering=50, ru="Недописанный абз")

    amended = republish_changed(
        article.pk, [Part("expert", str(quote.expert_id))], change_class="correction", notes=NOTES, by=vera, at=later(1)
    )

    assert set(amended) == {"ru", "en"}
    russian = amended["ru"].document
    assert russian.quotes()[0].speaker.post == "заведующая"
    assert russian.quotes()[0].text == "По\u00a0словам невролога, судорога проходит сама."
    assert "Недописанный" not in amended["ru"].document_json
    before = Edition.objects.get(item=article.pk, language="ru", number=1).document
    assert [block for block in russian.blocks if block.kind != "quote"] == [
        block for block in before.blocks if block.kind != "quote"
    ]
    assert (amended["ru"].envelope.review, amended["ru"].envelope.change.class_) == (
        Edition.objects.get(item=article.pk, language="ru", number=1).envelope.review,
        "correction",
    )
    assert Standing.objects.get(item=article.pk, language="en").translation["state"] == "in_step"


def test_a_part_changed_in_one_language_only_leaves_the_other_behind(published):
    article, quote, vera = published
    quote.text_ru = "По словам невролога, судорога обычно проходит сама."
    quote.save()

    amended = republish_changed(
        article.pk, [Part("quote", str(quote.pk))], change_class="correction", notes=NOTES, by=vera, at=later(1)
    )

    assert set(amended) == {"ru"}
    assert Standing.objects.get(item=article.pk, language="en").translation["lacks"] == "correction"


def test_a_new_source_of_a_quote_is_added_behind_the_numbered_ones(published):
    article, quote, vera = published
    before = Edition.objects.get(item=article.pk, language="ru").document.sources
    extra = a_source(title="Newer evidence", authors="Newer, N.")
    quote.verdict_sources.add(extra)

    amended = republish_changed(
        article.pk, [Part("quote", str(quote.pk))], change_class="update", notes=NOTES, by=vera, at=later(1)
    )

    assert [source.id for source in amended["ru"].document.sources] == [*(s.id for s in before), str(extra.pk)]


def test_republishing_what_did_not_change_is_refused(published):
    article, quote, vera = published

    with pytest.raises(RefusedError) as refusal:
        republish_changed(
            article.pk, [Part("quote", str(quote.pk))], change_class="update", notes=NOTES, by=vera, at=later(1)
        )

    assert [problem.code for problem in refusal.value.problems] == ["nothing-drifted"]
