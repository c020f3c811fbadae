"""Shared parts change at the desk without moving a byte on the shelf, until somebody republishes them."""

import pytest

from articles.editions.shelf import Edition, Standing
from articles.editions.store import Part
from articles.publishing.drift import drifted, republish_changed
from articles.publishing.preflight import preflight
from articles.publishing.problems import RefusedError
from articles.publishing.withdraw import withdraw_part
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


def refused(article, part, vera):
    """Codes of what keeps the part from going out; then no byte has moved."""
    before = live_bytes(article)
    with pytest.raises(RefusedError) as refusal:
        republish_changed(article.pk, [part], change_class="update", notes=NOTES, by=vera, at=later(9))
    assert live_bytes(article) == before
    return [(problem.code, problem.language) for problem in refusal.value.problems]


def test_a_half_emptied_quote_does_not_go_out(published):
    article, quote, vera = published
    quote.text_en, quote.verdict_note_en = "", ""
    quote.save()

    assert refused(article, Part("quote", str(quote.pk)), vera) == [
        ("quote-missing", "en"),
        ("verdict-unfounded", "en"),
    ]


def test_a_speaker_without_a_name_and_a_source_without_any_do_not_go_out(published):
    article, quote, vera = published
    quote.expert.name_en, quote.source.publisher = "", ""
    quote.expert.save()
    quote.source.save()

    assert refused(article, Part("expert", str(quote.expert_id)), vera) == [("speaker-nameless", "en")]
    assert refused(article, Part("source", str(quote.source_id)), vera) == [
        ("source-unnamed", "ru"),
        ("source-unnamed", "en"),
    ]


def test_a_withdrawn_source_does_not_come_in_with_a_quote_and_one_that_is_shown_with_its_notice_stays(published):
    article, quote, vera = published
    withdraw_part("source", quote.source_id, reason_code="source", reasons=NOTES, by=vera, at=later(1))
    other = a_source(title="Withdrawn study")
    withdraw_part("source", other.pk, reason_code="source", reasons=NOTES, by=vera, at=later(2))
    part = Part("quote", str(quote.pk))
    quote.verdict_sources.add(other)

    assert refused(article, part, vera) == [("source-withdrawn", "ru"), ("source-withdrawn", "en")]
    quote.verdict_sources.remove(other)
    quote.locator = "p. 2"
    quote.save()
    amended = republish_changed(article.pk, [part], change_class="update", notes=NOTES, by=vera, at=later(3))
    shown = {source.id: source.withdrawn for source in amended["en"].document.sources}
    assert shown[str(quote.source_id)].reason == NOTES["en"]


def test_new_words_of_the_original_put_the_translation_behind_even_if_a_page_number_moved_in_both(published):
    article, quote, vera = published
    quote.text_ru, quote.locator = "По словам невролога, с судорогой нужно к врачу.", "с. 5"
    quote.save()

    amended = republish_changed(
        article.pk, [Part("quote", str(quote.pk))], change_class="safety", notes=NOTES, by=vera, at=later(1)
    )

    assert set(amended) == {"ru", "en"}
    english = Standing.objects.get(item=article.pk, language="en").translation
    assert (english["state"], english["lacks"]) == ("behind", "safety")


def test_a_page_number_that_moves_in_both_languages_leaves_them_in_step(published):
    article, quote, vera = published
    quote.locator = "с. 5"
    quote.save()

    republish_changed(
        article.pk, [Part("quote", str(quote.pk))], change_class="correction", notes=NOTES, by=vera, at=later(1)
    )

    assert Standing.objects.get(item=article.pk, language="en").translation["state"] == "in_step"
    assert preflight("article", article, ["en"])["en"].unconfirmed == []
