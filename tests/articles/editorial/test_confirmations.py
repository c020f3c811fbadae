"""Which wording of the original a part was last confirmed against, with the words themselves."""

from uuid import UUID

import pytest

from articles.editorial.confirmations import (
    Confirmation,
    carry,
    confirm,
    confirm_all,
    confirmations,
    confirmed,
    forget_words,
)
from tests.factories.desk import NOON, an_article, an_editor
from tests.factories.shelf import later

pytestmark = pytest.mark.django_db

OLD, NEW = "1" * 64, "2" * 64


def test_a_part_is_confirmed_against_one_wording_by_whoever_did_it_last():
    article, vera, petr = an_article(), an_editor(), an_editor("petr")
    confirm(article.pk, "en", {"head": OLD}, words={"head": "Было"}, by=vera, at=NOON)
    confirm(article.pk, "en", {"head": NEW}, words={"head": "Стало"}, by=petr, at=later(1))

    [made] = confirmations([article.pk])

    assert (made.source_digest, made.source_words, made.confirmed_by, made.confirmed_at) == (
        NEW,
        "Стало",
        petr,
        later(1),
    )


def test_what_is_carried_keeps_its_author_and_never_the_words_of_another_wording():
    article, vera = an_article(), an_editor()
    confirm(article.pk, "en", {"head": OLD, "other": OLD}, words={"head": "Было"}, by=vera, at=NOON)

    carry(article.pk, {"head": (OLD, NEW), "other": (NEW, OLD)})

    assert confirmed(article.pk, "en") == {"head": NEW, "other": OLD}
    assert {(made.source_words, made.confirmed_by) for made in confirmations([article.pk])} == {("", vera)}


def test_an_erasure_leaves_no_remembered_word_and_every_digest():
    article, vera = an_article(), an_editor()
    confirm(article.pk, "en", {"head": OLD}, words={"head": "Чьё-то имя"}, by=vera, at=NOON)

    forget_words()

    assert list(Confirmation.objects.values_list("source_words", "source_digest")) == [("", OLD)]


def test_rows_are_written_in_one_order_so_that_nobody_waits_for_whoever_waits_for_them():
    one, other, vera = UUID(int=1), UUID(int=2), an_editor()

    confirm_all({other: {"b": OLD, "a": OLD}, one: {"words": OLD}}, "en", by=vera, at=NOON)

    rows = Confirmation.objects.order_by("pk").values_list("item", "part")
    assert list(rows) == [(one, "words"), (other, "a"), (other, "b")]
