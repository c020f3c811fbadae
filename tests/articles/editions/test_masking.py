"""A notice stands where something was withdrawn, however deep it stood, and nothing else moves."""

from articles.editions.masking import masked
from articles.editions.parts import PartWithdrawal
from articles.editions.value import encoded
from tests.factories.documents import (
    a_document,
    a_news_source,
    a_person,
    a_quote,
    a_source,
    cite,
    heading,
    quoted,
    said,
    text,
)
from tests.factories.documents_of_kinds import accounts

NOTICE = PartWithdrawal("request", "Врач попросил.")
GONE, STAYS = a_quote("gone", text="ТАЙНЫЕ СЛОВА", speaker=a_person(name="ТАЙНОЕ ИМЯ")), a_quote("stays")


def test_a_quote_gives_way_to_its_notice_which_may_not_be_left_out() -> None:
    block = masked(a_document(quoted(GONE)), {GONE.id: NOTICE}).blocks[0]

    assert (block.quote, block.withdrawn, block.required) == (None, NOTICE, True)  # type: ignore[union-attr]


def test_a_quote_among_accounts_gives_way_and_its_neighbour_stays() -> None:
    document = masked(a_document(accounts(GONE, STAYS)), {GONE.id: NOTICE})

    assert [(entry.quote, entry.withdrawn) for entry in document.blocks[0].accounts.entries] == [  # type: ignore[union-attr]
        (None, NOTICE),
        (STAYS, None),
    ]
    assert "ТАЙН" not in encoded(document).decode()


def test_a_source_stands_beside_its_notice_and_keeps_the_one_that_it_has() -> None:
    noted = a_source("noted", withdrawn=PartWithdrawal("source", "Первая причина."))
    plain = a_source("plain")
    body = text(said("x", cite(noted), cite(plain)), name="t")
    document = masked(a_document(body, sources=[noted, plain]), {noted.id: NOTICE, plain.id: NOTICE})

    assert [source.withdrawn for source in document.sources] == [noted.withdrawn, NOTICE]
    assert [source.title for source in document.sources] == [noted.title, plain.title]


def test_a_document_without_anything_withdrawn_is_the_same_object() -> None:
    document = a_document(heading("x"), quoted(STAYS), sources=[a_news_source()])

    assert masked(document, {GONE.id: NOTICE}) is document
