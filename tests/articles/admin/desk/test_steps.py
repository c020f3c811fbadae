"""How the languages of a text stand in its form and in lists, and “still correct” in one click."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.content.blocks import HeadingBlock
from articles.content.texts import Article
from articles.editorial.confirmations import Confirmation, confirmed
from articles.publishing.steps import item_steps
from tests.articles.admin.desk.browser import Desk, address
from tests.factories.desk import a_quote, a_text, an_article, an_expert
from tests.factories.desk_kinds import a_care_box, a_term, a_topic, an_article_with_everything
from tests.factories.reviews import a_reviewer


def url(item: Article) -> str:
    return reverse("admin:confirm", args=["article", item.pk])


def shown(desk: Desk, item: Article) -> str:
    return desk.client.get(address(item, "change")).content.decode()


def button(item: Article, part: object) -> str:
    return f"{part}:{item_steps(item).steps[str(part)].seen}"


def click(desk: Desk, item: Article, value: str) -> HttpResponse:
    return desk.client.post(url(item), {"confirm": value}, headers={"accept": "application/json"})


def behind(item: Article) -> set[str]:
    return {step.part for step in item_steps(item).behind}


def test_every_block_and_the_head_say_how_each_language_stands(desk: Desk) -> None:
    article = an_article()
    a_text(article, ordering=40, ru="Только по-русски.", essential=True)
    a_text(article, ordering=50, ru="", en="English only.")
    a_text(article, ordering=60, ru="")
    page = desk.client.get(address(article, "change"))

    blocks = [
        (
            [f"{mark.language} {mark.words}" for mark in block.steps.marks],
            block.steps.required,
            bool(block.steps.confirm),
        )
        for block in page.context["placed_blocks"]
    ]

    assert blocks == [
        (["ru original", "en behind"], False, True),
        (["ru original", "en behind"], False, True),
        (["ru original", "en missing"], True, False),
        (["ru missing", "en ahead"], False, False),
        (["ru empty", "en empty"], False, False),
    ]
    assert [str(mark.words) for mark in page.context["steps"].head.marks] == ["original", "behind"]
    html = page.content.decode()
    assert "The English text is the translation" in html
    assert all(words in html for words in ("3 parts behind", "1 part missing", "1 part ahead", "essential"))


def test_one_click_confirms_one_part_and_says_who_and_when(desk: Desk, editor: User) -> None:
    article = an_article()
    heading = article.headingblock_set.get()

    answer = click(desk, article, button(article, heading.pk))

    assert answer.status_code == 200
    assert set(confirmed(article.pk, "en")) == {str(heading.pk)}
    fragments = json.loads(answer.content)["fragments"]
    assert set(fragments) == {"summary", f"{heading.pk}:marks", f"{heading.pk}:details"}
    assert "EN · in step" in fragments[f"{heading.pk}:marks"]
    assert "Compared with the original by Мария Орлова" in fragments[f"{heading.pk}:details"]
    assert "2 parts behind" in fragments["summary"]
    assert "Compared with the original by Мария Орлова" in shown(desk, article)


def test_everything_that_is_behind_is_confirmed_at_once(desk: Desk) -> None:
    article = an_article_with_everything()
    a_text(article, ordering=300, ru="Только по-русски.")

    answer = click(desk, article, f"all:{item_steps(article).seen}")

    assert json.loads(answer.content)["said"] == "Confirmed: 13 parts."
    assert behind(article) == set()
    assert "All of it is still correct" not in shown(desk, article)


def test_without_a_script_the_button_leads_back_to_the_form(desk: Desk) -> None:
    article = an_article()

    answer = desk.client.post(url(article), {"confirm": button(article, "head")}, follow=True)

    assert answer.redirect_chain == [(address(article, "change"), 302)]
    assert "Confirmed: 1 part." in answer.content.decode()


@pytest.mark.parametrize("column", ["text_ru", "text_en"])
@pytest.mark.parametrize("everything", [True, False])
def test_what_was_changed_after_it_was_looked_at_is_not_confirmed(desk: Desk, column: str, everything: bool) -> None:
    article = an_article()
    part = article.headingblock_set.get().pk
    value = f"all:{item_steps(article).seen}" if everything else button(article, part)
    HeadingBlock.objects.update(**{column: "Кто-то вмешался"})

    answer = click(desk, article, value)

    assert answer.status_code == 409
    assert "Nothing was confirmed" in json.loads(answer.content)["said"]
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize("value", ["", "head", "head:nonsense", "all:", "nothing:at all"])
def test_a_value_that_no_page_offered_confirms_nothing(desk: Desk, value: str) -> None:
    article = an_article()

    assert click(desk, article, value).status_code == 409
    assert not Confirmation.objects.exists()


def test_a_part_that_one_language_lacks_cannot_be_confirmed(desk: Desk) -> None:
    article = an_article()
    block = a_text(article, ordering=40, ru="Только по-русски.")

    assert click(desk, article, button(article, block.pk)).status_code == 409


def test_a_reviewer_sees_the_states_and_confirms_nothing(client: Client, db: None) -> None:
    article = an_article()
    client.force_login(a_reviewer())
    client.cookies["django_language"] = "en"

    html = client.get(address(article, "change")).content.decode()

    assert "EN · behind" in html
    assert "Still correct" not in html
    assert client.post(url(article), {"confirm": button(article, "head")}).status_code == 403
    assert not Confirmation.objects.exists()


def test_what_the_original_says_differently_since_is_shown_at_the_block(desk: Desk) -> None:
    article = an_article()
    click(desk, article, button(article, article.headingblock_set.get().pk))
    desk.save(article, desk.open(article), **{"headingblock_set-0-text_ru": "Что это такое"})

    html = shown(desk, article)

    assert "What the original says differently since" in html
    assert "<ins> такое</ins>" in html


@pytest.mark.parametrize("make", [a_term, a_topic, an_expert])
def test_items_without_blocks_have_the_state_of_their_head(desk: Desk, make) -> None:
    assert "1 part behind" in shown(desk, make())


@pytest.mark.parametrize("make", [a_quote, a_care_box])
def test_a_shared_object_asks_only_whether_one_language_changes(desk: Desk, make) -> None:
    html = shown(desk, make())

    assert 'name="_this_language_only"' in html
    assert "is the translation" not in html


def test_a_source_has_nothing_to_translate_in_a_part(desk: Desk) -> None:
    assert "_this_language_only" not in shown(desk, a_quote().source)


class TestThisLanguageOnly:
    def test_a_better_wording_leaves_the_translation_in_step(self, desk: Desk) -> None:
        article = an_article()
        click(desk, article, f"all:{item_steps(article).seen}")
        typed = {"headingblock_set-0-text_ru": "Что это такое", "title_ru": "Судороги"}

        desk.save(article, desk.open(article), **typed, _this_language_only="on")

        assert behind(Article.objects.get()) == set()

    def test_without_the_tick_it_falls_behind(self, desk: Desk) -> None:
        article = an_article()
        click(desk, article, f"all:{item_steps(article).seen}")

        desk.save(article, desk.open(article), title_ru="Судороги")

        assert behind(Article.objects.get()) == {"head"}

    def test_a_refused_form_keeps_the_tick(self, desk: Desk) -> None:
        article = an_article()

        answer = desk.save(article, desk.open(article), title_ru="x\x00", _this_language_only="on")

        assert 'name="_this_language_only" checked' in answer.content.decode()

    def test_a_new_text_is_not_asked(self, desk: Desk) -> None:
        assert "_this_language_only" not in desk.client.get(address(Article, "add")).content.decode()


def test_lists_say_how_many_parts_are_not_in_step_at_a_fixed_number_of_queries(desk: Desk) -> None:
    def asked() -> tuple[int, str]:
        with CaptureQueriesContext(connection) as captured:
            html = desk.client.get(address(Article, "changelist")).content.decode()
        return len(captured), html

    a_text(an_article("first"), ordering=40, ru="Только по-русски.")
    asked()
    of_one, html = asked()
    assert "1 part missing" in html
    assert "3 parts behind" in html
    for number in range(5):
        an_article(f"another-{number}")

    # What lists show of new texts is made at the first sight of them.
    asked()
    assert asked()[0] == of_one
