"""Asking for an article of given blocks."""

from typing import Any

from django.utils.translation import override

from articles.editions.blocks import AnyBlock
from tests.articles.api.v1.conftest import Partner
from tests.factories.documents import ARTICLE, a_document, shelve

DETAIL = f"articles/{ARTICLE}/?lang=ru"


def answered(partner: Partner, *blocks: AnyBlock, **document: Any) -> dict[str, Any]:
    """The article of these blocks, as it is answered."""
    shelve(a_document(*blocks, **document))
    return partner.json(DETAIL)


def only_block(partner: Partner, block: AnyBlock, **document: Any) -> dict[str, Any]:
    [found] = answered(partner, block, **document)["blocks"]
    return found


def russian(words: Any) -> str:
    with override("ru"):
        return str(words)
