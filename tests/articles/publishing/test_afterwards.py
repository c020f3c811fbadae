"""A shared part that was exchanged for safety in reviewed texts waits for the review that it went past."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.content.blocks import CareBoxBlock
from articles.content.care import CareBox, CareService
from articles.content.texts import Article
from articles.editions.shelf import Standing
from articles.editions.store import Part
from articles.editorial.revisions import keep
from articles.editorial.transitions import history
from articles.publishing.afterwards import urgent_unreviewed
from articles.publishing.drift import republish_changed
from articles.publishing.impact import impact, propagate
from articles.publishing.withdraw import withdraw, withdraw_part
from tests.factories.desk import a_quote, an_article, an_editor, place
from tests.factories.desk_kinds import a_care_box, a_care_service
from tests.factories.reviews import a_reviewer, confirm_all, sign_text
from tests.factories.shelf import later, publish_article

pytestmark = pytest.mark.django_db

NOTES: Any = {"ru": "Теперь звонить 112.", "en": "Call 112 now."}


@pytest.fixture
def anna() -> Any:
    return a_reviewer()


@pytest.fixture
def vera() -> Any:
    return an_editor()


@pytest.fixture
def box() -> CareBox:
    return a_care_box(services=[a_care_service("103")])


def reviewed(box: CareBox, anna: Any, vera: Any, slug: str = "first") -> Article:
    article = an_article(slug)
    CareBoxBlock.objects.create(parent=article, care_box=box, ordering=30)
    for language in ("ru", "en"):
        sign_text(article, language, by=anna)
    publish_article(article, by=vera)
    return article


def send_out(box: CareBox, vera: Any, change_class: Any = "safety", minutes: int = 5) -> None:
    CareService.objects.update(number="112")
    [service] = box.services.all()
    found = impact(Part("care_service", str(service.pk)))
    seen = [text.seen for text in found.texts]
    propagate(found.part, change_class=change_class, notes=NOTES, seen=seen, by=vera, at=later(minutes))


def waiting() -> list[tuple[Any, str, str]]:
    return [(one.standing.item, one.standing.language, one.why) for one in urgent_unreviewed()]


def test_every_reviewed_text_waits_after_an_exchange_for_safety_until_its_difference_is_confirmed_once(
    box: CareBox, anna: Any, vera: Any
) -> None:
    texts = [reviewed(box, anna, vera, slug) for slug in ("first", "second")]
    send_out(box, vera)

    assert sorted(waiting()) == sorted((text.pk, code, NOTES[code]) for text in texts for code in ("ru", "en"))
    assert {one.since for one in urgent_unreviewed()} == {later(5)}
    # The way of the texts themselves is not touched by it.
    assert all(step.act == "publish" for step in history(texts[0].pk, "ru"))

    confirm_all("care_service", box.services.get().pk, by=anna)
    assert waiting() == []


def test_what_the_sender_confirms_alone_is_not_reviewed(box: CareBox, anna: Any, vera: Any) -> None:
    reviewed(box, anna, vera)
    keep(box.services.get(), by=anna, at=later(1))
    send_out(box, vera)

    confirm_all("care_service", box.services.get().pk, by=anna)
    assert len(waiting()) == 2
    confirm_all("care_service", box.services.get().pk, by=a_reviewer("boris"))
    # Anna wrote at what she signed; nobody else has signed the text.
    assert len(waiting()) == 2


def test_what_no_reviewer_ever_signed_went_past_no_review(box: CareBox, vera: Any) -> None:
    article = an_article()
    CareBoxBlock.objects.create(parent=article, care_box=box, ordering=30)
    publish_article(article, by=vera)
    send_out(box, vera)

    assert waiting() == []


def test_one_text_alone_waits_too_and_waits_no_more_once_it_is_published_or_gone(
    box: CareBox, anna: Any, vera: Any
) -> None:
    one, other = reviewed(box, anna, vera), reviewed(box, anna, vera, "second")
    CareService.objects.update(number="112")
    part = Part("care_service", str(box.services.get().pk))
    for article in (one, other):
        republish_changed(article.pk, [part], change_class="safety", notes=NOTES, by=vera, at=later(5))
    assert len(waiting()) == 4

    for language in ("ru", "en"):
        sign_text(one, language, by=anna, at=later(6))
    assert {item for item, _language, _why in waiting()} == {other.pk}
    withdraw("article", other.pk, ["ru"], reason_code="request", reasons={"ru": "Снято."}, by=vera, at=later(7))
    assert [(item, language) for item, language, _why in waiting()] == [(other.pk, "en")]


def test_the_notice_in_the_place_of_a_dangerous_quote_waits_for_a_reviewer(anna: Any, vera: Any) -> None:
    article, quote = an_article(), a_quote()
    block = place(article, quote)
    sign_text(article, "ru", by=anna)
    publish_article(article, by=vera, languages=["ru"])
    why = {"ru": "Совет опасен.", "en": "The advice is dangerous."}
    withdraw_part("quote", quote.pk, reason_code="safety", reasons=why, by=vera, at=later(5))
    assert waiting() == [(article.pk, "ru", "Совет опасен.")]

    block.delete()
    sign_text(article, "ru", by=anna, at=later(6))
    publish_article(article, by=vera, languages=["ru"], change_class="update", at=later(7))
    assert waiting() == []
    assert Standing.objects.get().edition.envelope.review.state == "reviewed"


def test_the_list_asks_no_more_of_many_texts_than_of_one(box: CareBox, anna: Any, vera: Any) -> None:
    for slug in ("first", "second", "third"):
        reviewed(box, anna, vera, slug)
    send_out(box, vera)
    with CaptureQueriesContext(connection) as of_open:
        assert len(urgent_unreviewed()) == 6
    confirm_all("care_service", box.services.get().pk, by=anna)

    with CaptureQueriesContext(connection) as of_confirmed:
        assert urgent_unreviewed() == []
    assert max(len(of_open), len(of_confirmed)) <= 8
