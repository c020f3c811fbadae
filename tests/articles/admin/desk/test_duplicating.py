"""The button that makes a copy of a text."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from articles.content.blocks import blocks
from articles.content.texts import Article, FaqEntry
from tests.articles.admin.desk.browser import Desk, address
from tests.factories.desk import an_article
from tests.factories.desk_kinds import a_question

pytestmark = pytest.mark.django_db


def test_the_copy_holds_what_was_typed_and_opens_at_once(desk: Desk) -> None:
    article = an_article()
    answer = desk.save(article, desk.open(article), title_en="Typed just now", _duplicate="")

    copy = Article.objects.exclude(pk=article.pk).get()
    article.refresh_from_db()
    assert answer.headers["Location"] == address(copy, "change")
    assert (article.title_en, copy.title_en) == ("Typed just now", "Typed just now (copy)")
    assert len(blocks(copy)) == len(blocks(article))
    page = desk.client.get(address(copy, "change")).content.decode()
    assert "This is the copy: Typed just now (copy)." in page


def test_a_text_with_a_mistake_is_not_copied_and_shown_with_it(desk: Desk) -> None:
    article = an_article()
    answer = desk.save(article, desk.open(article), slug_en="Not An Address", _duplicate="")
    assert answer.status_code == 200
    assert Article.objects.count() == 1


def test_a_question_is_copied_as_a_question(desk: Desk) -> None:
    question = a_question()
    desk.save(question, desk.open(question), _duplicate="")
    assert FaqEntry.objects.count() == 2


def test_whoever_may_not_add_is_offered_no_copy_and_makes_none(client: Client) -> None:
    user = User.objects.create_user("guest", is_staff=True)
    names = [f"{act}_{model}" for act in ("view", "change") for model in ("article", "headingblock", "textblock")]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    article, desk = an_article(), Desk(client)

    assert "_duplicate" not in client.get(address(article, "change")).content.decode()
    desk.save(article, desk.open(article), _duplicate="")
    assert Article.objects.count() == 1


def test_a_form_for_a_new_text_offers_no_copy(desk: Desk) -> None:
    assert 'name="_duplicate"' not in desk.client.get(address(Article, "add")).content.decode()
