"""What a shared object says, for whoever places it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.articles.admin.desk.browser import Desk, address
from tests.factories.desk import NOON, a_quote
from tests.factories.desk_kinds import a_care_box, a_picture, an_evidence_table, some_accounts

pytestmark = pytest.mark.any_database


def _shown(desk: Desk, kind: str, obj) -> str:
    answer = desk.client.get(reverse("admin:shown_part", args=[kind]), {"id": str(obj.pk)})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "make", "words"),
    [
        ("quote", a_quote, ["По словам невролога", "According to the neurologist", "Anna Testova"]),
        ("care_box", a_care_box, ["трудно дышать", "breathing is hard", "103"]),
        ("evidence_table", an_evidence_table, ["Растяжка", "Stretching", "may help"]),
        ("accounts", some_accounts, ["Источники порядка не устанавливают.", "The sources set no order."]),
        ("picture", a_picture, ["Человек тянет носок на себя", "A person pulls the toes up"]),
    ],
)
def test_an_object_is_shown_in_both_languages_with_a_way_to_its_form(desk: Desk, kind: str, make, words: list) -> None:
    obj = make()
    page = _shown(desk, kind, obj).replace("\u00a0", " ")
    assert [word for word in words if word not in page] == []
    assert f'href="{address(obj, "change")}"' in page
    assert "СЕКРЕТНАЯ" not in page


def test_each_side_speaks_its_own_language_whatever_that_of_the_desk_is(desk: Desk) -> None:
    page = _shown(desk, "evidence_table", an_evidence_table())
    russian, english = page.split('<span class="language-mark">EN')
    assert "может помочь" in russian.replace("\u00a0", " ")
    assert "may help" not in russian
    assert "may help" in english


def test_a_language_without_words_says_so(desk: Desk) -> None:
    page = _shown(desk, "care_box", a_care_box(title_ru="", triggers_ru=""))
    assert page.count("Nothing in this language yet.") == 1


def test_what_the_object_lacks_is_said_beside_its_words(desk: Desk) -> None:
    assert "holds {number}" in _shown(desk, "care_box", a_care_box(advice_en="Call {number}."))


def test_a_withdrawn_quote_says_so(desk: Desk) -> None:
    assert "Withdrawn: readers see a notice in its place." in _shown(desk, "quote", a_quote(withdrawn_at=NOON))


@pytest.mark.parametrize("id", ["", "x", "5f1d7a0e-3a53-4d0e-9a52-6d2a0c1b7e11"])
def test_what_is_not_there_is_not_found(desk: Desk, id: str) -> None:
    assert desk.client.get(reverse("admin:shown_part", args=["quote"]), {"id": id}).status_code == 404


def test_kinds_that_no_block_places_are_not_found(desk: Desk) -> None:
    assert desk.client.get(reverse("admin:shown_part", args=["source"]), {"id": "x"}).status_code == 404


def test_nobody_without_the_right_sees_it(desk: Desk, client, django_user_model) -> None:
    quote = a_quote()
    client.force_login(django_user_model.objects.create_user("guest", is_staff=True))
    assert client.get(reverse("admin:shown_part", args=["quote"]), {"id": str(quote.pk)}).status_code == 403
