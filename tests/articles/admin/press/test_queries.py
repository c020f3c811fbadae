"""What the pages of the desk ask of the database does not grow with a text: counted, not timed."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.long_texts import an_article_of, counted

pytestmark = pytest.mark.django_db


def test_a_page_of_the_desk_costs_the_same_with_5_blocks_and_with_60(desk: Client) -> None:
    for page, most in (("admin:publish", 22), ("admin:articles_article_change", 30)):
        counts = []
        for number in (8, 60):
            article = an_article_of(number, f"{page[-6:]}-{number}")
            address = reverse(page, args=["article", article.pk] if page == "admin:publish" else [article.pk])
            desk.get(address)
            counts.append(counted(lambda address=address: desk.get(address)))
        assert counts[0] == counts[1] <= most, page
