"""What a form for publishing sent, and what the publisher is told after it: texts and protocols have the same one."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from articles.admin.press.proofs import Typed
from articles.admin.press.typed_words import tidy
from articles.admin.press.words import CLASS_ANSWERS
from articles.canonical.languages import Language
from articles.editions import queries
from articles.editions.shelf import Edition
from articles.publishing.publish import Terms


def typed(request: HttpRequest, language: Language) -> Typed:
    """Return what was ticked and typed for a language."""
    return Typed(
        ticked=language in request.POST.getlist("languages"),
        change_class=request.POST.get(f"class_{language}", ""),
        note=tidy(request.POST.get(f"note_{language}", "")),
        reason=tidy(request.POST.get(f"reason_{language}", "")),
    )


def terms(request: HttpRequest, language: Language, said: Typed) -> Terms:
    """Return on what terms a language is to go out."""
    known = said.change_class if said.change_class in CLASS_ANSWERS else None
    # Without a digest nothing would be compared; a form that came without one has seen nothing.
    return Terms(known, said.note, request.POST.get(f"seen_{language}") or "nothing")  # type: ignore[arg-type]


def tell(
    request: HttpRequest, kind: str, item: UUID, before: Mapping[Language, int], published: Mapping[Language, Edition]
) -> None:
    """Tell the publisher what readers see now, with links; `before` are the numbers of the live editions of then."""
    found = queries.by_id(kind, item)
    shelved = [text for language in published if found and (text := found.shelved(language))]
    links = format_html_join(" · ", '<a href="{}">{}</a>', [(text.page_path, text.document.title) for text in shelved])
    if all(before.get(language) == edition.number for language, edition in published.items()):
        messages.info(request, format_html("{} {}", _("Readers see this text already:"), links))
    else:
        messages.success(request, format_html("{} {}", _("Published:"), links))
