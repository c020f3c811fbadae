"""The page of a changed part: only the difference and the texts that wait for it, confirmed once by a reviewer."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.content.blocks import CareBoxBlock
from articles.content.care import CareBox
from articles.editorial.part_confirmations import PartConfirmation
from articles.editorial.revisions import keep
from tests.factories.desk import an_article, an_editor
from tests.factories.desk_kinds import a_care_box, a_care_service
from tests.factories.reviews import a_reviewer, sign_text
from tests.factories.shelf import later

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> Any:
    return a_reviewer()


@pytest.fixture
def reviewer(client: Client, anna: Any) -> Client:
    client.force_login(anna)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def address(anna: Any) -> str:
    """Two signed articles with a box whose advice was changed since."""
    box = a_care_box(services=[a_care_service("103")])
    for slug in ("first", "second"):
        article = an_article(slug)
        CareBoxBlock.objects.create(parent=article, care_box=box, ordering=30)
        sign_text(article, "ru", by=anna)
    CareBox.objects.update(advice_ru="Позвоните немедленно.")
    return reverse("admin:confirm_part", args=["care_box", box.pk])


def value_of(html: str) -> str:
    found = re.search(r'name="difference" value="([^"]+)"', html)
    assert found
    return found[1]


def test_a_reviewer_sees_the_difference_and_the_texts_and_confirms_it_once(reviewer: Client, address: str) -> None:
    html = reviewer.get(address).content.decode()
    assert re.search(r"<ins>[^<]*немедленно", html)
    assert "2 texts wait for this" in html
    assert address in reviewer.get(reverse("admin:confirm_parts")).content.decode()

    answer = reviewer.post(address, {"difference": value_of(html)}, follow=True).content.decode()

    assert "It counts for every text that carries this part." in answer
    assert "Nothing waits for a confirmation here." in answer
    assert "no signature waits for a changed part" in reviewer.get(reverse("admin:confirm_parts")).content.decode()


def test_who_wrote_the_change_is_told_that_another_has_to_confirm_it(reviewer: Client, address: str, anna: Any) -> None:
    CareBox.objects.update(version=2)
    keep(CareBox.objects.get(), by=anna, at=later(5))
    html = reviewer.get(address).content.decode()
    assert "You wrote at this change yourself." in html

    answer = reviewer.post(address, {"difference": value_of(html)}, follow=True).content.decode()

    assert "another medical reviewer has to confirm it as well" in answer
    assert "2 texts wait for this" in answer


@pytest.mark.parametrize("sent", ["", "x", "care_box:1|ru|a|b", "|||", "a|b|c|d|e"])
def test_what_does_not_wait_is_refused_in_words(reviewer: Client, address: str, sent: str) -> None:
    answer = reviewer.post(address, {"difference": sent})

    assert answer.status_code == 422
    assert "Nothing was confirmed:" in answer.content.decode()
    assert not PartConfirmation.objects.exists()


def test_only_reviewers_see_it_and_only_of_what_is_shared(reviewer: Client, address: str) -> None:
    article = an_article("third")
    assert reviewer.get(reverse("admin:confirm_part", args=["article", article.pk])).status_code == 404
    assert reviewer.get(reverse("admin:confirm_part", args=["care_box", article.pk])).status_code == 404

    reviewer.force_login(an_editor())
    assert reviewer.get(address).status_code == 403
    assert reviewer.post(address, {"difference": ""}).status_code == 403
    assert reviewer.get(reverse("admin:confirm_parts")).status_code == 403


def test_whoever_confirmed_a_change_takes_it_back_with_a_reason_and_so_does_an_administrator(
    reviewer: Client, address: str, administrator: Any
) -> None:
    page = f"{address}confirmed/"
    assert page in reviewer.get(address).content.decode()
    reviewer.post(address, {"difference": value_of(reviewer.get(address).content.decode())})
    row = PartConfirmation.objects.get()
    html = reviewer.get(page).content.decode()
    assert "the wording that the desk holds now" in html
    assert f'value="{row.pk}"' in html

    silent = reviewer.post(page, {"confirmation": row.pk, f"why_{row.pk}": " "})
    assert (silent.status_code, "Say why the confirmation is taken back." in silent.content.decode()) == (422, True)
    boris = Client()
    boris.force_login(a_reviewer("boris"))
    assert "Take the confirmation back" not in boris.get(page, headers={"accept-language": "en"}).content.decode()
    assert boris.post(page, {"confirmation": row.pk, f"why_{row.pk}": "Нет."}).status_code == 403

    boris.force_login(administrator)
    assert boris.post(page, {"confirmation": row.pk, f"why_{row.pk}": "Не тот номер."}).status_code == 302
    assert "Не тот номер." in reviewer.get(page).content.decode()
    assert "2 texts wait for this" in reviewer.get(address).content.decode()
    assert reviewer.post(page, {"confirmation": "9" * 30}).status_code == 404
