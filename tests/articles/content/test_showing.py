"""Which parts of texts show an object, found by walking relations."""

import pytest

from articles.content.accounts import AccountsEntry
from articles.content.care import CareBox
from articles.content.showing import inner_paths, is_shown, objects_within, parts_showing
from tests.factories.desk import a_source, an_organisation
from tests.factories.desk_kinds import a_care_service, a_question, an_article_with_everything

pytestmark = pytest.mark.django_db


def kinds_showing(obj, article):
    blocks = {
        str(block.pk): block.kind
        for name in ("quoteblock", "careboxblock", "accountsblock", "evidencetableblock", "figureblock")
        for block in getattr(article, f"{name}_set").all()
    }
    return sorted(blocks.get(ref.part, ref.part) for ref, _language in parts_showing(obj))


def test_each_shared_object_is_shown_by_the_blocks_that_place_it_and_by_those_around_it():
    article = an_article_with_everything()
    box = article.careboxblock_set.get().care_box
    quoted = article.quoteblock_set.get().quote
    account = AccountsEntry.objects.order_by("ordering").first()

    assert kinds_showing(box, article) == ["care_box"]
    assert kinds_showing(box.services.first(), article) == ["care_box"]
    assert kinds_showing(article.evidencetableblock_set.get().evidence_table, article) == ["evidence_table"]
    assert kinds_showing(article.figureblock_set.get().picture, article) == ["figure"]
    assert kinds_showing(account.quote, article) == ["accounts"]
    assert kinds_showing(account.quote.expert.organisation, article) == ["accounts", "head"]
    assert kinds_showing(quoted.expert, article) == ["head", "quote"]


def test_a_text_shows_its_own_head_only():
    article = an_article_with_everything()

    assert parts_showing(article) == [((article.pk, "head"), "en")]


def test_sources_and_linked_items_are_shown_by_no_part():
    an_article_with_everything()

    assert (is_shown(a_source()), is_shown(a_question("another"))) == (False, False)
    assert {path for path, _model in inner_paths(CareBox)} == {"services"}


def test_what_nothing_shows_has_no_parts():
    assert (is_shown(an_organisation()), parts_showing(a_care_service("112"))) == (True, [])


def test_what_stands_inside_an_object_is_found_through_its_rows():
    article = an_article_with_everything()
    accounts = article.accountsblock_set.get().accounts

    found = [type(obj).__name__ for obj in objects_within(accounts)]

    assert (found[0], sorted(set(found))) == ("Accounts", ["Accounts", "Expert", "Organisation", "Quote"])
