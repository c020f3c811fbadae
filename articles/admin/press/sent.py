"""What forms for publishing and signing sent, and what is told after it: texts and protocols have the same ones."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from articles.admin.press.proofs import Obstacle, Typed, obstacle
from articles.admin.press.typed_words import tidy
from articles.admin.press.words import CLASS_ANSWERS
from articles.canonical.languages import LANGUAGES, Language
from articles.content.problems import DeskProblem
from articles.editions import queries
from articles.editions.shelf import Edition
from articles.publishing.publish import Terms

# Problems of a signature that are mended at its fields: code to the field's id; a name's has its language too.
SIGNATURE_FIELDS: Mapping[str, str] = {
    "name-missing": "name_",
    "name-unreadable": "name_",
    "name-too-long": "name_",
    "next-date-past": "next_on",
    "next-date-far": "next_on",
    "next-date-risk": "next_on",
    "words-unreadable": "note",
}


def typed(request: HttpRequest, language: Language) -> Typed:
    """Return what was ticked and typed for a language."""
    return Typed(
        # Said of a text that stays as it is, it is what there is to publish.
        ticked=language in request.POST.getlist("languages") or request.POST.get(f"only_{language}") == "publish",
        change_class=request.POST.get(f"class_{language}", ""),
        note=tidy(request.POST.get(f"note_{language}", "")),
        reason=tidy(request.POST.get(f"reason_{language}", "")),
        this_language_only=f"only_{language}" in request.POST,
    )


def terms(request: HttpRequest, language: Language, said: Typed) -> Terms:
    """Return on what terms a language is to go out."""
    known = said.change_class if said.change_class in CLASS_ANSWERS else None
    # Without a digest nothing would be compared; a form that came without one has seen nothing.
    seen = request.POST.get(f"seen_{language}") or "nothing"
    return Terms(known, said.note, seen, this_language_only=said.this_language_only)  # type: ignore[arg-type]


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


def names(request: HttpRequest) -> dict[Language, str]:
    """Return the names under which somebody signs, for readers of each language."""
    return {language: tidy(request.POST.get(f"name_{language}", "")) for language in LANGUAGES}


def day(value: str) -> date | None:
    """Return the day that was typed, None for what is none."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def obstacles(problems: Sequence[DeskProblem], fields: Mapping[str, str], kind: str, item: UUID) -> list[Obstacle]:
    """Return each problem once, with the way to where it is mended: a field of the page itself, or another page."""
    found: list[Obstacle] = []
    for problem in problems:
        field = fields.get(problem.code)
        if field is None:
            found.append(obstacle(problem, kind, item))
        else:
            found.append(Obstacle(problem.sentence, f"#{field}{problem.language if field == 'name_' else ''}"))
    return list(dict.fromkeys(found))
