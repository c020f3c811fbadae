"""Comments beside the parts of a form, and on a page of their own."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.content.blocks import TextBlock
from articles.content.texts import Article
from articles.editorial.comments import HEAD, Comment, comment
from tests.articles.admin.desk.browser import Desk, address
from tests.factories.desk import NOON, a_source, a_text, an_article

pytestmark = pytest.mark.django_db

SCRIPT = {"HTTP_ACCEPT": "application/json"}


def _url(article: Article, part: str = HEAD, verb: str = "comments") -> str:
    return reverse(f"admin:{verb}", args=["article", article.pk, part])


@pytest.fixture
def reviewer() -> Desk:
    """Somebody who may see everything and change nothing."""
    user = User.objects.create_user("ilya", is_staff=True, first_name="Илья", last_name="Врачев")
    user.groups.add(Group.objects.get(name="medical_reviewer"))
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return Desk(client)


def test_a_comment_is_added_by_the_script_and_shown_at_its_block(desk: Desk) -> None:
    article = an_article()
    block = TextBlock.objects.get(parent=article)
    answer = desk.client.post(_url(article, str(block.pk)), {"text": "Нужен <b>источник</b>."}, **SCRIPT).json()

    assert (answer["open"], answer["count"], answer["words"]) == (1, 1, "2. Text: comments: 1, open: 1")
    assert "Нужен &lt;b&gt;источник&lt;/b&gt;." in answer["thread"]
    assert "2. Text (1)" in answer["summary"]
    html = desk.client.get(address(article, "change")).content.decode()
    panel = html[html.index(f'id="comments-{block.pk}"') :]
    assert "Мария Орлова" in panel[: panel.index("</section>")]
    assert f'href="{address(article, "change")}?comments={block.pk}"' in html


def test_without_a_script_there_is_a_page_with_the_thread_and_a_form(desk: Desk) -> None:
    article = an_article()
    answer = desk.client.post(_url(article), {"text": "Длинно."}, follow=True)
    assert answer.redirect_chain == [(_url(article), 302)]
    html = answer.content.decode()
    assert "Длинно." in html
    assert f'<form method="post" action="{_url(article)}resolve/">' in html
    assert f"{address(article, 'change')}?comments=head" in html


def test_what_is_refused_is_said_and_stays_typed(desk: Desk) -> None:
    article = an_article()
    plain = desk.client.post(_url(article), {"text": "a\x00b"})
    assert plain.status_code == 422
    assert "U+0000" in plain.content.decode()
    assert desk.client.post(_url(article), {"text": "a\u202eb"}).content.decode().count("a\u202eb</textarea>") == 1
    long = desk.client.post(_url(article), {"text": "long " * 1000}).content.decode()
    assert "Write 1 to 4000 characters." in long
    assert "long " * 1000 in long
    assert 'maxlength="4000"' not in long
    asked = desk.client.post(_url(article), {"text": "  "}, **SCRIPT)
    assert (asked.status_code, asked.json()) == (422, {"problems": ["Write 1 to 4000 characters."]})
    assert Comment.objects.count() == 0


def test_comments_are_closed_one_by_one_or_all_at_once_and_opened_again(desk: Desk) -> None:
    article = an_article()
    for text in ("раз", "два", "три"):
        desk.client.post(_url(article), {"text": text})
    first, _second, third = Comment.objects.all()

    desk.client.post(_url(article, verb="resolve_comments"), {"comment": first.pk})
    assert [one.is_open for one in Comment.objects.all()] == [False, True, True]
    desk.client.post(_url(article, verb="resolve_comments"))
    assert [one.is_open for one in Comment.objects.all()] == [False, False, False]
    desk.client.post(_url(article, verb="reopen_comments"), {"comment": third.pk})
    desk.client.post(_url(article, verb="reopen_comments"), {"comment": "nonsense"})
    desk.client.post(_url(article, verb="reopen_comments"))
    assert [one.is_open for one in Comment.objects.all()] == [False, False, True]


def test_a_reviewer_comments_and_leaves_closing_to_those_who_may_change(reviewer: Desk) -> None:
    article = an_article()
    html = reviewer.client.post(_url(article), {"text": "Проверьте дозу."}, follow=True).content.decode()
    assert "Проверьте дозу." in html
    assert "Mark as resolved" not in html
    assert reviewer.client.post(_url(article, verb="resolve_comments")).status_code == 403
    form = reviewer.client.get(address(article, "change"))
    assert form.status_code == 200
    assert "Проверьте дозу." in form.content.decode()


def test_whoever_may_not_see_the_text_is_refused(client: Client) -> None:
    article = an_article()
    client.force_login(User.objects.create_user("nobody", is_staff=True))
    for verb in ("comments", "resolve_comments", "reopen_comments"):
        assert client.post(_url(article, verb=verb), {"text": "x"}).status_code == 403
    assert client.get(_url(article)).status_code == 403


@pytest.mark.parametrize("kind", ["article", "nonsense", "user"])
def test_what_is_not_there_is_not_found(desk: Desk, kind: str) -> None:
    item = a_source().pk
    for part in (HEAD, "nonsense"):
        assert desk.client.get(reverse("admin:comments", args=[kind, item, part])).status_code == 404
    article = an_article()
    assert desk.client.get(_url(article, "nonsense")).status_code == 404
    assert desk.client.post(_url(article, "nonsense"), {"text": "x"}).status_code == 404


def test_comments_on_a_deleted_block_are_shown_apart(desk: Desk) -> None:
    article = an_article()
    block = TextBlock.objects.get(parent=article)
    part = str(block.pk)
    desk.client.post(_url(article, part), {"text": "Удалим?"})
    block.delete()
    html = desk.client.get(address(article, "change")).content.decode()
    orphans = html[html.index("Comments on deleted blocks") :]
    assert "Удалим?" in orphans[: orphans.index("</details>")]
    assert desk.client.post(_url(article, part), {"text": "Удалили."}).status_code == 302


def test_a_half_typed_comment_outlives_a_session_that_ended(client: Client, editor: User) -> None:
    article = an_article()
    lost = client.post(_url(article), {"text": "Почти дописано"})
    assert lost.status_code == 401
    fields = {"text": "Почти дописано", "_sign_in-username": editor.username}
    again = client.post(_url(article), fields | {"_sign_in-password": "correct horse battery"})
    assert "Почти дописано</textarea>" in again.content.decode()
    assert Comment.objects.count() == 0


def test_every_kind_has_a_thread_for_its_head(desk: Desk) -> None:
    source = a_source()
    desk.client.post(reverse("admin:comments", args=["source", source.pk, HEAD]), {"text": "Прочитать целиком."})
    html = desk.client.get(address(source, "change")).content.decode()
    assert "Прочитать целиком." in html
    assert "The whole entry (1)" in html


def test_nothing_of_the_comments_is_posted_with_the_form(desk: Desk) -> None:
    article = an_article()
    desk.client.post(_url(article), {"text": "Длинно."})
    html = desk.client.get(address(article, "change")).content.decode()
    content = html[html.index('id="content-main"') :]
    areas = re.findall(r"<textarea[^>]*>", content)
    assert sum("name=" not in area for area in areas) == 1
    assert "Длинно." not in str(desk.open(article))


def test_many_comments_on_many_blocks_cost_as_many_queries_as_one(desk: Desk) -> None:
    article = an_article()
    editor = User.objects.get(username="editor@tests")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.client.get(address(article, "change"))
        return len(captured)

    comment("article", article.pk, HEAD, "раз", by=editor, at=NOON)
    queries()
    of_one = queries()
    for number in range(10):
        block = a_text(article, ordering=100 + number, ru="Ещё.")
        comment("article", article.pk, str(block.pk), "два", by=editor, at=NOON)
    assert queries() == of_one
