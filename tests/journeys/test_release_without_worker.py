"""Given a release and a worker that is dead around its moment, when a reader asks for a page, then everybody agrees."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.editions.shelf import Change
from articles.editions.times import rfc3339
from articles.editions.verifying import verify_editions
from articles.publishing.dues import Due
from articles.publishing.scheduling import make
from tests.factories.desk import an_article, an_editor
from tests.factories.releases import put_in

pytestmark = pytest.mark.django_db


def test_one_page_request_after_the_moment_and_page_feed_api_and_journal_agree(settings: Any) -> None:
    settings.SETTLE_ON_REQUESTS = True
    vera, reader = an_editor(), Client()
    arranged, promised = timezone.now() - timedelta(hours=2), timezone.now() - timedelta(hours=1)
    release = make("Зима", promised, by=vera, at=arranged)
    for article in (an_article(), an_article("other", title_ru="Другая", title_en="Other")):
        put_in(release, article, by=vera, at=arranged)

    page = reader.get("/ru/articles/test-cramps-ru/")

    assert page.status_code == 200
    assert reader.get("/en/articles/other/").status_code == 200
    lines = list(Change.objects.order_by("sequence"))
    assert {(line.event, line.effective_at) for line in lines} == {("published", promised)}
    assert len(lines) == 4
    told = reader.get("/api/v1/changes/").json()["results"]
    assert [(line["sequence"], line["effective_at"]) for line in told] == [(n, rfc3339(promised)) for n in (1, 2, 3, 4)]
    listed = reader.get("/api/v1/articles/?lang=ru").json()["results"]
    assert {text["title"] for text in listed} == {article["title"] for article in _feed(reader)}
    assert list(verify_editions()) == []


def test_a_text_with_an_end_is_gone_for_the_first_who_asks_after_it(settings: Any) -> None:
    settings.SETTLE_ON_REQUESTS = True
    vera, reader = an_editor(), Client()
    arranged = timezone.now() - timedelta(hours=2)
    release = make("Зима", arranged + timedelta(minutes=1), by=vera, at=arranged)
    article = an_article()
    put_in(release, article, by=vera, at=arranged)
    Due.objects.create(
        act="withdraw", kind="article", item=article.pk, language="ru", due_at=arranged + timedelta(minutes=2),
        payload={"reason": "Срок вышел."}, arranged_by=vera,
    )  # fmt: skip

    assert reader.get("/ru/articles/test-cramps-ru/").status_code == 410
    assert [line.event for line in Change.objects.filter(language="ru").order_by("sequence")] == [
        "published", "withdrawn",
    ]  # fmt: skip


def _feed(reader: Client) -> list[dict[str, str]]:
    items = json.loads(reader.get("/ru/feed.json").content)["items"]
    return [item for item in items if "/articles/" in item["url"]]
