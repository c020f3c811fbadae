"""The medical review at the press: what may be signed, and what editions say of it."""

import pytest

from articles.content.experts import Expert
from articles.content.texts import Article
from articles.editions.shelf import Edition, Standing
from articles.editions.value import digest
from articles.editions.verifying import verify_editions
from articles.editorial.roles import NotAllowedError
from articles.editorial.signed_texts import SignedText
from articles.editorial.signoffs import SignOff, sign
from articles.publishing.compose import compose
from articles.publishing.covering import held_digests, signatures_holding
from articles.publishing.drift import drifted, republish_changed
from articles.publishing.problems import RefusedError
from articles.publishing.publish import Decision, Terms, publish
from articles.publishing.reviewing import last_signed, take_back, unsigned
from articles.publishing.transfer import dump_content
from articles.publishing.withdraw import withdraw_part
from tests.factories.desk import NOON, a_quote, an_article, an_editor, place
from tests.factories.desk_kinds import a_page, a_question, a_term
from tests.factories.erasure import erase
from tests.factories.reviews import NAMES, NEXT, a_reviewer, confirm_all, sign_text
from tests.factories.shelf import journal, later, publish_article

pytestmark = pytest.mark.django_db

NO_REASON = Decision("")
WHY = {"ru": "Снято по просьбе.", "en": "Taken down on request."}


def live(article, language):
    return Standing.objects.select_related("edition").get(item=article.pk, language=language).edition


def publish_signed(article, vera, *languages, minutes=0):
    return publish(
        "article", article.pk, {language: Terms() for language in languages}, decision=NO_REASON, by=vera,
        at=later(minutes),
    )  # fmt: skip


def test_a_signed_text_is_published_as_reviewed_and_needs_no_reason():
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    sign_text(article, "ru", by=anna)
    sign_text(article, "en", by=anna)

    published = publish_signed(article, vera, "ru", "en")

    for language, edition in published.items():
        review = edition.envelope.review
        assert (review.state, review.on, review.next_on, review.reason) == ("reviewed", "2026-11-22", "2027-11-22", "")
        assert [(who.name, who.role) for who in review.by] == [(NAMES[language], "medical_reviewer")]
    assert list(verify_editions()) == []


def test_only_the_signed_language_is_reviewed_and_the_other_needs_its_reason():
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    sign_text(article, "ru", by=anna)

    with pytest.raises(RefusedError) as refusal:
        publish("article", article.pk, {"ru": Terms(), "en": Terms()}, decision=Decision({}), by=vera, at=NOON)
    assert [(problem.code, problem.language) for problem in refusal.value.problems] == [("reason-missing", "en")]

    published = publish_article(article, by=vera)
    assert [published[code].envelope.review.state for code in ("ru", "en")] == ["reviewed", "not_reviewed"]


def test_a_review_without_a_changed_word_is_an_edition_of_class_review():
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    first = publish_article(article, by=vera)["ru"]
    sign_text(article, "ru", by=anna, at=later(1))

    second = publish_signed(article, vera, "ru", minutes=2)["ru"]

    assert (second.number, second.envelope.change.class_) == (2, "review")
    assert second.content_digest == first.content_digest
    assert second.envelope.content_changed_at == first.envelope.content_changed_at
    assert journal()[-1][1:] == ("published", "ru")


def test_publishing_again_changes_nothing_until_somebody_signs():
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    sign_text(article, "ru", by=anna)
    first = publish_signed(article, vera, "ru")["ru"]

    assert publish_signed(article, vera, "ru", minutes=1)["ru"].pk == first.pk

    sign_text(article, "ru", by=a_reviewer("boris"), at=later(2), name={"ru": "Борис Второй", "en": "Boris Second"})
    second = publish_signed(article, vera, "ru", minutes=3)["ru"]
    assert [who.name for who in second.envelope.review.by] == [NAMES["ru"], "Борис Второй"]
    assert (second.number, second.envelope.change.class_) == (2, "review")


def test_a_changed_word_is_not_reviewed_any_more():
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    sign_text(article, "ru", by=anna)
    publish_signed(article, vera, "ru")
    Article.objects.update(summary_ru="Иначе.")

    with pytest.raises(RefusedError) as refusal:
        publish("article", article.pk, {"ru": Terms("update", "Да.")}, decision=NO_REASON, by=vera, at=later(1))

    assert [problem.code for problem in refusal.value.problems] == ["reason-missing"]


def test_several_reviewers_stand_side_by_side_until_the_earliest_next_date():
    article, vera = an_article(), an_editor()
    sign_text(article, "ru", by=a_reviewer(), at=later(1))
    nearer = {"name": {"ru": "Борис Второй", "en": "Boris Second"}, "next_on": later(60 * 24 * 30).date()}
    sign_text(article, "ru", by=a_reviewer("boris"), at=later(60 * 24), **nearer)

    review = publish_signed(article, vera, "ru", minutes=60 * 24 * 2)["ru"].envelope.review

    assert [who.name for who in review.by] == [NAMES["ru"], "Борис Второй"]
    assert (review.on, review.next_on) == ("2026-11-23", "2026-12-22")


def test_a_signature_that_was_taken_back_is_told_with_the_next_publication():
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    row = sign_text(article, "ru", by=anna)
    publish_signed(article, vera, "ru")
    take_back(row, by=anna, at=later(1))

    with pytest.raises(RefusedError):
        publish_signed(article, vera, "ru", minutes=2)
    second = publish_article(article, by=vera, languages=["ru"], at=later(2))["ru"]

    assert (second.envelope.review.state, second.envelope.change.class_) == ("not_reviewed", "review")


def send_out(article, vera, minutes=1, change_class="correction"):
    return republish_changed(
        article.pk,
        [one.part for one in drifted(article.pk)],
        change_class=change_class,
        notes={"ru": "Исправлена должность."},
        by=vera,
        at=later(minutes),
    )


def test_an_amendment_that_a_reviewer_confirmed_keeps_the_review_and_so_does_publishing_the_amended_words():
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    place(article, a_quote())
    row = sign_text(article, "ru", by=anna)
    publish_signed(article, vera, "ru")
    Expert.objects.update(post_ru="заведующая отделением")

    with pytest.raises(RefusedError) as refusal:
        send_out(article, vera)
    assert [problem.code for problem in refusal.value.problems] == ["part-unconfirmed"]
    assert live(article, "ru").number == 1

    confirm_all("expert", Expert.objects.get().pk, by=anna)
    send_out(article, vera)
    assert (live(article, "ru").number, live(article, "ru").envelope.review.state) == (2, "reviewed")

    assert publish_signed(article, vera, "ru", minutes=2)["ru"].number == 2

    take_back(row, by=anna, at=later(3))
    with pytest.raises(RefusedError):
        publish_signed(article, vera, "ru", minutes=4)


def test_a_safety_correction_goes_out_at_once_and_readers_are_told_that_nobody_has_checked_it():
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    place(article, a_quote())
    sign_text(article, "ru", by=anna)
    publish_signed(article, vera, "ru")
    Expert.objects.update(post_ru="заведующая отделением")

    send_out(article, vera, change_class="safety")

    review = live(article, "ru").envelope.review
    assert (review.state, [one.name for one in review.by], review.on) == (
        "not_reviewed",
        ["Вера Редакторова"],
        "2026-11-22",
    )
    assert review.reason
    assert live(article, "ru").content_digest not in held_digests(
        article.pk, "ru", Edition.objects.get(number=1).document
    )

    confirm_all("expert", Expert.objects.get().pk, by=anna, at=later(2))
    assert publish_signed(article, vera, "ru", minutes=3)["ru"].envelope.review.state == "reviewed"


def test_a_notice_of_withdrawal_in_a_signed_text_keeps_what_was_signed():
    article, vera, anna, quote = an_article(), an_editor(), a_reviewer(), a_quote()
    place(article, quote)
    row = sign_text(article, "ru", by=anna)
    first = publish_signed(article, vera, "ru")["ru"]
    withdraw_part("quote", quote.pk, reason_code="request", reasons=WHY, by=vera, at=later(1))

    amended = live(article, "ru")
    assert (amended.number, amended.envelope.review.state) == (2, "reviewed")
    assert signatures_holding(article.pk, "ru", amended.document, amended) == [row]
    assert held_digests(article.pk, "ru", amended.document, amended) == {amended.content_digest, first.content_digest}
    assert signatures_holding(article.pk, "ru", amended.document) == []


def test_what_moved_after_it_was_read_is_not_signed():
    article, anna = an_article(), a_reviewer()

    with pytest.raises(RefusedError) as refusal:
        sign_text(article, "ru", by=anna, digest="0" * 64)

    assert [problem.code for problem in refusal.value.problems] == ["changed-meanwhile"]
    assert not SignOff.objects.exists()


def test_a_text_with_problems_is_not_signed_and_everything_is_said_at_once():
    article, anna = an_article(title_ru=""), a_reviewer()

    with pytest.raises(RefusedError) as refusal:
        sign_text(article, "ru", by=anna, name={}, next_on=None)

    assert [(problem.code, problem.language) for problem in refusal.value.problems] == [
        ("title-missing", "ru"),
        ("name-missing", "ru"),
        ("name-missing", "en"),
        ("next-date-past", ""),
    ]


def test_an_editor_may_not_sign_and_a_reviewer_may_not_publish():
    article = an_article()
    with pytest.raises(NotAllowedError):
        sign_text(article, "ru", by=an_editor())
    with pytest.raises(NotAllowedError):
        publish_article(article, by=a_reviewer())


@pytest.mark.parametrize("make", [a_question, a_term, a_page])
def test_any_kind_is_reviewed_in_the_same_way(make):
    item, vera, anna = make(), an_editor(), a_reviewer()
    kind = type(item).__name__.lower().replace("faqentry", "faq")
    sign_text(item, "en", by=anna)

    [edition] = publish(kind, item.pk, {"en": Terms()}, decision=NO_REASON, by=vera, at=NOON).values()

    assert edition.envelope.review.state == "reviewed"


def test_medical_texts_wait_until_their_present_words_are_signed():
    article, question, anna = an_article(title_en=""), a_question(), a_reviewer()
    texts = [article, question, a_page()]
    assert [(one.text, one.language) for one in unsigned(texts)] == [
        (article, "ru"),
        (question, "ru"),
        (question, "en"),
    ]

    sign_text(question, "en", by=anna)
    row = sign_text(article, "ru", by=anna)
    assert [(one.text, one.language) for one in unsigned(texts)] == [(question, "ru")]

    take_back(row, by=anna, at=later(1))
    assert len(unsigned(texts)) == 2


def test_what_was_signed_is_found_again_even_if_no_reader_ever_saw_it():
    article, anna = an_article(), a_reviewer()
    assert last_signed(article.pk, "ru") is None
    signed = compose(article, "ru").document
    row = sign_text(article, "ru", by=anna)
    sign_text(article, "ru", by=a_reviewer("boris"), at=later(-1))
    Article.objects.update(summary_ru="Иначе.")

    assert last_signed(article.pk, "ru") == (row, signed)
    assert SignedText.objects.count() == 1


def test_words_of_signatures_from_before_they_were_kept_are_found_where_readers_saw_them():
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    document = compose(article, "ru").document
    row = sign("article", article.pk, "ru", digest(document), name=NAMES, next_on=NEXT, by=anna, at=NOON)
    assert last_signed(article.pk, "ru") == (row, None)

    published = publish_signed(article, vera, "ru")["ru"]

    assert published.envelope.review.state == "reviewed"
    assert last_signed(article.pk, "ru") == (row, document)


def test_signatures_are_no_content(tmp_path):
    article, anna = an_article(), a_reviewer()
    before = [path.read_bytes() for path in dump_content(tmp_path)]

    sign_text(article, "ru", by=anna)

    assert [path.read_bytes() for path in dump_content(tmp_path)] == before


def test_a_signed_text_that_was_erased_since_is_known_to_be_signed_and_not_what_it_said(administrator):
    article, quote, vera = an_article(), a_quote(), an_editor()
    block = place(article, quote)
    signed = sign_text(article, "ru", by=a_reviewer())
    publish_article(article, by=vera)
    withdraw_part("quote", quote.pk, reason_code="request", reasons=WHY, by=vera, at=later(1))
    block.delete()

    erase(quote, "quote", vera, administrator)

    assert last_signed(article.pk, "ru") == (signed, None)
