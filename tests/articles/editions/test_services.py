"""Whom to call: pages without a text of their own follow what live texts say."""

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.utils.translation import override

from articles.content.care import CareBox, CareService
from articles.content.texts import Article
from articles.editions import noting, prepared
from articles.editions.care import Call, emergency_words, known_calls
from articles.editions.services import known_services, read_once
from articles.publishing.withdraw import restore, withdraw
from tests.factories.desk import NOON, an_article
from tests.factories.desk_kinds import CareBoxBlock, a_care_box, a_care_service
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def box() -> CareBox:
    return a_care_box(
        services=[a_care_service("103", position=1), a_care_service("104", country="KZ", note_en="in Kazakhstan")]
    )


@pytest.fixture
def article(box: CareBox) -> Article:
    article = an_article()
    CareBoxBlock.objects.create(parent=article, ordering=5, care_box=box)
    return article


def in_english() -> str:
    with override("en"):
        return emergency_words("en")


def test_before_anything_is_live_the_first_numbers_stand() -> None:
    assert in_english() == "112, 999 in the UK or 103 in Russia"
    assert known_calls("ru") == [Call("103", ""), Call("112", "")]


def test_a_live_text_tells_every_page_whom_to_call(article: Article, editor: User) -> None:
    publish_article(article, by=editor)

    assert in_english() == "103 in Russia or 104 in Kazakhstan"
    assert [call.number for call in known_calls("ru")] == ["103", "104"]


def test_a_draft_tells_nobody(article: Article, editor: User) -> None:
    publish_article(article, by=editor)
    CareService.objects.filter(number="103").update(number="105")

    assert "103" in in_english()


def test_a_number_that_was_published_anew_is_known_in_its_language_only(article: Article, editor: User) -> None:
    publish_article(article, by=editor)
    CareService.objects.filter(number="103").update(number="105")
    publish_article(article, by=editor, languages=["en"])

    assert in_english() == "105 in Russia or 104 in Kazakhstan"
    assert known_calls("ru")[0].number == "103"


def test_an_older_text_that_is_touched_does_not_bring_an_old_number_back(
    article: Article, box: CareBox, editor: User
) -> None:
    other = an_article("other")
    CareBoxBlock.objects.create(parent=other, ordering=5, care_box=box)
    publish_article(article, by=editor)
    publish_article(other, by=editor)
    CareService.objects.filter(number="103").update(number="105")
    publish_article(article, by=editor)
    quiet = withdraw("article", other.pk, ["en"], reason_code="error", reasons={"en": "Wrong."}, by=editor, at=NOON)

    assert quiet
    assert "105" in in_english()


def test_what_no_live_text_shows_is_forgotten_and_comes_back_with_it(article: Article, editor: User) -> None:
    publish_article(article, by=editor)
    withdraw("article", article.pk, ["en"], reason_code="error", reasons={"en": "Wrong."}, by=editor, at=NOON)

    assert "104" not in in_english()
    assert [call.number for call in known_calls("ru")] == ["103", "104"]

    restore("article", article.pk, "en", note="It was right.", by=editor, at=NOON)

    assert "104" in in_english()


def test_within_one_answer_they_are_read_once(django_assert_num_queries) -> None:
    with django_assert_num_queries(1), read_once():
        known_services("ru")
        known_services("ru")


def test_a_text_that_is_put_back_does_not_bring_an_old_number_back(
    article: Article, box: CareBox, editor: User
) -> None:
    other = an_article("other")
    CareBoxBlock.objects.create(parent=other, ordering=5, care_box=box)
    publish_article(article, by=editor)
    publish_article(other, by=editor)
    withdraw("article", article.pk, ["en"], reason_code="error", reasons={"en": "Wrong."}, by=editor, at=NOON)
    CareService.objects.filter(number="103").update(number="105")
    publish_article(other, by=editor)

    restore("article", article.pk, "en", note="It was right.", by=editor, at=NOON)

    assert in_english() == "105 in Russia or 104 in Kazakhstan"


def test_a_number_that_was_set_back_at_the_desk_is_known_again_from_the_next_text_that_says_it(
    article: Article, box: CareBox, editor: User
) -> None:
    other = an_article("other")
    CareBoxBlock.objects.create(parent=other, ordering=5, care_box=box)
    publish_article(article, by=editor)
    CareService.objects.filter(number="103").update(number="105")
    publish_article(other, by=editor)
    CareService.objects.filter(number="105").update(number="103")
    Article.objects.filter(pk=article.pk).update(summary_ru="О другом.", summary_en="About another thing.")
    publish_article(article, by=editor)

    assert in_english() == "103 in Russia or 104 in Kazakhstan"
    assert known_calls("ru")[0].number == "103"


def test_what_stands_in_for_a_shelf_that_cannot_be_read_is_kept_of_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where several answers are made of one reading: the second reads nothing any more."""

    def away(*_: object) -> None:
        raise OperationalError

    monkeypatch.setattr(prepared.KNOWN, "rows", away)
    with read_once():
        for _ in range(2):
            with noting.recorded() as notes:
                known_services("ru")
            assert not notes.is_kept
