"""Lawful erasure: two people, nothing live, no word left anywhere, and everything still adds up."""

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, IntegrityError, connection, transaction

from articles.content.blocks import QuoteBlock
from articles.content.experts import Expert
from articles.content.pictures import Picture
from articles.content.quotes import Quote
from articles.content.texts import Article
from articles.editions import queries
from articles.editions.erasing import editions_of
from articles.editions.expunged import Expunged
from articles.editions.guards import missing_guards
from articles.editions.recalls import recall
from articles.editions.shelf import Change, Edition, ErasedError, Standing
from articles.editions.store import Part
from articles.editions.verifying import verify_editions
from articles.editorial.revisions import Revision, keep
from articles.editorial.roles import NotAllowedError
from articles.editorial.signoffs import SignOff
from articles.publishing.erasures import ErasureRequest, any_expunged
from articles.publishing.expunge import ERASABLE, ask_expunge, confirm_expunge, decline_expunge
from articles.publishing.problems import RefusedError
from articles.publishing.reviewing import take_back
from articles.publishing.withdraw import withdraw, withdraw_part
from tests.factories.desk import NOON, a_quote, a_source, an_article, an_editor, an_expert, place
from tests.factories.desk_kinds import a_picture
from tests.factories.erasure import GROUNDS, erase, words_of
from tests.factories.press import publish_item
from tests.factories.reviews import a_reviewer, sign_text
from tests.factories.shelf import BOTH, later, publish_article

pytestmark = pytest.mark.django_db

WHY = {"ru": "Снято по просьбе.", "en": "Taken down on request."}


@pytest.fixture
def vera():
    return an_editor()


@pytest.fixture
def spoken(vera):
    """A quote that was live in two articles, kept in versions, and has been withdrawn and cut from the drafts."""
    quote = a_quote(text_ru="СКАЗАННОЕ СЛОВО", text_en="THE SPOKEN WORD", internal_note="О СКАЗАННОМ")
    texts = [an_article("first"), an_article("second")]
    keep(quote, by=vera, at=NOON)
    for text in texts:
        place(text, quote)
        publish_article(text, by=vera, note="О СКАЗАННОМ в заметке.")
    LogEntry.objects.create(user=vera, action_flag=3, object_id=str(quote.pk), object_repr="СКАЗАННОЕ СЛОВО")
    withdraw_part("quote", quote.pk, reason_code="request", reasons=WHY, by=vera, at=later(5))
    for block in QuoteBlock.objects.all():
        block.delete()
    return quote, texts


def test_no_word_of_an_erased_quote_is_left_in_any_table(spoken, vera, administrator):
    quote, _ = spoken
    assert len(words_of("СКАЗАНН", "THE SPOKEN WORD")) >= 6

    erase(quote, "quote", vera, administrator)

    assert words_of("СКАЗАНН", "THE SPOKEN WORD") == set()
    assert not Quote.objects.filter(pk=quote.pk).exists()
    assert [one.data for one in Revision.objects.filter(object_id=quote.pk)] == [{}, {}]


def test_every_edition_that_carried_it_is_erased_and_those_with_the_notice_stay(spoken, vera, administrator):
    quote, texts = spoken
    live = {row.pk: row.edition.document_json for row in Standing.objects.select_related("edition")}

    records = erase(quote, "quote", vera, administrator)

    assert {(record.edition.item, record.edition.language, record.edition.number) for record in records} == {
        (text.pk, language, 1) for text in texts for language in BOTH
    }
    assert {row.pk: row.edition.document_json for row in Standing.objects.select_related("edition")} == live
    assert editions_of(Part("quote", str(quote.pk))) == []


def test_numbers_digests_and_the_chain_stay_and_all_adds_up(spoken, vera, administrator):
    quote, _ = spoken
    editions = list(Edition.objects.order_by("pk").values_list("pk", "number", "content_digest", "digest"))
    chain = list(Change.objects.order_by("sequence").values_list("sequence", "digest", "previous_hash", "hash"))

    erase(quote, "quote", vera, administrator)

    assert list(Edition.objects.order_by("pk").values_list("pk", "number", "content_digest", "digest")) == editions
    kept = Change.objects.order_by("sequence").values_list("sequence", "digest", "previous_hash", "hash")
    assert list(kept)[: len(chain)] == chain
    assert list(verify_editions()) == []


def test_each_erased_edition_has_its_line_and_its_record(spoken, vera, administrator):
    quote, _ = spoken
    before = Change.objects.count()

    records = erase(quote, "quote", vera, administrator)

    lines = list(Change.objects.filter(sequence__gt=before).order_by("sequence"))
    assert [line.sequence for line in lines] == [record.sequence for record in records]
    assert {(line.event, line.change_class, line.edition) for line in lines} == {("expunged", "correction", 1)}
    assert {line.note for line in lines if line.language == "en"} == {"It was erased for good, as the law requires."}
    assert {(r.kind, r.object_id, r.grounds, r.asked_by, r.confirmed_by, r.expunged_at) for r in records} == {
        ("quote", quote.pk, GROUNDS, vera.pk, administrator.pk, later(20))
    }


def test_who_asks_for_an_erased_edition_gets_the_reason_and_never_the_words(spoken, vera, administrator):
    quote, texts = spoken
    erase(quote, "quote", vera, administrator)
    edition = Edition.objects.get(item=texts[0].pk, language="en", number=1)

    gone = recall(edition)

    assert (gone.reason_code, gone.part_kind, gone.part) == ("legal", "quote", quote.pk)
    assert (gone.reason("en"), gone.withdrawn_at) == ("It was erased for good, as the law requires.", later(20))
    with pytest.raises(ErasedError):
        _ = edition.document
    assert (edition.envelope.change.note, edition.envelope.review.by, edition.envelope.number) == ("", [], 1)


def test_the_live_texts_go_on_being_published_and_compared_with_what_was_erased(spoken, vera, administrator):
    quote, texts = spoken
    erase(quote, "quote", vera, administrator)
    Article.objects.filter(pk=texts[0].pk).update(summary_ru="Новое.")

    publish_article(texts[0], by=vera, languages=["ru"], at=later(30), confirming=[])

    state = queries.by_item(texts[0].pk).shelved("en").translation
    assert (state.state, state.lacks) == ("behind", "update")
    assert list(verify_editions()) == []


def test_nobody_erases_alone(spoken, administrator):
    quote, _ = spoken
    asked = ask_expunge("quote", quote.pk, reason=GROUNDS, by=administrator, at=later(10))

    with pytest.raises(RefusedError) as refusal:
        confirm_expunge(asked, by=administrator, at=later(20))

    assert [problem.code for problem in refusal.value.problems] == ["erasure-own"]
    assert Quote.objects.filter(pk=quote.pk).exists()
    assert not any_expunged([quote.pk])


def test_the_database_too_knows_no_erasure_by_one_person(spoken, vera):
    quote, _ = spoken
    asked = ask_expunge("quote", quote.pk, reason=GROUNDS, by=vera, at=later(10))

    with pytest.raises(IntegrityError, match="nobody_confirms_their_own_erasure"), transaction.atomic():
        ErasureRequest.objects.filter(pk=asked.pk).update(outcome="done", settled_by=vera, settled_at=later(20))
    with pytest.raises(IntegrityError, match="two_people_erase"), transaction.atomic():
        Expunged.objects.create(
            edition=Edition.objects.first(), kind="quote", object_id=quote.pk, grounds="?", asked_by=vera.pk,
            confirmed_by=vera.pk, expunged_at=NOON, sequence=1,
        )  # fmt: skip


def test_an_editor_may_ask_and_not_confirm(spoken, vera):
    quote, _ = spoken
    asked = ask_expunge("quote", quote.pk, reason=GROUNDS, by=vera, at=later(10))

    with pytest.raises(NotAllowedError):
        confirm_expunge(asked, by=an_editor("petr"), at=later(20))


def test_a_stranger_may_not_even_ask(spoken, django_user_model):
    stranger = django_user_model.objects.create_user("stranger", password="x", is_staff=True)

    with pytest.raises(NotAllowedError):
        ask_expunge("quote", spoken[0].pk, reason=GROUNDS, by=stranger, at=later(10))


def refused(act, *args, **kwargs):
    with pytest.raises(RefusedError) as refusal:
        act(*args, **kwargs)
    return {problem.code: problem.sentence for problem in refusal.value.problems}


def test_what_is_live_or_used_is_refused_with_the_places_and_without_grounds_too(vera):
    quote, article = a_quote(), an_article(title_en="Carries it")
    place(article, quote)
    publish_article(article, by=vera)

    found = refused(ask_expunge, "quote", quote.pk, reason=" ", by=vera, at=later(10))

    assert found.keys() == {"erasure-live", "erasure-used", "grounds-missing"}
    assert "Carries it (EN)" in found["erasure-live"]


def test_what_went_live_between_asking_and_confirming_is_refused(vera, administrator):
    article = an_article()
    asked = ask_expunge("article", article.pk, reason=GROUNDS, by=vera, at=later(10))
    publish_article(article, by=vera)

    assert refused(confirm_expunge, asked, by=administrator, at=later(20)).keys() == {"erasure-live"}
    assert not Edition.objects.filter(document_json__startswith='{"erased"').exists()


def test_the_same_is_asked_for_once_and_settled_once(spoken, vera, administrator):
    quote, _ = spoken
    asked = ask_expunge("quote", quote.pk, reason=GROUNDS, by=vera, at=later(10))
    assert refused(ask_expunge, "quote", quote.pk, reason=GROUNDS, by=vera, at=later(11)).keys() == {"erasure-asked"}

    decline_expunge(asked, by=administrator, at=later(12))

    assert refused(confirm_expunge, asked, by=administrator, at=later(13)).keys() == {"erasure-settled"}
    assert refused(decline_expunge, asked, by=administrator, at=later(13)).keys() == {"erasure-settled"}
    assert Quote.objects.filter(pk=quote.pk).exists()


def test_an_erased_person_is_gone_with_page_address_and_every_mention(vera, administrator):
    expert = an_expert(name_ru="Анна ИМЯРЕК", name_en="Anna NAMELY", slug_ru="anna-namely", slug_en="namely")
    quote, article = a_quote(expert=expert), an_article()
    place(article, quote)
    publish_item(expert, by=vera)
    publish_article(article, by=vera)
    withdraw_part("quote", quote.pk, reason_code="request", reasons=WHY, by=vera, at=later(1))
    withdraw("expert", expert.pk, BOTH, reason_code="request", reasons=WHY, by=vera, at=later(2))
    QuoteBlock.objects.get().delete()
    assert refused(ask_expunge, "expert", expert.pk, reason=GROUNDS, by=vera, at=later(3)).keys() == {"erasure-used"}
    erase(quote, "quote", vera, administrator)

    erase(expert, "expert", vera, administrator)

    assert words_of("ИМЯРЕК", "NAMELY", "namely") == set()
    assert not Expert.objects.filter(pk=expert.pk).exists()
    assert queries.by_slug("expert", "namely").shelved("en").is_live is False
    assert list(verify_editions()) == []


def test_a_source_that_live_texts_still_name_with_its_notice_is_refused(vera):
    source = a_source(authors="Somebody, S.")
    article, quote = an_article(), a_quote(source=source)
    place(article, quote)
    publish_article(article, by=vera)
    withdraw_part("source", source.pk, reason_code="request", reasons=WHY, by=vera, at=later(1))

    assert "erasure-live" in refused(ask_expunge, "source", source.pk, reason=GROUNDS, by=vera, at=later(2))


def test_the_files_of_a_picture_go_when_the_erasure_is_certain(vera, administrator, django_capture_on_commit_callbacks):
    mine, once, shared = (f"pictures/{name * 2}/{name * 64}-480.jpg" for name in "abc")
    for path in (mine, once, shared):
        default_storage.save(path, ContentFile(b"x"))
    one = {"width": 480, "height": 360, "format": "jpeg", "bytes": 1}
    picture, other = a_picture(renditions=[one | {"path": once}]), a_picture(renditions=[one | {"path": shared}])
    keep(picture, by=vera, at=NOON)
    Picture.objects.filter(pk=picture.pk).update(renditions=[one | {"path": mine}, one | {"path": shared}])

    with django_capture_on_commit_callbacks(execute=True):
        erase(picture, "picture", vera, administrator)

    assert [default_storage.exists(path) for path in (mine, once, shared)] == [False, False, True]
    assert Picture.objects.get() == other


def test_a_draft_that_no_reader_saw_loses_its_saved_versions_too(vera, administrator):
    quote = a_quote(text_ru="СКАЗАННОЕ СЛОВО")
    keep(quote, by=vera, at=NOON)

    assert erase(quote, "quote", vera, administrator) == []

    assert words_of("СКАЗАННОЕ СЛОВО") == set()
    assert any_expunged([quote.pk])


def test_what_reviewers_wrote_beside_their_signatures_goes_and_the_signatures_stay(vera, administrator):
    article, anna = an_article(), a_reviewer()
    signed = sign_text(article, "ru", by=anna, note="О СКАЗАННОМ в заметке")
    take_back(signed, reason="О СКАЗАННОМ ещё раз", by=anna, at=later(1))
    publish_article(article, by=vera)
    withdraw("article", article.pk, BOTH, reason_code="request", reasons=WHY, by=vera, at=later(2))

    erase(article, "article", vera, administrator)

    assert words_of("СКАЗАНН") == set()
    kept = SignOff.objects.get()
    assert (kept.content_digest, kept.reviewer, kept.revocation.revoked_at) == (signed.content_digest, anna, later(1))


def test_of_a_text_that_stands_withdrawn_at_an_erased_edition_no_title_is_left(vera, administrator):
    quote, article = a_quote(), an_article(title_ru="ИМЯРЕК сказал")
    block = place(article, quote)
    publish_article(article, by=vera)
    withdraw("article", article.pk, BOTH, reason_code="request", reasons=WHY, by=vera, at=later(1))
    withdraw_part("quote", quote.pk, reason_code="request", reasons=WHY, by=vera, at=later(2))
    block.delete()
    Article.objects.filter(pk=article.pk).update(title_ru="Кто-то сказал")

    erase(quote, "quote", vera, administrator)

    assert words_of("ИМЯРЕК") == set()
    publish_article(article, by=vera, at=later(30))
    assert set(Standing.objects.values_list("title", flat=True)) == {"Кто-то сказал", "Cramps in tests"}
    assert list(verify_editions()) == []


def test_guards_are_back_and_refuse(spoken, vera, administrator):
    erase(spoken[0], "quote", vera, administrator)

    assert missing_guards() == []
    for model in (Edition, Change, Revision, Expunged):
        table, key = model._meta.db_table, model._meta.pk.column
        cursor = connection.cursor()
        with pytest.raises(DatabaseError, match="written for good"), transaction.atomic():
            cursor.execute(f'UPDATE "{table}" SET "{key}" = "{key}"')


def test_a_kind_that_is_nobodys_words_is_never_erased(vera):
    assert {"article", "faq", "page", "topic", "term", "expert", "quote", "source", "picture"} == ERASABLE
    with pytest.raises(KeyError):
        ask_expunge("care_service", a_quote().pk, reason=GROUNDS, by=vera, at=later(1))


def test_every_table_that_names_objects_by_their_ids_is_known_to_the_erasure():
    """A new table with words about an object, such as notes of colleagues, has to be erased with it."""
    naming = {
        model.__name__
        for model in apps.get_app_config("articles").get_models()
        if {"item", "object_id"} & {field.name for field in model._meta.concrete_fields}
    }

    erased = {
        "Edition", "Change", "Standing", "Address", "Confirmation", "Due", "Revision", "Comment", "SignOff",
        "IndexedText", "SignedText", "Transition", "Waiver", "Answer", "ReleaseEntry", "ScratchCopy",
        "TranslationTask", "Gist", "DriftingPart", "Reading", "Revocation",
    }  # fmt: skip
    # Who has a form open is forgotten within minutes.
    # A letter about a safety gap, and what translations are counted anew after, name texts by their ids alone.
    # What a webhook is sent is made from the journal each time, and is kept in no delivery.
    without_words_of_it = {
        "ErasureRequest", "Expunged", "Delivery", "ReviewPlan", "Presence", "GapLetter", "MovedObject",
    }  # fmt: skip
    assert naming == erased | without_words_of_it
