"""Texts on the shelf for tests of search, and what a search finds of them."""

from typing import Any

from django.db import transaction

from articles.canonical.languages import Language
from articles.editions import journal as journals
from articles.editions import store
from articles.editions.blocks import AnyBlock
from articles.editions.shelf import Edition
from articles.search import engines
from articles.search.finding import search
from articles.search.results import Hit, Piece
from articles.search.tables import IndexedText, IndexedWord
from tests.factories.documents import NOON, a_document, an_id, shelve


def shelve_text(name: str, *blocks: AnyBlock, language: Language = "ru", item: str = "", **fields: Any) -> Edition:
    """Put an article of its own name on the shelf; its words are the test's alone."""
    given = {"title": name, "slug": f"text-{an_id(name)[:8]}", "summary": ""} | fields
    return shelve(a_document(*blocks, **given), language, item=item or an_id(name))


def restore(item: str, language: Language = "ru") -> None:
    """Put a withdrawn item back as the press would."""
    with transaction.atomic(), journals.opened(NOON) as journal:
        standing = store.standing_of(item, language)
        assert standing is not None
        store.restore(journal, standing, note="Ошибки не было.")
        store.settle_translations(journal, item, touched=[language])


def titles(query: str, language: Language = "ru", **how: Any) -> list[str]:
    """The titles of what a search finds, in order."""
    return ["".join(piece.text for piece in hit.title) for hit in search(query, language, **how).hits]


def text_of(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def marks_of(pieces: list[Piece]) -> list[str]:
    return [piece.text for piece in pieces if piece.is_marked]


def only(hits: list[Hit]) -> Hit:
    assert len(hits) == 1
    return hits[0]


def everything() -> list[object]:
    """All that the index holds, in an order that does not depend on how it came to be."""
    words = IndexedWord.objects.order_by("language", "form").values_list("language", "form", "texts", "keys")
    found = engines.candidates({key: 1.0 for _, _, _, keys in words for key in keys.split()[:1]})
    return [
        *IndexedText.objects.order_by("id").values_list(),
        *words,
        *sorted((about, sorted(ids)) for about, ids in found.candidates.items()),
    ]
