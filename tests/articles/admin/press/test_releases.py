"""Releases at the desk: a text is kept from its publish page, looked at, moved, taken out; nothing goes out unseen."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.content.texts import Article
from articles.editions import journal as journals
from articles.editions.shelf import Edition
from articles.publishing import desks
from articles.publishing.releases import Release, ReleaseEntry
from articles.publishing.scheduling import make
from articles.publishing.settle import settle
from tests.articles.admin.press.test_publishing import opened, page_of
from tests.factories.desk import an_article
from tests.factories.releases import put_in
from tests.factories.reviews import a_reviewer
from tests.factories.triage_desk import a_protocol

pytestmark = pytest.mark.django_db


def moment(hours: int = 24) -> str:
    return f"{timezone.now() + timedelta(hours=hours):%Y-%m-%dT%H:%M}"


def planned(name: str = "Зима", hours: int = 24) -> Release:
    at = timezone.now()
    return make(name, at + timedelta(hours=hours), by=User.objects.get(username="editor@tests"), at=at)


def kept(article: Article, release: Release) -> list[ReleaseEntry]:
    return put_in(release, article, by=release.arranged_by, at=timezone.now())


def test_a_text_is_kept_for_a_new_release_from_its_publish_page(desk: Client) -> None:
    article = an_article()
    form = opened(desk, article) | {"_later": "", "release_name": " Зима  2027 ", "release_moment": moment()}

    answer = desk.post(page_of(article), form, follow=True)

    release = Release.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("admin:release", args=[release.pk])
    assert (release.name, release.entries.count()) == ("Зима 2027", 2)
    assert Edition.objects.count() == 0
    html = answer.content.decode()
    assert release.entries.get(language="ru").title in html
    assert settle(release.goes_out_at) == 1
    assert Edition.objects.count() == 2


@pytest.mark.parametrize("kind", ["article", "protocol"])
def test_the_text_is_locked_before_the_journal_as_by_everybody_who_publishes(
    desk: Client, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    order: list[str] = []
    own, opens = desks.desk(kind), journals.opened

    def locked(item: Any) -> Any:
        order.append("text")
        return own.lock(item)

    def opened_journal(at: Any) -> Any:
        order.append("journal")
        return opens(at)

    text = an_article() if kind == "article" else a_protocol()
    page = page_of(text) if kind == "article" else reverse("admin:triage_publish", args=[text.pk])
    form = (opened(desk, text) if kind == "article" else {}) | {"_later": "", "release_name": "Зима"}
    monkeypatch.setitem(desks._DESKS, kind, replace(own, lock=locked))
    monkeypatch.setattr(journals, "opened", opened_journal)

    desk.post(page, form | {"release_moment": moment()})

    assert order[0] == "text"
    assert "journal" in order


def test_a_text_is_put_into_a_release_that_is_planned(desk: Client) -> None:
    article, release = an_article(), planned()
    page = desk.get(page_of(article) + f"?later={release.pk}").content.decode()
    assert re.search(rf'<option value="{release.pk}" selected>', page)
    assert '<details class="press-pairs" id="later" open>' in page

    desk.post(page_of(article), opened(desk, article) | {"_later": "", "release": str(release.pk)})

    assert release.entries.count() == 2


def test_what_is_lacking_is_said_with_its_place_and_what_was_typed_stays(desk: Client) -> None:
    article = an_article()
    form = opened(desk, article) | {"_later": "", "release_name": "Зима", "release_moment": "2020-01-01T10:00"}

    answer = desk.post(page_of(article), form | {"note_ru": "Для читателей."})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#release_moment"' in html
    assert 'value="2020-01-01T10:00"' in html
    assert "Для читателей." in html
    assert not Release.objects.exists()


def test_what_keeps_a_text_from_being_published_keeps_it_out_of_a_release_and_no_empty_one_is_left(
    desk: Client,
) -> None:
    article = an_article(summary_en="")
    form = opened(desk, article) | {"languages": ["ru", "en"], "_later": "", "release_name": "Зима"}

    answer = desk.post(page_of(article), form | {"release_moment": moment()})

    assert answer.status_code == 422
    assert not Release.objects.exists()


def test_the_form_of_a_text_leads_there_and_says_where_it_waits(desk: Client) -> None:
    article, release = an_article(), planned()
    kept(article, release)

    html = desk.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()

    assert '<button type="submit" name="_later">' in html
    assert f'href="{reverse("admin:release", args=[release.pk])}"' in html


def test_the_page_says_which_draft_has_moved_on_and_shows_what_goes_out(desk: Client) -> None:
    article, release = an_article(), planned()
    kept(article, release)
    Article.objects.update(title_ru="Новый черновик")

    html = desk.get(reverse("admin:release", args=[release.pk])).content.decode()
    entry = release.entries.get(language="ru")
    shown = desk.get(reverse("admin:release_entry_page", args=[release.pk, entry.pk]))

    assert html.count('class="press-lacks"') == 1
    assert f"later={release.pk}#later" in html
    assert entry.title in shown.content.decode()
    assert "Новый черновик" not in shown.content.decode()
    assert shown["X-Robots-Tag"] == "noindex"
    assert desk.get(reverse("admin:release_entry", args=[release.pk, entry.pk])).status_code == 200


def test_another_moment_a_text_less_and_none_at_all(desk: Client) -> None:
    release = planned()
    kept(an_article(), release)
    page, entry = reverse("admin:release", args=[release.pk]), release.entries.get(language="en")

    assert desk.post(page, {"_move": "", "release_moment": "2020-01-01T10:00"}).status_code == 422
    assert desk.post(page, {"_move": "", "release_moment": moment(48)}).status_code == 302
    assert desk.post(page, {"_take_out": str(entry.pk)}).status_code == 302
    assert desk.post(page, {"_take_out": "x"}).status_code == 404
    assert [one.language for one in release.entries.all()] == ["ru"]
    assert desk.post(page, {"_cancel": ""}).status_code == 302
    assert desk.post(page, {"_cancel": ""}).status_code == 422
    release.refresh_from_db()
    assert release.state == "cancelled"
    assert desk.get(page).status_code == 200


def test_a_release_that_did_not_go_out_says_why_at_the_desk_and_may_be_checked_before(desk: Client) -> None:
    release = planned()
    page = reverse("admin:release", args=[release.pk])
    assert "There is no text in this release." in desk.get(page + "?check=1").content.decode()

    settle(release.goes_out_at)

    for address in (page, reverse("admin:releases")):
        assert "did not go out" in desk.get(address).content.decode()
    assert "There is no text in this release." in desk.get(page).content.decode()


def test_a_release_is_planned_from_the_list(desk: Client) -> None:
    page = reverse("admin:releases")
    assert f'href="{page}"' in desk.get(reverse("admin:index")).content.decode()
    assert desk.post(page, {"release_name": "", "release_moment": ""}).status_code == 422
    assert desk.post(page, {"release_name": "Зима", "release_moment": moment()}).status_code == 302
    assert "Зима" in desk.get(page).content.decode()


def test_a_release_of_many_texts_costs_the_queries_of_one(desk: Client, django_assert_max_num_queries: Any) -> None:
    one, many = planned(), planned("Весна")
    kept(an_article("one"), one)
    for slug in ("two", "three", "four"):
        kept(an_article(slug), many)
    desk.get(reverse("admin:release", args=[one.pk]))
    with CaptureQueriesContext(connection) as few:
        desk.get(reverse("admin:release", args=[one.pk]))
    with django_assert_max_num_queries(len(few)):
        desk.get(reverse("admin:release", args=[many.pk]))


def test_who_may_not_publish_sees_no_release(client: Client, desk: Client) -> None:
    release = planned()
    [entry, *_] = kept(an_article(), release)
    client.force_login(a_reviewer())
    for address in (
        reverse("admin:releases"),
        reverse("admin:release", args=[release.pk]),
        reverse("admin:release_entry", args=[release.pk, entry.pk]),
        reverse("admin:release_entry_page", args=[release.pk, entry.pk]),
    ):
        assert client.get(address).status_code == 403
        assert client.post(address, {"_cancel": ""}).status_code == 403
    assert reverse("admin:releases") not in client.get(reverse("admin:index")).content.decode()


def test_a_protocol_goes_into_a_release_from_its_own_page(desk: Client) -> None:
    protocol, release = a_protocol(), planned()
    page = reverse("admin:triage_publish", args=[protocol.pk])
    html = desk.get(page).content.decode()
    form = {f"seen_{code}": re.search(rf'name="seen_{code}" value="([^"]+)"', html)[1] for code in ("ru", "en")}  # type: ignore[index]
    form |= {f"reason_{code}": "Врача пока нет." for code in ("ru", "en")}

    answer = desk.post(page, form | {"languages": ["ru", "en"], "_later": "", "release": str(release.pk)})

    assert answer.status_code == 302
    assert settle(release.goes_out_at) == 1
    assert set(Edition.objects.values_list("kind", "language")) == {("protocol", "ru"), ("protocol", "en")}
