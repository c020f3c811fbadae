"""Publishing puts an immutable edition per language on the shelf, or changes nothing."""

import json

import pytest
from django.contrib.auth.models import User

from articles.canonical import canonical_json
from articles.editions.shelf import Edition, Standing
from articles.editions.verifying import verify_editions
from articles.editorial.roles import NotAllowedError
from articles.publishing.problems import RefusedError
from articles.publishing.publish import Decision, Terms, publish
from articles.publishing.withdraw import restore, withdraw
from tests.factories.desk import NOON, a_quote, a_text, an_article, an_editor, place
from tests.factories.shelf import DECISION, every_part, journal, later, publish_article

pytestmark = pytest.mark.django_db


def live(article, language):
    return Standing.objects.select_related("edition").get(item=article.pk, language=language)


def test_both_languages_become_first_editions_with_a_journal_line_each():
    article, vera = an_article(), an_editor()

    published = publish_article(article, by=vera)

    assert [(edition.language, edition.number) for edition in published.values()] == [("ru", 1), ("en", 1)]
    assert journal() == [(1, "published", "ru"), (2, "published", "en")]
    assert published["ru"].document.title == "Судороги в\u00a0тестах"
    assert published["en"].document.title == "Cramps in tests"
    assert live(article, "en").translation == {"state": "in_step", "lacks": "", "parts": []}
    assert list(verify_editions()) == []


def test_the_named_decision_says_who_when_and_why():
    article, vera = an_article(), an_editor()

    review = publish_article(article, by=vera)["ru"].envelope.review

    assert review.state == "not_reviewed"
    assert [(person.name, person.role) for person in review.by] == [("Вера Редакторова", "editor")]
    assert (review.on, review.reason) == ("2026-11-22", DECISION.reason)


def test_publishing_the_same_words_again_changes_nothing():
    article, vera = an_article(), an_editor()
    first = publish_article(article, by=vera)

    again = publish_article(article, by=an_editor("petr"), at=later(5))

    assert [edition.pk for edition in again.values()] == [edition.pk for edition in first.values()]
    assert len(journal()) == 2


def test_a_block_that_only_russian_has_puts_english_behind_and_says_so_in_the_journal():
    article, vera = an_article(), an_editor()
    publish_article(article, by=vera)
    block = a_text(article, ordering=30, ru="Новый абзац.")

    publish_article(article, by=vera, languages=["ru"], change_class="advice", confirming=[], at=later(1))

    assert journal()[2:] == [(3, "published", "ru"), (4, "language_state", "en")]
    assert live(article, "en").translation == {
        "state": "behind",
        "lacks": "advice",
        "parts": [{"id": str(block.pk), "state": "missing", "lacks": "advice"}],
    }


def test_a_changed_original_puts_the_part_behind_until_somebody_confirms_it():
    article, vera = an_article(), an_editor()
    publish_article(article, by=vera)
    block = article.textblock_set.get()
    block.text_ru = block.text_ru.replace("коротка", "коротка и безобидна")
    block.save()
    publish_article(article, by=vera, languages=["ru"], change_class="safety", confirming=[], at=later(1))
    assert live(article, "en").translation["lacks"] == "safety"

    publish_article(article, by=vera, languages=["en"], at=later(2))

    english = live(article, "en")
    assert english.translation["state"] == "in_step"
    assert (english.edition.number, english.edition.envelope.change.class_) == (2, "review")
    assert (
        english.edition.content_digest == Edition.objects.get(item=article.pk, language="en", number=1).content_digest
    )
    assert english.edition.envelope.content_changed_at == "2026-11-22T12:00:00.000000Z"


def test_english_never_shows_russian_text():
    article, vera = an_article(), an_editor()
    a_text(article, ordering=30, ru="Только по-русски.")

    english = publish_article(article, by=vera)["en"]

    assert "Только" not in english.document_json
    assert [block.kind for block in english.document.missing] == ["text"]


def test_an_essential_block_without_a_translation_is_refused():
    article, vera = an_article(), an_editor()
    a_text(article, ordering=30, ru="Звоните 103.", essential=True)

    with pytest.raises(RefusedError) as refusal:
        publish_article(article, by=vera)

    assert [(problem.code, problem.language) for problem in refusal.value.problems] == [("block-missing", "en")]
    assert journal() == []


def test_every_problem_is_named_at_once():
    vera = an_editor()
    article = an_article(title_ru="", summary_en="", slug_en="")
    place(article, a_quote(expert=None, verdict="disputed", verdict_note_en="", verdict_sources=[]))

    with pytest.raises(RefusedError) as refusal:
        publish("article", article.pk, {"ru": Terms(), "en": Terms()}, decision=Decision(" "), by=vera, at=NOON)

    assert {(problem.code, problem.language) for problem in refusal.value.problems} == {
        ("title-missing", "ru"),
        ("slug-missing", "en"),
        ("summary-missing", "en"),
        ("speaker-missing", "ru"),
        ("speaker-missing", "en"),
        ("verdict-sourceless", "ru"),
        ("verdict-sourceless", "en"),
        ("verdict-unfounded", "en"),
        ("reason-missing", ""),
    }
    assert all(problem.sentence for problem in refusal.value.problems)


def test_a_change_needs_its_class_and_a_note_for_readers():
    article, vera = an_article(), an_editor()
    publish_article(article, by=vera)
    article.title_ru = "Новое название"
    article.save()

    with pytest.raises(RefusedError) as refusal:
        publish("article", article.pk, {"ru": Terms()}, decision=DECISION, by=vera, at=later(1))

    assert [problem.code for problem in refusal.value.problems] == ["class-missing", "note-missing"]


def test_publishing_refuses_what_the_publisher_has_not_seen():
    article, vera = an_article(), an_editor()

    with pytest.raises(RefusedError) as refusal:
        publish("article", article.pk, {"ru": Terms(seen="0" * 64)}, decision=DECISION, by=vera, at=NOON)

    assert [problem.code for problem in refusal.value.problems] == ["changed-meanwhile"]


def test_an_address_that_another_article_once_had_is_taken_in_every_language():
    vera = an_editor()
    first = an_article("cramps")
    publish_article(first, by=vera)
    first.slug_en = "leg-cramps"
    first.save()
    publish_article(first, by=vera, at=later(1))
    second = an_article("other", slug_ru="cramps")

    with pytest.raises(RefusedError) as refusal:
        publish_article(second, by=vera, at=later(2))

    assert [(problem.code, problem.language) for problem in refusal.value.problems] == [("slug-taken", "ru")]


def test_somebody_without_the_role_cannot_publish():
    article = an_article()
    stranger = User.objects.create_user("stranger", is_staff=True)

    with pytest.raises(NotAllowedError):
        publish_article(article, by=stranger)

    assert journal() == []


def test_internal_notes_are_in_no_edition():
    article, vera = an_article(), an_editor()
    place(article, a_quote())

    for edition in publish_article(article, by=vera).values():
        assert "СЕКРЕТНАЯ" not in edition.document_json + edition.envelope_json


def test_an_edition_is_canonical_json_and_its_digests_can_be_recomputed():
    article, vera = an_article(), an_editor()
    place(article, a_quote())
    edition = publish_article(article, by=vera)["ru"]
    document, envelope = json.loads(edition.document_json), json.loads(edition.envelope_json)

    assert canonical_json.dumps(document).decode() == edition.document_json
    assert canonical_json.digest(document) == edition.content_digest == envelope["content_digest"]
    assert canonical_json.digest({"document": document, "envelope": envelope}) == edition.digest


def test_the_document_depends_on_nothing_but_the_words():
    article, vera = an_article(), an_editor()
    russian = publish_article(article, by=vera)["ru"]
    document = json.loads(russian.document_json)

    assert "Редакторова" not in russian.document_json
    assert "2026-11-22" not in russian.document_json
    assert set(document) == {"kind", "schema", "title", "slug", "summary", "blocks", "sources", "missing", "topics"}


def test_sources_are_numbered_in_order_of_first_appearance():
    article, vera = an_article(), an_editor()
    quote = a_quote()
    place(article, quote, ordering=15)

    russian = publish_article(article, by=vera)["ru"].document

    assert [source.id for source in russian.sources] == [
        str(quote.source_id),
        str(quote.verdict_sources.get().pk),
        russian.blocks[2].body[0]["content"][-1]["source"],
    ]


def test_a_quote_carries_its_context():
    article, vera = an_article(), an_editor()
    place(article, a_quote())

    quote = publish_article(article, by=vera)["en"].document.quotes()[0]

    assert quote.speaker.name == "Anna Testova"
    assert quote.speaker.organisation.name == "Quayside Clinic"
    assert quote.speaker.disclosure.state == "not_asked"
    assert (quote.mode, quote.attribution, quote.verdict.state) == ("paraphrase", "quoted", "supported")
    assert quote.verdict.note == "Reviews say the same."


def test_parts_that_the_publisher_confirms_stay_confirmed_at_the_desk():
    article, vera = an_article(), an_editor()
    publish_article(article, by=vera)
    article.title_en = "Cramps in the tests"
    article.save()

    publish_article(article, by=vera, languages=["en"], confirming=[], at=later(1))

    assert live(article, "en").translation["state"] == "in_step"
    assert every_part(article)[0] == "head"


def test_a_translation_ahead_of_its_original_is_behind_once_the_original_says_something_else():
    article, vera = an_article(), an_editor()
    publish_article(article, by=vera)
    article.summary_ru, article.summary_en = "Черновик.", "A draft."
    article.save()
    publish_article(article, by=vera, languages=["en"], confirming=["head"], at=later(1))
    assert Standing.objects.get(language="en").translation["state"] == "ahead"
    article.summary_ru = "Осторожно."
    article.save()
    publish_article(article, by=vera, languages=["ru"], change_class="safety", at=later(2))
    heading = article.headingblock_set.get()
    heading.text_en = "What a cramp is"
    heading.save()

    publish_article(article, by=vera, languages=["en"], confirming=[], at=later(3))

    english = Standing.objects.get(language="en").translation
    assert (english["state"], english["lacks"]) == ("behind", "safety")


def test_a_switched_original_goes_out_in_both_languages_or_not_at_all():
    article, vera = an_article(), an_editor()
    publish_article(article, by=vera)
    article.original_language, article.summary_en = "en", "Something new."
    article.save()

    for language in ("en", "ru"):
        with pytest.raises(RefusedError) as refusal:
            publish_article(article, by=vera, languages=[language], at=later(1))
        assert [problem.code for problem in refusal.value.problems] == ["original-switched"]
    publish_article(article, by=vera, confirming=[], at=later(2))

    states = {row.language: row.translation["state"] for row in Standing.objects.all()}
    assert states == {"en": "ahead", "ru": "behind"}


def test_a_text_that_was_the_original_once_is_not_restored_beside_the_new_one():
    article, vera = an_article(), an_editor()
    publish_article(article, by=vera)
    why = {"ru": "Ошибка."}
    withdraw("article", article.pk, ["ru"], reason_code="error", reasons=why, by=vera, at=later(1))
    article.original_language = "en"
    article.save()
    publish_article(article, by=vera, languages=["en"], at=later(2))

    with pytest.raises(RefusedError) as refusal:
        restore("article", article.pk, "ru", note="", by=vera, at=later(3))

    assert [problem.code for problem in refusal.value.problems] == ["original-switched"]
