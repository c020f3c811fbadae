"""One journal, without gaps, chained by hash."""

import pytest
from django.db import transaction

from articles.canonical import canonical_json
from articles.editions import journal as journals
from articles.editions.journal import GENESIS, public_line
from articles.editions.queries import changes, head
from articles.editions.shelf import Change, JournalHead
from tests.factories.desk import NOON, an_article, an_editor
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db


def test_each_line_names_the_hash_of_the_one_before_and_anybody_can_check_it():
    publish_article(an_article(), by=an_editor())

    previous = GENESIS
    for line in changes(after=0, limit=10):
        public = public_line(line)
        own = public.pop("hash")
        assert public["previous_hash"] == previous
        assert canonical_json.digest(public) == own
        previous = own
    assert (head().sequence, head().hash) == (2, previous)


def test_a_line_says_what_a_partner_needs():
    article = an_article()
    edition = publish_article(article, by=an_editor())["en"]

    line = public_line(Change.objects.get(language="en"))

    assert {name: line[name] for name in ("event", "id", "kind", "language", "edition", "digest", "change", "url")} == {
        "event": "published",
        "id": str(article.pk),
        "kind": "article",
        "language": "en",
        "edition": 1,
        "digest": edition.digest,
        "change": {"class": "first", "note": "Что изменилось."},
        "url": "http://testserver/en/articles/test-cramps/",
    }


def test_a_journal_that_nobody_wrote_to_is_empty():
    assert (head().sequence, head().hash, changes(after=0, limit=10)) == (0, GENESIS, [])


def test_opening_without_writing_moves_nothing():
    JournalHead.objects.all().delete()
    with transaction.atomic(), journals.opened(NOON):
        pass

    assert (head().sequence, head().hash) == (0, GENESIS)


@pytest.mark.django_db(transaction=True)
def test_it_is_opened_inside_a_transaction_or_not_at_all():
    with pytest.raises(transaction.TransactionManagementError), journals.opened(NOON):
        pass
