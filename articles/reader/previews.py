"""Pages as readers would see them, for the desk: the same templates and presenters as the live ones."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import override

from articles.canonical.languages import Language
from articles.editions.document import Document
from articles.editions.queries import Shelved
from articles.editions.times import rfc3339
from articles.reader import pages, past_pages
from articles.reader.presenters.absence import withdrawn_page
from articles.reader.rendering import render

# Kinds of other apps: what makes the page of a draft, within its language.
_OTHERS: dict[str, Callable[[Document, Language], str]] = {}


def register(kind: str, renders: Callable[[Document, Language], str]) -> None:
    """Add the preview of a kind of another app."""
    _OTHERS[kind] = renders


def render_preview(document: Document, *, language: Language, item: str = "") -> str:
    """Return the whole page that a document would make, marked as a draft and closed to search engines.

    Its kind decides the template; `item` is its id, by which a topic finds what belongs to it. Links lead where they
    would lead now. An incomplete draft is shown as far as it goes.
    """
    with override(language):
        if document.kind in _OTHERS:
            return _OTHERS[document.kind](document, language)
        shown = pages.draft(document, language, id=item)
        return render(shown.template, shown.page, about=pages.about(language))


def render_past(shelved: Shelved, *, until: int) -> str:
    """Return the whole page of a text as it stood, with the marks that it bore then.

    `shelved` is where it stood; `until` is the last line of the journal before that moment. What surrounds the text,
    such as titles of what it links to and numbers to call in an emergency, is that of now. Kinds without a live page
    of their own, such as terms, are shown as their old editions are.
    """
    with override(shelved.language):
        if shelved.standing.kind in pages.TEMPLATES:
            shown = pages.live(shelved, until=until)
        else:
            shown = past_pages.as_it_stood(shelved)
        return render(shown.template, shown.page, about=pages.about(shelved.language))


def render_withdrawn(
    shelved: Shelved,
    *,
    reason: str,
    reason_code: str,
    at: datetime,
    replaced_by: str = "",
    twin_stays: bool = True,
) -> str:
    """Return the whole page that would answer 410 if this text were withdrawn for `reason` at this moment.

    The code of the reason decides whether the page keeps what the text said to do in an emergency.

    `twin_stays` is False where the other language is to be withdrawn as well, so the page does not lead to it.
    """
    language = shelved.language
    with override(language):
        tombstone = {
            "reason": reason.strip(),
            "reason_code": reason_code,
            "withdrawn_at": rfc3339(at),
            "replaced_by": replaced_by,
        }
        replacement, box = pages.replacement(tombstone, language), pages.kept_box(shelved, tombstone)
        page = withdrawn_page(shelved, tombstone, replacement, box=box, twin_stays=twin_stays)
        return render("withdrawn", page, about=pages.about(language))
