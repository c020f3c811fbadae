"""The audit trail calls things by what they are called today, and keeps no word of theirs."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from articles.editorial import audit
from tests.factories.desk import NOON, a_quote, an_article
from tests.factories.partners import make_partner

pytestmark = pytest.mark.django_db

LIST = "admin:articles_auditentry_changelist"


def test_each_line_names_its_object_and_one_that_is_gone_its_kind(client: Client, administrator: User) -> None:
    article, gone, quote, partner = an_article(), an_article(slug="gone"), a_quote(), make_partner("Клиника у моря")
    for kind, about in (("article", article), ("article", gone), ("quote", quote), ("partner", partner)):
        audit.record("changed", by=administrator, at=NOON, kind=kind, about=about.pk)
    audit.record("account-changed", by=administrator, at=NOON, kind="user", about=administrator.pk)
    for odd in ("", "not-an-id", "99999999999"):
        audit.record("changed", by=None, at=NOON, kind="user", about=odd)
        audit.record("changed", by=None, at=NOON, kind="article", about=odd)
    address_of_gone = f"/admin/articles/article/{gone.pk}/change/"
    gone.delete()
    client.force_login(administrator)

    article.title_ru = "Другое название"
    article.save()
    page = client.get(reverse(LIST)).content.decode()

    for name in ("Другое название", quote.name_in("ru"), "Клиника у моря", administrator.get_full_name()):
        assert escape(name) in page
    assert "Судороги в тестах" not in page
    assert address_of_gone in page


def test_a_hundred_lines_ask_for_each_kind_once(
    client: Client, administrator: User, django_assert_max_num_queries: Any
) -> None:
    client.force_login(administrator)
    for number in range(20):
        quote, article = a_quote(), an_article(slug=f"text-{number}")
        for kind, about in (("quote", quote), ("article", article)):
            audit.record("changed", by=administrator, at=NOON, kind=kind, about=about.pk)
    client.get(reverse(LIST))
    with django_assert_max_num_queries(12):
        client.get(reverse(LIST))
