"""The box in the frame of the desk, and the page with what was found."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.content.blocks import TextBlock
from articles.content.evidence import EvidenceRow
from articles.content.texts import Article
from tests.articles.admin.desk.browser import Desk, address
from tests.factories.desk import a_quote, a_source, a_text, an_article, place
from tests.factories.desk_kinds import a_page, an_evidence_table

pytestmark = pytest.mark.django_db

SEARCH = "/admin/search/"


def _page(desk: Desk, **asked: str) -> str:
    answer = desk.client.get(SEARCH, asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def _links(html: str) -> list[str]:
    return re.findall(r'href="(/admin/articles/[^"]+\?focus=[^"]+)"', html)


def test_every_page_of_the_desk_has_one_labelled_box(desk: Desk) -> None:
    article = an_article()
    for page in ("/admin/", SEARCH, address(article, "change"), address(Article, "changelist")):
        html = desk.client.get(page).content.decode()
        assert html.count(f'action="{SEARCH}"') == html.count('<label class="visually-hidden" for="desk-search">') == 1
        assert html.count('id="desk-search"') == 1


def test_a_window_of_its_own_and_the_way_in_have_none(desk: Desk) -> None:
    assert "desk-search" not in desk.client.get(f"{address(an_article(), 'change')}?_popup=1").content.decode().replace(
        "tools/search", ""
    )
    assert 'id="desk-search"' not in Client().get("/admin/login/").content.decode()


def test_each_hit_leads_to_the_very_field_in_its_form(desk: Desk) -> None:
    article, table = an_article(), an_evidence_table(title_en="")
    block = TextBlock.objects.get(parent=article)
    row = EvidenceRow.objects.get(parent=table, option_en="Magnesium")
    a_source(title="Nothing to find", internal_note="magnesium, ask")

    html = _page(desk, q="short")
    assert _links(html) == [f"{address(article, 'change')}?focus=textblock%3A{block.pk}%3Atext_en"]
    assert "A cramp is <mark>short</mark>." in html
    assert "2. Text</span>" in html
    links = _links(_page(desk, q="MAGNESIUM"))
    assert f"{address(table, 'change')}?focus=evidencerow%3A{row.pk}%3Aoption_en" in links
    assert any(link.endswith("%3Ainternal_note") for link in links)


def test_hits_are_grouped_by_kind_and_marked_with_their_language(desk: Desk) -> None:
    an_article(title_ru="Судорога", title_en="")
    a_page(title_ru="О судорогах", title_en="")
    html = _page(desk, q="СУДОРОГ")

    assert [re.sub(r"\s+", " ", head) for head in re.findall(r'<h2 id="found-(\w+)">', html)] == ["article", "page"]
    assert '<span class="language-mark">RU</span> Title' in html
    assert '<span class="desk-found-words" lang="ru"' in html


def test_words_of_an_editor_are_shown_as_words_and_never_as_markup(desk: Desk) -> None:
    a_source(title="<script>alert(1)</script> & cramps")
    html = desk.client.get(SEARCH, {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in html
    assert "<mark>&lt;script&gt;alert(1)&lt;/script&gt;</mark>" in html
    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt;"' in html


def test_many_hits_are_shown_in_part_with_a_way_to_all_of_them(desk: Desk) -> None:
    for number in range(55):
        a_source(title=f"Cramps, part {number}")
    html = _page(desk, q="cramps")
    assert html.count('class="desk-found-name"') == 8
    assert "Sources: show all 55" in html

    first, second = (_page(desk, q="cramps", kind="source", p=page) for page in ("1", "2"))
    assert (first.count('class="desk-found-name"'), second.count('class="desk-found-name"')) == (50, 5)
    assert "page 2 of 2" in second
    assert _page(desk, q="cramps", kind="source", p="nonsense").count('class="desk-found-name"') == 50
    assert _page(desk, q="cramps", kind="nonsense").count('class="desk-found-name"') == 8


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "%", "_", "\u202e\u200f", "a" * 10_000])
def test_ugly_input_finds_nothing_and_breaks_nothing(desk: Desk, typed: str) -> None:
    an_article()
    assert _links(_page(desk, q=typed)) == []


def test_what_is_too_long_is_cut_and_that_is_said(desk: Desk) -> None:
    an_article(title_en="cramp")
    html = _page(desk, q="cramp " * 40)
    assert "Only the first 200 characters were looked for." in html
    assert len(_links(html)) >= 1


def test_only_what_a_person_may_see_is_looked_through(client: Client) -> None:
    an_article(title_en="Hidden cramp")
    a_source(title="Open cramp")
    user = User.objects.create_user("guest", is_staff=True)
    client.force_login(user)
    client.cookies["django_language"] = "en"
    assert client.get(SEARCH, {"q": "cramp"}).status_code == 403

    user.user_permissions.add(Permission.objects.get(codename="view_source"))
    html = client.get(SEARCH, {"q": "cramp"}).content.decode()
    assert "Open <mark>cramp</mark>" in html
    assert "Hidden" not in html


def test_it_is_only_asked_never_sent(desk: Desk) -> None:
    assert desk.client.post(reverse("admin:search"), {"q": "x"}).status_code == 405


def test_many_hits_cost_as_many_queries_as_one(desk: Desk) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            _page(desk, q="cramp")
        return len(captured)

    place(an_article(), a_quote())
    _page(desk, q="cramp")
    of_one = queries()
    for number in range(12):
        article = an_article(f"more-{number}")
        a_text(article, ordering=40, ru="", en="Another cramp.")
        place(article, a_quote())
    assert queries() == of_one
