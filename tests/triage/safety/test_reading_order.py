"""Pages of the questions for somebody who hears them, enlarges them, or has them translated by a browser."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from articles.canonical.languages import LANGUAGES, Language
from tests.factories.triage import shelve_protocol
from tests.triage.pages.walking import Walk

pytestmark = pytest.mark.django_db


@pytest.fixture(params=LANGUAGES)
def walk(request: pytest.FixtureRequest, client: Client, settings: Any) -> Walk:
    cache.clear()
    settings.TRIAGE_DEMONSTRATION = True
    shelve_protocol()
    return Walk(client, request.param)


def test_the_number_to_call_comes_before_the_question_and_the_danger_signs_are_on_its_page(walk: Walk) -> None:
    signs: dict[Language, str] = {"ru": "моча цвета колы", "en": "cola-coloured urine"}
    html = walk.start().response.content.decode().replace("\u00a0", " ")
    assert html.index('href="tel:103"') < html.index("<legend>")
    assert signs[walk.language] in html
    outcome = walk.through().response.content.decode()
    assert outcome.index('href="tel:103"') < outcome.index("<h1")


def test_nothing_is_said_by_colour_alone_and_a_mistake_is_announced(walk: Walk) -> None:
    walk.start().answer()
    (alert,) = walk.page.all("div", role="alert")
    assert alert
    # The way from the message to what it is about.
    html = walk.response.content.decode()
    target = walk.page.all("input", name="answer")[0].attributes["id"]
    assert f'href="#{target}"' in html
    assert 'aria-describedby="how fault"' in html


def test_every_page_says_its_language(walk: Walk) -> None:
    pages = [walk.client.get(f"/{walk.language}/triage/leg-cramp-triage/"), walk.start().response]
    pages.append(walk.through().response)
    assert [f'<html lang="{walk.language}">' in page.content.decode() for page in pages] == [True] * 3
    assert {page["Content-Language"] for page in pages} == {walk.language}
