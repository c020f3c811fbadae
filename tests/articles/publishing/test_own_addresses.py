import pytest
from django.conf import settings

from articles.publishing.own_addresses import own_item
from tests.factories.desk import an_article, an_editor
from tests.factories.desk_kinds import a_term
from tests.factories.press import publish_item
from tests.factories.shelf import publish_article


@pytest.mark.django_db
def test_the_address_of_a_published_article_names_the_article() -> None:
    article = an_article()
    publish_article(article, by=an_editor())
    site = settings.SITE_URL
    assert own_item(f"{site}/en/articles/test-cramps/") == ("article", str(article.id))
    assert own_item(f"{site}/ru/articles/test-cramps-ru/?a=1#b") == ("article", str(article.id))
    assert own_item(f"{site}/en/articles/unknown/") is None


@pytest.mark.django_db
def test_the_place_of_a_term_on_the_glossary_names_the_term() -> None:
    term = a_term()
    publish_item(term, by=an_editor())
    site = settings.SITE_URL
    assert own_item(f"{site}/en/glossary/#cramp") == ("term", str(term.id))
    assert own_item(f"{site}/ru/glossary/?a=1#krampi") == ("term", str(term.id))
    assert own_item(f"{site}/en/glossary/") is None
    assert own_item(f"{site}/en/glossary/#unknown") is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "href",
    [
        "",
        "/en/articles/test-cramps/",
        "https://elsewhere.example/en/articles/test-cramps/",
        "mailto:a@b.example",
        "https://[",
        "tel:103",
    ],
)
def test_other_addresses_are_not_ours(href: str) -> None:
    publish_article(an_article(), by=an_editor())
    assert own_item(href) is None
