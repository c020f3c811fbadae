"""What is left of what was erased: numbers, digests, an address that says gone, and nothing to read."""

import pytest
from django.db import models

from articles.content.aggregates import LoadError
from articles.content.blocks import QuoteBlock
from articles.content.texts import Article
from articles.editions import queries
from articles.editions.expunged import Expunged
from articles.editions.guards import lifted
from articles.editions.shelf import Address, Edition, Standing
from articles.editions.store import address_is_free
from articles.editions.verifying import verify_editions
from articles.editorial.confirmations import Confirmation
from articles.editorial.revisions import keep
from articles.publishing.problems import RefusedError
from articles.publishing.transfer import dump_content, load_content, read_content
from articles.publishing.withdraw import restore, withdraw, withdraw_part
from tests.factories.desk import NOON, a_quote, an_article, an_editor, place
from tests.factories.erasure import erase, words_of
from tests.factories.shelf import BOTH, later, publish_article

pytestmark = pytest.mark.django_db

WHY = {"ru": "Снято по просьбе.", "en": "Taken down on request."}


@pytest.fixture
def vera():
    return an_editor()


@pytest.fixture
def quoted(vera):
    """A quote that was live in an article, has been withdrawn, and is in no draft any more."""
    quote, article = a_quote(text_en="THE SPOKEN WORD"), an_article("quoting")
    place(article, quote)
    publish_article(article, by=vera)
    withdraw_part("quote", quote.pk, reason_code="request", reasons=WHY, by=vera, at=later(5))
    QuoteBlock.objects.get().delete()
    return quote, article


@pytest.fixture
def taken_down(vera):
    """An article that was published twice, and withdrawn in both languages."""
    article = an_article(
        "of-a-person", title_ru="О ЧЕЛОВЕКЕ", title_en="OF A PERSON", summary_ru="О ЧЕЛОВЕКЕ здесь.",
        authors_ru="О ЧЕЛОВЕКЕ, автор", authors_en="OF A PERSON, author", translators_en="OF A PERSON, translator",
    )  # fmt: skip
    keep(article, by=vera, at=NOON)
    publish_article(article, by=vera)
    Article.objects.filter(pk=article.pk).update(summary_en="More OF A PERSON.")
    publish_article(article, by=vera, at=later(2), note="OF A PERSON, О ЧЕЛОВЕКЕ", change_class="update")
    reasons = {"ru": "О ЧЕЛОВЕКЕ нельзя.", "en": "OF A PERSON one may not."}
    withdraw("article", article.pk, BOTH, reason_code="request", reasons=reasons, by=vera, at=later(5))
    return article


def test_an_erased_item_loses_title_address_and_every_edition(taken_down, vera, administrator):
    assert len(words_of("О ЧЕЛОВЕКЕ", "OF A PERSON", "of-a-person")) >= 9

    records = erase(taken_down, "article", vera, administrator)

    assert len(records) == Edition.objects.filter(item=taken_down.pk).count()
    assert words_of("О ЧЕЛОВЕКЕ", "OF A PERSON", "of-a-person") == set()
    assert not Confirmation.objects.filter(item=taken_down.pk).exists()
    assert not Article.objects.filter(pk=taken_down.pk).exists()
    assert list(verify_editions()) == []


def test_its_addresses_say_that_it_is_gone_and_nobody_else_gets_them(taken_down, vera, administrator):
    erase(taken_down, "article", vera, administrator)

    found = queries.by_slug("article", "of-a-person")
    assert found.shelved("en").standing.tombstone["reason"] == "It was erased for good, as the law requires."
    assert found.shelved("en").standing.tombstone["reason_code"] == "legal"
    assert not address_is_free("article", "of-a-person", str(an_article("other").pk))
    assert Address.objects.filter(item=taken_down.pk).count() == 2


def test_page_and_answers_say_gone_with_the_reason(taken_down, vera, administrator, client):
    erase(taken_down, "article", vera, administrator)

    page = client.get("/en/articles/of-a-person/")
    item = client.get(f"/api/v1/articles/{taken_down.pk}/?lang=en")
    old = client.get(f"/api/v1/articles/{taken_down.pk}/editions/1/document/?lang=en")

    assert [answer.status_code for answer in (page, item, old)] == [410, 410, 410]
    assert "It was erased for good, as the law requires." in page.content.decode()
    assert item.json()["reason"] == old.json()["reason"] == "It was erased for good, as the law requires."
    assert item.json()["reason_code"] == "legal"


def test_the_history_of_a_live_text_answers_for_an_erased_edition_with_the_tombstone(
    quoted, vera, administrator, client
):
    quote, article = quoted
    erase(quote, "quote", vera, administrator)
    history = f"/api/v1/articles/{article.pk}/editions/"

    answers = [client.get(f"{history}{address}?lang=en") for address in ("1/", "1/document/", "2/", "2/document/", "")]

    assert [answer.status_code for answer in answers] == [410, 410, 200, 200, 200]
    assert answers[0].json()["part"] == {"kind": "quote", "id": str(quote.pk)}
    assert [edition["digest"] for edition in answers[4].json()["results"]] == [
        edition.digest for edition in queries.editions(article.pk, "en")
    ]
    lines = client.get("/api/v1/changes/").json()["results"]
    assert [line["event"] for line in lines].count("expunged") == 2


def test_it_never_comes_back(taken_down, vera, administrator):
    erase(taken_down, "article", vera, administrator)

    with pytest.raises(RefusedError, match="is-erased"):
        restore("article", taken_down.pk, "en", note="Back.", by=vera, at=later(30))


def test_an_old_dump_does_not_bring_it_back(taken_down, vera, administrator, tmp_path):
    dump_content(tmp_path)
    erase(taken_down, "article", vera, administrator)

    with pytest.raises(LoadError, match="erased for good"):
        load_content(read_content(tmp_path), by=vera, at=later(30))

    assert words_of("О ЧЕЛОВЕКЕ", "OF A PERSON") == set()


def test_a_withdrawn_text_of_others_that_carried_it_cannot_come_back_either(vera, administrator):
    quote, article = a_quote(text_en="THE SPOKEN WORD"), an_article()
    place(article, quote)
    publish_article(article, by=vera)
    withdraw("article", article.pk, BOTH, reason_code="error", reasons=WHY, by=vera, at=later(1))
    QuoteBlock.objects.get().delete()

    erase(quote, "quote", vera, administrator)

    assert words_of("THE SPOKEN WORD") == set()
    with pytest.raises(RefusedError, match="is-erased"):
        restore("article", article.pk, "en", note="Back.", by=vera, at=later(30))
    assert Standing.objects.get(item=article.pk, language="en").tombstone["reason"] == "Taken down on request."


def test_what_was_erased_without_a_record_is_found(quoted, vera, administrator):
    erase(quoted[0], "quote", vera, administrator)

    with lifted():
        models.QuerySet(Expunged).filter(pk=Expunged.objects.order_by("pk").first().pk).delete()

    assert any("nobody stands for it" in sentence for sentence in verify_editions())
