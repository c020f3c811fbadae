"""Problem documents."""

import json

import pytest
from django.utils import translation

from articles.answers.problems import MEDIA_TYPE, TYPES, problem, problem_response
from articles.canonical.languages import LANGUAGES


@pytest.mark.parametrize("name", TYPES)
def test_every_type_says_what_is_wrong_and_how_to_put_it_right(name: str) -> None:
    for language in LANGUAGES:
        document = problem(name, language)
        assert document["type"] == f"http://testserver/api/v1/problems/{name}/"
        assert document["status"] == TYPES[name].status
        assert document["title"]
        assert document["fix"]
        assert problem_response(document, language).status_code == TYPES[name].status


def test_a_problem_is_told_in_the_language_asked_for_whatever_language_is_active() -> None:
    with translation.override("ru"):
        expected = str(TYPES["not-found"].title)
    with translation.override("en"):
        assert problem("not-found", "ru")["title"] == expected
        assert translation.get_language() == "en"


def test_the_answer_names_its_form_and_language_and_is_not_shared_between_languages() -> None:
    response = problem_response(problem("unknown-parameter", "en", "langg", errors=[]), "en")
    assert response["Content-Type"] == MEDIA_TYPE
    assert response["Content-Language"] == "en"
    assert response["Cache-Control"] == "no-store"
    assert "Accept-Language" in response["Vary"]
    assert json.loads(response.content)["detail"] == "langg"


def test_a_lone_surrogate_in_a_detail_does_not_break_the_answer() -> None:
    response = problem_response(problem("not-found", "en", "\ud800"), "en")
    assert json.loads(response.content)["detail"] == "?"


def test_there_is_no_problem_of_an_unknown_type() -> None:
    with pytest.raises(KeyError):
        problem("teapot", "en")
