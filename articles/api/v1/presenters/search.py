"""Results of a search as partners receive them."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from articles.api.v1.shapes import search as shapes
from articles.api.v1.shapes.parts import CareServiceOut
from articles.canonical.languages import Language
from articles.editions.blocks import AccountsBlock, QuoteBlock
from articles.editions.care import Call, in_words, known_calls, services_in_order
from articles.editions.document import Document
from articles.editions.services import known_services
from articles.editions.value import plain
from articles.search.emergency_signs import names_an_emergency
from articles.search.results import Hit, Piece, Results
from articles.search.wording import IN_LANGUAGE, REASONS


def danger_out(typed: str, results: Results, language: Language) -> shapes.DangerOut | None:
    """Return whom to call where a question names a danger or nothing answers it, None elsewhere; at most one query."""
    is_named = names_an_emergency(typed, results.meant)
    if not is_named and results.total:
        return None
    calls = known_calls(language)
    linked = [Call(f'<a href="tel:{escape(one.number)}">{escape(one.number)}</a>', escape(one.where)) for one in calls]
    services = services_in_order(known_services(language), language)
    return shapes.DangerOut(
        because="danger_named" if is_named else "nothing_found",
        statement=_statement(calls),
        html=f"<p>{_statement(linked)}</p>",
        services=[CareServiceOut(**plain(one)) for one in services if one.purpose == "emergency"],
    )


def meant_out(results: Results) -> shapes.MeantOut | None:
    """Return what was looked for instead, None where it is what was typed."""
    if not results.meant:
        return None
    return shapes.MeantOut(query=results.meant, how=results.how, reason=str(REASONS[results.how]))  # type: ignore[arg-type]


def result_out(hit: Hit, item: dict[str, Any], document: Document) -> shapes.SearchResultOut:
    """Return one result; `item` is its short form, `document` the one that is live."""
    is_shown = hit.excerpt and not _is_said(document, hit.block)
    return shapes.SearchResultOut(
        item=item,
        title=_marked(hit.title),
        excerpt=_marked(hit.excerpt) if is_shown else None,
        heading=hit.heading,
        block=hit.block or None,
        url=f"{settings.SITE_URL}{hit.path}",
        is_other_language=hit.is_other_language,
        language_label=str(IN_LANGUAGE[hit.language]) if hit.is_other_language else "",
    )


def _statement(calls: Iterable[Call]) -> str:
    call = gettext("Call %(emergency)s") % {"emergency": in_words(calls)}
    return f"{gettext('Do you need help at once?')} {call}."


def _is_said(document: Document, block: str) -> bool:
    """Whether the block holds words of somebody else."""
    return any(one.id == block and isinstance(one, QuoteBlock | AccountsBlock) for one in document.blocks)


def _marked(pieces: Sequence[Piece]) -> shapes.MarkedOut:
    return shapes.MarkedOut(
        html="".join(_html(piece) for piece in pieces),
        pieces=[shapes.PieceOut(text=piece.text, marked=piece.is_marked) for piece in pieces],
    )


def _html(piece: Piece) -> str:
    words = escape(piece.text, quote=False)
    return f"<mark>{words}</mark>" if piece.is_marked else words
