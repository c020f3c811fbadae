"""Of a very large desk a search looks through what was saved last and what readers would find."""

import pytest
from django.test import Client

from articles.admin.desk import among
from articles.search.following import follow
from tests.factories.desk import an_article, an_editor
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db


def test_a_desk_that_is_small_is_read_whole() -> None:
    an_article("one")
    assert among.looked_through(["article", "source"], "one") == {}


def test_of_a_large_one_the_last_saved_and_what_is_live_are_looked_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(among, "MOST", 1)
    live = an_article("live", title_ru="Барсук", title_en="Badger")
    publish_article(live, by=an_editor())
    follow()
    an_article("between")
    looked = among.looked_through(["article"], "барсук")
    assert live.pk in looked["article"]


def test_the_page_says_so(monkeypatch: pytest.MonkeyPatch, admin_client: Client) -> None:
    monkeypatch.setattr(among, "MOST", 1)
    an_article("one")
    an_article("two")
    page = admin_client.get("/admin/search/?q=zzz").content.decode()
    assert "Всего сразу не просмотреть" in page
