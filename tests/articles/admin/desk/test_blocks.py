from __future__ import annotations

from django.contrib.auth.models import Permission
from django.test import Client

from articles.content.blocks import TextBlock
from tests.articles.admin.desk.browser import Desk, address
from tests.factories.desk import NOON, a_quote, a_text, an_article, place


def _blocks(desk: Desk, article) -> list[tuple[str, str, list[str]]]:
    shown = desk.client.get(address(article, "change")).context["placed_blocks"]
    return [(block.kind, block.name, [mark.code for mark in block.steps.marks]) for block in shown]


def test_a_closed_block_says_its_kind_its_words_and_how_each_language_stands(desk: Desk) -> None:
    article = an_article()
    place(article, a_quote())
    a_text(article, ordering=40, ru="Только по-русски, " + "и ещё слово " * 20)
    assert _blocks(desk, article) == [
        ("heading", "What it is", ["original", "behind"]),
        ("text", "A cramp is short.", ["original", "behind"]),
        ("quote", "Anna Testova: According to the neurologist, a cramp passes by itself.", ["original", "behind"]),
        (
            "text",
            "Только по-русски, и ещё слово и ещё слово и ещё слово и ещё слово и ещё слово и…",
            ["original", "missing"],
        ),
    ]


def test_a_confirmed_translation_is_shown_as_in_step(desk: Desk) -> None:
    article = an_article()
    desk.save(article, desk.open(article), **{"headingblock_set-0-text_en": "What is it?"})
    assert _blocks(desk, article)[0] == ("heading", "What is it?", ["original", "in_step"])


def test_a_withdrawn_quote_says_so_in_its_block(desk: Desk) -> None:
    article = an_article()
    place(article, a_quote(withdrawn_at=NOON))
    assert _blocks(desk, article)[2][2] == ["withdrawn", "withdrawn"]


def test_blocks_stand_in_the_order_of_the_text_whatever_their_kind(desk: Desk) -> None:
    article = an_article()
    a_text(article, ordering=5, ru="Сначала", en="First")
    assert [kind for kind, _name, _states in _blocks(desk, article)] == ["text", "heading", "text"]


def test_after_an_error_blocks_keep_the_order_that_was_sent(desk: Desk) -> None:
    article = an_article()
    answer = desk.save(article, desk.open(article), title_ru="x\x00", **{"textblock_set-0-ordering": "1"})
    assert [block.kind for block in answer.context["placed_blocks"]] == ["text", "heading"]


def test_a_block_of_another_article_cannot_be_taken(desk: Desk) -> None:
    article, other = an_article(), an_article("other")
    stolen = TextBlock.objects.get(parent=other)
    typed = {"textblock_set-0-id": str(stolen.pk), "textblock_set-0-text_ru": "<p>Чужое</p>"}
    desk.save(article, desk.open(article), **typed)
    stolen.refresh_from_db()
    assert stolen.parent == other
    assert "Судорога коротка." in stolen.text_ru


def test_who_may_only_look_sees_the_blocks_without_tools(client: Client, django_user_model) -> None:
    article = an_article()
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.set(
        Permission.objects.filter(codename__startswith="view_", content_type__app_label="articles")
    )
    client.force_login(reader)
    client.cookies["django_language"] = "en"
    page = client.get(address(article, "change"))
    assert page.status_code == 200
    assert "What it is" in page.content.decode()
    assert "data-insert=" not in page.content.decode()
