"""What is withdrawn is gone from the shelf at once, and leaves its reason."""

import pytest

from articles.editions.shelf import Standing
from articles.editions.verifying import verify_editions
from articles.publishing.problems import RefusedError
from articles.publishing.reviewing import take_back
from articles.publishing.withdraw import restore, withdraw, withdraw_part
from tests.factories.desk import a_quote, a_text, an_article, an_editor, place
from tests.factories.reviews import a_reviewer, sign_text
from tests.factories.shelf import journal, later, publish_article

pytestmark = pytest.mark.django_db

WHY = {"ru": "Совет был неверным.", "en": "The advice was wrong."}


def stands(article, language):
    return Standing.objects.select_related("edition").get(item=article.pk, language=language)


def test_a_withdrawn_language_leaves_a_tombstone_and_the_other_one_stays():
    article, vera = an_article(), an_editor()
    publish_article(article, by=vera)

    withdraw("article", article.pk, ["ru"], reason_code="error", reasons=WHY, by=vera, at=later(1))

    assert (stands(article, "ru").state, stands(article, "en").state) == ("withdrawn", "live")
    assert stands(article, "ru").tombstone == {
        "id": str(article.pk),
        "kind": "article",
        "language": "ru",
        "withdrawn_at": "2026-11-22T12:01:00.000000Z",
        "reason_code": "error",
        "reason": "Совет был неверным.",
        "replaced_by": None,
        "sequence": 3,
    }
    assert journal()[2:] == [(3, "withdrawn", "ru")]
    assert list(verify_editions()) == []


def test_a_withdrawal_needs_a_sentence_for_readers_of_each_language():
    article, vera = an_article(), an_editor()
    publish_article(article, by=vera)

    with pytest.raises(RefusedError) as refusal:
        withdraw(
            "article", article.pk, ["ru", "en"], reason_code="error", reasons={"ru": WHY["ru"]}, by=vera, at=later(1)
        )

    assert [(problem.code, problem.language) for problem in refusal.value.problems] == [
        ("withdrawn-reason-missing", "en")
    ]
    assert stands(article, "ru").is_live


def test_what_is_not_live_cannot_be_withdrawn():
    article, vera = an_article(), an_editor()
    publish_article(article, by=vera, languages=["ru"])

    with pytest.raises(RefusedError) as refusal:
        withdraw("article", article.pk, ["ru", "en"], reason_code="error", reasons=WHY, by=vera, at=later(1))

    assert [(problem.code, problem.language) for problem in refusal.value.problems] == [("not-live", "en")]
    assert stands(article, "ru").is_live


def test_restoring_brings_back_the_very_edition():
    article, vera = an_article(), an_editor()
    edition = publish_article(article, by=vera)["ru"]
    withdraw("article", article.pk, ["ru"], reason_code="error", reasons=WHY, by=vera, at=later(1))

    standing = restore("article", article.pk, "ru", note="Совет верен.", by=vera, at=later(2))

    assert (standing.is_live, standing.edition_id, standing.tombstone) == (True, edition.pk, None)
    assert journal()[-1] == (4, "restored", "ru")


def test_a_withdrawn_quote_becomes_a_notice_in_both_languages_and_nothing_else_moves():
    article, vera = an_article(), an_editor()
    quote = a_quote()
    block = place(article, quote)
    before = publish_article(article, by=vera)
    a_text(article, ordering=40, ru="Недописанный черн")

    amended = withdraw_part("quote", quote.pk, reason_code="request", reasons=WHY, by=vera, at=later(1))

    assert [edition.language for edition in amended] == ["ru", "en"]
    assert journal()[2:] == [(3, "amended", "ru"), (4, "amended", "en")]
    for edition in amended:
        old, new = before[edition.language].document, edition.document
        notice = next(shown for shown in new.blocks if shown.id == str(block.pk))
        assert (notice.quote, notice.required, notice.withdrawn.reason) == (None, True, WHY[edition.language])
        assert [shown for shown in new.blocks if shown.id != notice.id] == [
            shown for shown in old.blocks if shown.id != notice.id
        ]
        assert new.sources == old.sources
        assert quote.text_ru[:20] not in edition.document_json
        assert quote.text_en[:20] not in edition.document_json
        assert "черн" not in edition.document_json
        assert edition.envelope.caused_by.id == str(quote.pk)
    assert stands(article, "en").translation["state"] == "in_step"
    assert list(verify_editions()) == []


def test_a_withdrawn_quote_cannot_be_published_again():
    article, vera = an_article(), an_editor()
    quote = a_quote()
    place(article, quote)
    publish_article(article, by=vera)
    withdraw_part("quote", quote.pk, reason_code="request", reasons=WHY, by=vera, at=later(1))

    with pytest.raises(RefusedError) as refusal:
        publish_article(article, by=vera, at=later(2))

    assert {problem.code for problem in refusal.value.problems} == {"quote-withdrawn"}


def test_an_edition_whose_signature_was_taken_back_does_not_come_back_as_reviewed():
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    signed = sign_text(article, "ru", by=anna)
    publish_article(article, by=vera)
    withdraw("article", article.pk, ["ru", "en"], reason_code="error", reasons=WHY, by=vera, at=later(1))
    take_back(signed, reason="Доза неверна.", by=anna, at=later(2))

    with pytest.raises(RefusedError) as refusal:
        restore("article", article.pk, "ru", note="Снова здесь.", by=vera, at=later(3))

    assert [(problem.code, problem.language) for problem in refusal.value.problems] == [("review-gone", "ru")]
    assert not stands(article, "ru").is_live
    assert restore("article", article.pk, "en", note="Back.", by=vera, at=later(3)).is_live


def test_an_edition_with_a_part_withdrawn_meanwhile_is_not_restored():
    article, vera = an_article(), an_editor()
    quote = a_quote()
    place(article, quote)
    publish_article(article, by=vera)
    withdraw("article", article.pk, ["ru"], reason_code="error", reasons=WHY, by=vera, at=later(1))
    withdraw_part("quote", quote.pk, reason_code="request", reasons=WHY, by=vera, at=later(2))

    with pytest.raises(RefusedError) as refusal:
        restore("article", article.pk, "ru", note="", by=vera, at=later(3))

    assert [problem.code for problem in refusal.value.problems] == ["part-withdrawn"]


def test_a_withdrawn_source_keeps_its_number_and_says_that_it_was_withdrawn():
    article, vera = an_article(), an_editor()
    published = publish_article(article, by=vera)["ru"].document

    amended = withdraw_part("source", published.sources[0].id, reason_code="source", reasons=WHY, by=vera, at=later(1))

    assert [edition.document.sources[0].withdrawn.reason for edition in amended] == [WHY["ru"], WHY["en"]]
    assert amended[0].document.blocks == published.blocks


@pytest.mark.parametrize("code", ["", "unknown"])
def test_a_reason_that_partners_do_not_know_is_refused(code):
    article, vera, quote = an_article(), an_editor(), a_quote()
    place(article, quote)
    publish_article(article, by=vera)

    with pytest.raises(RefusedError, match="reason-code-missing"):
        withdraw_part("quote", quote.pk, reason_code=code, reasons=WHY, by=vera, at=later(1))
    with pytest.raises(RefusedError, match="reason-code-missing"):
        withdraw("article", article.pk, ["ru"], reason_code=code, reasons=WHY, by=vera, at=later(1))

    assert len(journal()) == 2


def test_a_language_that_is_named_twice_is_withdrawn_once():
    article, vera = an_article(), an_editor()
    publish_article(article, by=vera)

    withdraw("article", article.pk, ["ru", "ru"], reason_code="error", reasons=WHY, by=vera, at=later(1))

    assert journal()[2:] == [(3, "withdrawn", "ru")]
