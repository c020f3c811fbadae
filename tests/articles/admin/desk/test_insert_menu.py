from __future__ import annotations

import pytest

from articles.admin.desk.insert_menu import DESCRIPTIONS, GROUPS
from articles.content.blocks import BLOCKS
from articles.content.texts import Article
from tests.articles.admin.desk.browser import Desk, address

pytestmark = pytest.mark.any_database


def test_every_kind_of_block_is_in_the_menu_once_and_described() -> None:
    kinds = [kind for _name, kinds in GROUPS for kind in kinds]
    assert sorted(kinds) == sorted(model.kind for model in BLOCKS)
    assert set(DESCRIPTIONS) == set(kinds)


def test_the_form_offers_every_kind_in_its_group(desk: Desk) -> None:
    menu = desk.client.get(address(Article, "add")).context["insert_menu"]
    assert [(str(name), [entry.name for entry in entries]) for name, entries in menu] == [
        ("Text", ["Section heading", "Text", "Key points", "Steps", "Note", "Table"]),
        ("One object for many texts", ["Quote", "Care box", "Accounts side by side", "Evidence table", "Picture"]),
        ("To read on", ["Related questions"]),
    ]


def test_the_menu_is_on_the_page_once_however_many_places_it_opens_at(desk: Desk) -> None:
    page = desk.client.get(address(Article, "add")).content.decode()
    assert page.count("data-insert=") == len(BLOCKS)
