from __future__ import annotations

from django.test import Client
from django.urls import reverse

from tests.articles.admin.desk.browser import Desk
from tests.factories.desk import NOON, a_quote, a_source, an_article
from tests.factories.desk_kinds import a_condition, a_question, a_term
from triage.protocols.tables import Protocol


def _found(desk: Desk, page: str, **asked: str) -> list[str]:
    return [row["name"] for row in desk.client.get(reverse(f"admin:{page}"), asked).json()["results"]]


def test_a_source_is_found_by_author_year_and_words_of_its_title(desk: Desk) -> None:
    a_source(authors="Allen, R. E.", issued="2012", title="Nocturnal leg cramps")
    a_source(authors="Miller, T.", issued="2022", title="Exercise cramps")
    assert _found(desk, "find_sources", q="allen 2012") == ["Allen 2012"]
    assert _found(desk, "find_sources", q="NOCTURNAL") == ["Allen 2012"]
    assert _found(desk, "find_sources", q="cramps") == ["Allen 2012", "Miller 2022"]
    assert _found(desk, "find_sources", q="allen 2022") == []


def test_cyrillic_is_found_whatever_the_case(desk: Desk) -> None:
    a_source(authors="", publisher="Мослента", issued="2026", title="Судороги НОЧЬЮ")
    assert _found(desk, "find_sources", q="мосЛЕНТА судороги ночью") == ["Мослента 2026"]


def test_a_withdrawn_source_is_not_offered(desk: Desk) -> None:
    a_source(withdrawn_at=NOON)
    assert _found(desk, "find_sources", q="") == []


def test_a_source_is_named_by_its_id_and_a_wrong_id_names_none(desk: Desk) -> None:
    source = a_source()
    assert _found(desk, "find_sources", id=str(source.id)) == ["Sample 2012"]
    assert _found(desk, "find_sources", id="'; drop") == []


def test_an_article_is_found_by_either_title(desk: Desk) -> None:
    an_article()
    assert _found(desk, "find_items", q="СУДОРОГИ") == ["Cramps in tests"]
    assert _found(desk, "find_items", q="cramps tests") == ["Cramps in tests"]
    assert _found(desk, "find_items", q="\x00") == ["Cramps in tests"]


def test_a_protocol_is_found_like_any_text(desk: Desk) -> None:
    Protocol.objects.create(title_ru="Судорога: нужен ли врач", title_en="A cramp: do I need a doctor?")
    answer = desk.client.get(reverse("admin:find_items"), {"q": "нужен ли"}).json()["results"]
    assert [(one["kind"], one["name"]) for one in answer] == [("protocol", "A cramp: do I need a doctor?")]


def test_signs_of_patterns_are_only_signs(desk: Desk) -> None:
    a_source(title="100 % of cramps")
    a_source(title="Ten cramps", authors="Ten, A.")
    assert _found(desk, "find_sources", q="%") == ["Sample 2012"]
    assert _found(desk, "find_sources", q="_") == []


def test_lookups_and_paste_are_for_editors(client: Client, django_user_model) -> None:
    client.force_login(django_user_model.objects.create_user("guest", is_staff=True))
    assert client.get(reverse("admin:find_sources")).status_code == 403
    assert client.get(reverse("admin:find_items")).status_code == 403
    assert client.post(reverse("admin:paste"), {"html": "<p>x</p>"}).status_code == 403


def test_quotes_are_picked_by_the_speaker_in_any_case(desk: Desk) -> None:
    a_quote()
    a_quote(withdrawn_at=NOON, text_en="A withdrawn quote is not offered.")
    asked = {"app_label": "articles", "model_name": "quoteblock", "field_name": "quote", "term": "ПРОВЕРОЧНАЯ"}
    answer = desk.client.get(reverse("admin:autocomplete"), asked)
    assert [row["text"] for row in answer.json()["results"]] == [
        "Anna Testova: According to the neurologist, a cramp passes by itself."
    ]


def test_a_question_that_says_it_in_its_title_is_offered_first(desk: Desk) -> None:
    a_question("prevention", title_ru="Как предупредить?", title_en="Can they be prevented?", summary_en="No quinine.")
    a_question("quinine", title_ru="Хинин", title_en="Should I take quinine?")
    asked = {"app_label": "articles", "model_name": "relatedblock", "field_name": "questions", "term": "quinine"}
    answer = desk.client.get(reverse("admin:autocomplete"), asked)
    assert [row["text"] for row in answer.json()["results"]] == ["Should I take quinine?", "Can they be prevented?"]
    before_typing = desk.client.get(reverse("admin:autocomplete"), asked | {"term": " "})
    assert len(before_typing.json()["results"]) == 2


def test_a_text_is_offered_as_its_conditions_only_terms_with_a_code_by_name_or_code(desk: Desk) -> None:
    a_condition()
    a_term(title_en="Restless nights")
    asked = {"app_label": "articles", "model_name": "text", "field_name": "conditions"}

    for term in ("restless", "g25", "БЕСПОКОЙНЫЕ"):
        answer = desk.client.get(reverse("admin:autocomplete"), asked | {"term": term})
        assert [row["text"] for row in answer.json()["results"]] == ["Restless legs"]
