"""What is still to be answered, on the home page."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.content.texts import Article
from articles.editorial.comments import HEAD, comment, resolve
from tests.factories.desk import NOON, a_source, an_article

pytestmark = pytest.mark.django_db


def test_open_comments_lead_to_their_place_and_closed_ones_are_gone(desk: Client, editor: User) -> None:
    article = an_article()
    comment("article", article.pk, HEAD, "Нужен источник.", by=editor, at=NOON)
    done = comment("article", article.pk, HEAD, "Сделано.", by=editor, at=NOON)
    resolve(done, by=editor, at=NOON)

    html = desk.get("/admin/").content.decode()

    assert f"/admin/articles/article/{article.pk}/change/?comments=head" in html
    assert "Нужен источник." in html
    assert "Мария Орлова" in html
    assert "Сделано." not in html


def test_only_those_on_what_a_person_may_see_are_shown(client: Client, editor: User) -> None:
    comment("article", an_article().pk, HEAD, "Видное", by=editor, at=NOON)
    comment("source", a_source().pk, HEAD, "Тайное", by=editor, at=NOON)
    user = User.objects.create_user("guest", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_article"))
    client.force_login(user)

    html = client.get("/admin/").content.decode()

    assert ("Видное" in html, "Тайное" in html) == (True, False)


def test_comments_on_what_was_deleted_ask_nobody(desk: Client, editor: User) -> None:
    article = an_article()
    comment("article", article.pk, HEAD, "Кому это?", by=editor, at=NOON)
    Article.objects.all().delete()
    assert "Кому это?" not in desk.get("/admin/").content.decode()


def test_many_cost_as_many_queries_as_one(desk: Client, editor: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.get("/admin/")
        return len(captured)

    comment("article", an_article().pk, HEAD, "раз", by=editor, at=NOON)
    queries()
    of_one = queries()
    for number in range(8):
        comment("article", an_article(f"more-{number}").pk, HEAD, "два", by=editor, at=NOON)
    # What lists show of new texts is made at the first sight of them.
    queries()
    assert queries() == of_one
