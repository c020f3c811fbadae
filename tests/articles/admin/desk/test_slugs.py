"""An address that belongs to something else is said at its field when the form is saved, with the other's name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from articles.content.texts import Article
from articles.editorial.rights import hold_to
from articles.publishing.slugs import holder_of
from articles.publishing.withdraw import withdraw
from tests.articles.admin.desk.browser import Desk, address, fields_of
from tests.factories.desk import NOON, an_article, an_expert
from tests.factories.desk_kinds import a_page, a_question, a_term, a_topic
from tests.factories.erasure import erase
from tests.factories.people import somebody
from tests.factories.shelf import BOTH, publish_article


def _errors(desk: Desk, obj, **typed: str) -> dict[str, list[str]]:
    answer = desk.save(obj, desk.open(obj), **typed)
    return dict(answer.context["adminform"].form.errors) if answer.status_code == 200 else {}


@pytest.mark.parametrize(
    ("make", "own", "taken"),
    [
        (an_article, {"slug": "own"}, {"slug_ru": "sudorogi", "title_en": "Other"}),
        (a_question, {"slug": "own"}, {"slug_ru": "sudorogi", "title_en": "Other"}),
        (a_page, {"slug": "own"}, {"slug_ru": "sudorogi", "title_en": "Other"}),
        (a_term, {}, {"slug_ru": "sudorogi", "slug_en": "spasm", "title_en": "Other"}),
        (a_topic, {}, {"slug_ru": "sudorogi", "slug_en": "legs", "title_en": "Other"}),
        (an_expert, {}, {"slug_ru": "sudorogi", "name_en": "Other"}),
    ],
)
def test_an_address_of_another_draft_is_refused_at_its_field_in_either_language(
    desk: Desk, make, own: dict, taken: dict
) -> None:
    obj, _other = make(**own), make(**taken)
    assert _errors(desk, obj, slug_en="sudorogi") == {
        "slug_en": ["“Other” has the address “sudorogi” already. Choose another one."]
    }


def test_nothing_else_that_was_typed_is_lost(desk: Desk) -> None:
    article = an_article("own")
    an_article("taken")
    answer = desk.save(article, desk.open(article), slug_en="taken", title_ru="Напечатано")
    assert fields_of(answer)["title_ru"] == ["Напечатано"]
    assert fields_of(answer)["slug_en"] == ["taken"]


def test_an_address_that_something_else_once_had_still_leads_there(desk: Desk, editor) -> None:
    old = an_article("old-address", title_en="The old article")
    publish_article(old, by=editor)
    Article.objects.filter(pk=old.pk).update(slug_en="new-address")
    publish_article(old, by=editor, at=NOON + timedelta(days=1))
    article = an_article("own")
    assert _errors(desk, article, slug_ru="old-address") == {
        "slug_ru": [
            "The address “old-address” once led to “The old article” and still leads there. Choose another one."
        ]
    }
    assert _errors(desk, Article.objects.get(pk=old.pk), slug_en="old-address") == {}


def test_an_address_of_something_that_was_erased_is_nobodys_to_take(desk: Desk, editor, administrator) -> None:
    gone = an_article("gone-address")
    publish_article(gone, by=editor)
    why = {"ru": "Снято по просьбе.", "en": "Taken down on request."}
    withdraw("article", gone.pk, BOTH, reason_code="request", reasons=why, by=editor, at=NOON)
    erase(gone, "article", editor, administrator)
    assert _errors(desk, an_article("own"), slug_en="gone-address") == {
        "slug_en": ["The address “gone-address” once led to “gone-address” and still leads there. Choose another one."]
    }


def test_another_kind_may_have_the_same_address(desk: Desk) -> None:
    a_question("cramps")
    assert _errors(desk, an_article("own"), slug_en="cramps") == {}


def test_both_languages_of_one_item_may_share_an_address(desk: Desk) -> None:
    assert _errors(desk, an_article("own"), slug_ru="own", slug_en="own") == {}


def test_an_empty_address_is_nobodys(db) -> None:
    an_article("one", slug_ru="")
    assert holder_of("article", "free", an_article("two", slug_ru="").pk) is None


@pytest.mark.parametrize("make", [an_article, a_question, a_page, a_term, a_topic])
def test_an_address_is_proposed_as_long_as_there_is_none(desk: Desk, make) -> None:
    obj = make(slug_ru="there", slug_en="")
    answer = desk.client.get(address(obj, "change"))
    assert [one["field"].name for one in answer.context["adminform"].prepopulated_fields] == ["slug_en"]


def test_whoever_writes_one_language_is_proposed_an_address_in_it_and_sees_the_form(db) -> None:
    translator = somebody("translator")
    hold_to(translator, "en")
    client = Client()
    client.force_login(translator)
    desk, article = Desk(client), an_article(slug_ru="", slug_en="")
    assert desk.save(article, desk.open(article), slug_en="proposed").status_code == 302
    article.refresh_from_db()
    assert (article.slug_ru, article.slug_en) == ("", "proposed")
