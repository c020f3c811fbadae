"""One reviewer reads what changed in a shared part, and every text that carries it is signed again, and no other."""

from typing import Any

import pytest

from articles.content.blocks import CareBoxBlock
from articles.content.care import CareBox, CareService
from articles.content.experts import Expert
from articles.content.texts import Article
from articles.editions.shelf import Standing
from articles.editions.store import Part
from articles.editorial.audit import AuditEntry
from articles.editorial.part_confirmations import PartConfirmation, history
from articles.editorial.revisions import keep
from articles.editorial.roles import NotAllowedError
from articles.publishing.compose import compose
from articles.publishing.confirming import (
    confirm,
    differences,
    shown,
    signed_last,
    take_back,
    waiting_differences,
)
from articles.publishing.covering import digests_held, signatures_holding
from articles.publishing.digests import substances
from articles.publishing.preflight import preflight
from articles.publishing.problems import RefusedError
from articles.publishing.publish import Decision, Terms, publish
from articles.publishing.reviewing import last_signed, unsigned
from tests.factories.desk import NOON, a_quote, an_article, an_editor, place
from tests.factories.desk_kinds import a_care_box, a_care_service
from tests.factories.erasure import erase, words_of
from tests.factories.reviews import a_reviewer, confirm_all, sign_text
from tests.factories.shelf import later

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return a_reviewer()


@pytest.fixture
def scene(anna):
    """One box with 103 in two articles, both signed in both languages."""
    box = a_care_box(services=[a_care_service("103")])
    articles = [an_article(), an_article("second")]
    for article in articles:
        CareBoxBlock.objects.create(parent=article, care_box=box, ordering=30)
        for language in ("ru", "en"):
            sign_text(article, language, by=anna)
    return box, articles


def are_signed(articles: list[Article], language: str = "ru") -> list[bool]:
    texts = Article.objects.in_bulk([one.pk for one in articles])
    found = [compose(texts[one.pk], language).document for one in articles]  # type: ignore[arg-type]
    return [bool(signatures_holding(one.pk, language, text)) for one, text in zip(articles, found, strict=True)]  # type: ignore[arg-type]


def test_one_confirmation_covers_every_text_that_carries_the_part_in_its_language(scene: Any, anna: Any) -> None:
    box, articles = scene
    CareBox.objects.update(advice_ru="Позвоните сразу.")
    assert (are_signed(articles), are_signed(articles, "en")) == ([False, False], [True, True])

    [one] = differences(Part("care_box", str(box.pk)))
    assert (one.language, [basis.item for basis in one.bases]) == ("ru", [article.pk for article in articles])
    [seen] = shown([one], to=anna)
    assert set(seen.fields()) == {"advice"}
    confirm(one.part, *one.key, by=anna, at=later(1))

    assert (are_signed(articles), differences(one.part)) == ([True, True], [])
    assert unsigned(list(Article.objects.all())) == []
    [row] = PartConfirmation.objects.all()
    assert (row.kind, row.part, row.language, row.is_own) == ("care_box", box.pk, "ru", False)
    trail = AuditEntry.objects.get(act="part-confirmed")
    assert (trail.done_by, trail.kind, trail.about, trail.detail) == (anna, "care_box", str(box.pk), "ru")


def test_a_later_change_of_the_part_waits_again_and_so_does_a_word_beside_it(scene: Any, anna: Any) -> None:
    box, articles = scene
    CareBox.objects.update(advice_ru="Позвоните сразу.")
    confirm_all("care_box", box.pk, by=anna)
    CareBox.objects.update(advice_ru="Подождите до утра.")
    assert are_signed(articles) == [False, False]
    confirm_all("care_box", box.pk, by=anna)
    assert are_signed(articles) == [True, True]

    Article.objects.filter(pk=articles[0].pk).update(summary_ru="Иначе.")
    assert are_signed(articles) == [False, True]


def test_what_was_confirmed_is_no_way_back(scene: Any, anna: Any) -> None:
    box, articles = scene
    before = CareBox.objects.get().advice_ru
    CareBox.objects.update(advice_ru="Позвоните сразу.")
    confirm_all("care_box", box.pk, by=anna)
    for article in articles:
        sign_text(article, "ru", by=a_reviewer(f"boris-{article.slug_en}"))
    CareBox.objects.update(advice_ru=before)

    # The old words were signed themselves; only the signatures on the new ones do not hold for them.
    found = compose(Article.objects.get(pk=articles[0].pk), "ru").document
    assert {row.reviewer for row in signatures_holding(articles[0].pk, "ru", found)} == {anna}


def test_a_service_that_comes_into_the_box_is_confirmed_with_it_and_by_itself(scene: Any, anna: Any) -> None:
    box, articles = scene
    box.services.add(a_care_service("112", country="EU"))
    page = Part("care_box", str(box.pk))
    found = {(one.part.kind, one.before == ""): one for one in differences(page) if one.language == "ru"}
    assert set(found) == {("care_box", False), ("care_service", True)}

    confirm(page, *found["care_box", False].key, by=anna, at=later(1))
    assert are_signed(articles) == [False, False]
    service = found["care_service", True]
    confirm(service.part, *service.key, by=anna, at=later(1))
    assert are_signed(articles) == [True, True]


def test_who_wrote_the_change_is_not_the_only_one_to_confirm_it(scene: Any, anna: Any) -> None:
    box, articles = scene
    CareBox.objects.update(advice_ru="Позвоните сразу.", version=2)
    keep(CareBox.objects.get(), by=anna, at=later(5))

    [own] = confirm_all("care_box", box.pk, by=anna, at=later(6))
    assert (own.is_own, are_signed(articles)) == (True, [False, False])

    [other] = confirm_all("care_box", box.pk, by=a_reviewer("boris"), at=later(7))
    assert (other.is_own, are_signed(articles)) == (False, [True, True])


def test_who_wrote_words_that_a_colleague_brings_back_is_their_author_all_the_same(scene: Any, anna: Any) -> None:
    box, articles = scene
    own, vera = a_reviewer("boris"), an_editor()
    CareBox.objects.update(advice_ru="Подождите до утра.", version=2)
    keep(CareBox.objects.get(), by=own, at=later(-5))
    CareBox.objects.update(advice_ru="Позвоните сразу.", version=3)
    keep(CareBox.objects.get(), by=vera, at=later(-4))
    for article in articles:
        sign_text(article, "ru", by=anna)
    CareBox.objects.update(advice_ru="Подождите до утра.", version=4)
    keep(CareBox.objects.get(), by=vera, at=later(5))

    waiting = [one for one in differences(Part("care_box", str(box.pk))) if one.language == "ru"]
    assert waiting
    for one in waiting:
        assert confirm(one.part, *one.key, by=own, at=later(6)).is_own
    assert are_signed(articles) == [False, False]


def test_a_confirmation_is_taken_back_with_a_reason_and_may_be_given_anew(scene: Any, anna: Any) -> None:
    box, articles = scene
    CareBox.objects.update(advice_ru="Позвоните сразу.")
    [row] = confirm_all("care_box", box.pk, by=anna)
    publish("article", articles[0].pk, {"ru": Terms()}, decision=Decision(""), by=an_editor(), at=later(1))
    with pytest.raises(RefusedError):
        take_back(row, reason=" ", by=anna, at=later(2))

    take_back(row, reason="Не тот номер.", by=anna, at=later(2))
    take_back(row, reason="Ещё раз.", by=anna, at=later(3))

    assert are_signed(articles) == [False, False]
    assert [one.language for one in differences(Part("care_box", str(box.pk)))] == ["ru"]
    # Readers see the text as reviewed until it is published again, and it is known that this is so no more.
    live = Standing.objects.select_related("edition").get(language="ru").edition
    assert live.envelope.review.state == "reviewed"
    assert preflight("article", articles[0], ["ru"])["ru"].is_newly_reviewed
    [revoked] = history(box.pk)
    assert (revoked.revocation.reason, revoked.revocation.revoked_by) == ("Не тот номер.", anna)
    trail = AuditEntry.objects.get(act="part-unconfirmed")
    assert (trail.done_by, trail.about, trail.detail) == (anna, str(box.pk), "ru")

    confirm_all("care_box", box.pk, by=anna, at=later(4))
    assert are_signed(articles) == [True, True]
    assert len(history(box.pk)) == 2


def test_what_was_confirmed_twice_at_once_is_taken_back_once_and_never_what_was_confirmed_anew(
    scene: Any, anna: Any
) -> None:
    box, articles = scene
    CareBox.objects.update(advice_ru="Позвоните сразу.")
    [row] = confirm_all("care_box", box.pk, by=anna)
    twin = PartConfirmation.objects.get(pk=row.pk)
    twin.pk = None
    twin.save(force_insert=True)

    take_back(row, reason="Не то.", by=anna, at=later(1))
    assert are_signed(articles) == [False, False]

    confirm_all("care_box", box.pk, by=anna, at=later(2))
    take_back(row, reason="Не то.", by=anna, at=later(3))
    assert are_signed(articles) == [True, True]


def test_only_who_confirmed_it_and_an_administrator_take_a_confirmation_back(
    scene: Any, anna: Any, administrator: Any
) -> None:
    box, articles = scene
    CareBox.objects.update(advice_ru="Позвоните сразу.")
    [row] = confirm_all("care_box", box.pk, by=anna)
    for somebody_else in (a_reviewer("boris"), an_editor("max")):
        with pytest.raises(NotAllowedError):
            take_back(row, reason="Не согласен.", by=somebody_else, at=later(2))
    assert are_signed(articles) == [True, True]

    take_back(row, reason="Ошибка.", by=administrator, at=later(2))
    assert are_signed(articles) == [False, False]


def test_an_erasure_reaches_why_a_confirmation_was_taken_back(anna: Any, administrator: Any) -> None:
    article, quote = an_article(), a_quote()
    block = place(article, quote)
    sign_text(article, "ru", by=anna)
    type(quote).objects.update(text_ru="Сказано иначе.")
    [row] = confirm_all("quote", quote.pk, by=anna)
    take_back(row, reason="СЕКРЕТНОЕ СЛОВО", by=anna, at=later(1))
    block.delete()
    erase(type(quote).objects.get(), "quote", an_editor(), administrator)

    assert [one.revocation.reason for one in history(quote.pk)] == [""]


def test_only_what_waits_is_confirmed_and_only_by_reviewers(scene: Any, anna: Any) -> None:
    box, _articles = scene
    part = Part("care_box", str(box.pk))
    with pytest.raises(NotAllowedError):
        confirm(part, part, "ru", "a", "b", by=an_editor(), at=later(1))
    with pytest.raises(RefusedError) as refusal:
        confirm(part, part, "ru", "a" * 64, "b" * 64, by=anna, at=later(1))
    assert [problem.code for problem in refusal.value.problems] == ["part-changed-meanwhile"]


def test_lists_and_pages_ask_for_the_same_whatever_the_number_of_texts(
    scene: Any, anna: Any, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    _box, articles = scene
    CareService.objects.update(number="112")
    with django_assert_max_num_queries(60) as few:
        assert len(waiting_differences(signed_last())) == 2
    for number in range(4):
        article = an_article(f"more-{number}")
        CareBoxBlock.objects.create(parent=article, care_box=_box, ordering=30)
        sign_text(article, "ru", by=anna)
    CareService.objects.update(number="103")
    CareService.objects.update(number="113")
    with django_assert_num_queries(len(few)):
        found = waiting_differences(signed_last())
    assert sum(len(one.bases) for one in found) == 8
    known = substances(list(Article.objects.all()))
    assert all(len(held) == 1 for held in digests_held(known).values())
    assert len(articles) == 2


def test_a_review_is_told_to_readers_again_once_the_difference_is_confirmed(scene: Any, anna: Any) -> None:
    box, articles = scene
    CareService.objects.update(number="112")
    with pytest.raises(RefusedError):
        publish("article", articles[0].pk, {"ru": Terms()}, decision=Decision(""), by=an_editor(), at=later(1))

    confirm_all("care_service", box.services.get().pk, by=anna, at=later(2))
    vera = an_editor("boris")
    [edition] = publish(
        "article", articles[0].pk, {"ru": Terms()}, decision=Decision(""), by=vera, at=later(3)
    ).values()
    assert edition.envelope.review.state == "reviewed"
    assert "112" in edition.document_json


def test_an_erasure_reaches_the_signed_words_of_every_text_that_carried_the_part(anna: Any, administrator: Any) -> None:
    article, quote = an_article(), a_quote(text_ru="По словам невролога, СКАЗАННОЕ прошло.")
    block = place(article, quote)
    signed = sign_text(article, "ru", by=anna)
    assert words_of("СКАЗАННОЕ") >= {"articles.SignedText.document_json"}
    block.delete()

    erase(quote, "quote", an_editor(), administrator)

    assert not words_of("СКАЗАННОЕ")
    assert last_signed(article.pk, "ru") == (signed, None)


def test_a_person_that_is_erased_leaves_the_signed_words_of_its_own_page(anna: Any, administrator: Any) -> None:
    vera = an_editor()
    person = a_quote().expert
    assert person is not None
    person.quotes.all().delete()
    Expert.objects.update(
        slug_ru="anna-ru", slug_en="anna", biography_ru="СЛОВА О НЕЙ", part="participates",
        disclosure="none_declared", disclosed_on=NOON.date(), disclosed_by_ru="она сама",
    )  # fmt: skip
    sign_text(person, "ru", by=anna)

    erase(Expert.objects.get(), "expert", vera, administrator)

    assert not words_of("СЛОВА О НЕЙ")
