"""“We are checking this text”: put over a live page, and taken off it again. Everything is filled in for a hurry."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.admin.moments import now, person
from articles.admin.press import addresses
from articles.admin.press.typed_words import refusals, tidy
from articles.admin.press.words import LANGUAGE_NAMES, title_of
from articles.admin.site import desk_site
from articles.canonical.languages import LANGUAGES, Language
from articles.editions import queries
from articles.editions.queries import Found, Shelved
from articles.editorial.roles import may
from articles.publishing.checking import end_check, start_check
from articles.publishing.desks import ITEMS
from articles.publishing.problems import RefusedError


@desk_site.page("check/<str:kind>/<uuid:item>/", name="check")
def check(request: HttpRequest, kind: str, item: UUID) -> HttpResponse:
    """Ask for one sentence in each language, filled in already, and put the notice up; or take it off."""
    if not may(request.user, "publish"):
        raise PermissionDenied
    found = queries.by_id(kind, item) if kind in ITEMS else None
    if found is None:
        raise Http404
    if request.method != "POST":
        return _page(request, found, [])
    if unsafe := refusals(request.POST, [f"note_{language}" for language in LANGUAGES]):
        return _page(request, found, unsafe)
    ends = "_end" in request.POST
    languages = [language for language in LANGUAGES if language in request.POST.getlist("languages")]
    notes: dict[Language, str] = {code: tidy(request.POST.get(f"note_{code}", "")) for code in languages}
    try:
        (end_check if ends else start_check)(kind, item, languages, notes, by=person(request), at=now())
    except RefusedError as refusal:
        refused = [(f"note_{one.language}" if one.language else "languages", one.sentence) for one in refusal.problems]
        return _page(request, found, refused)
    said = _("The notice is off. Readers see the text as before.") if ends else _("Readers are told from now on.")
    messages.success(request, said)
    return HttpResponseRedirect(request.get_full_path())


def _page(request: HttpRequest, found: Found, refused: Sequence[tuple[str, str]]) -> HttpResponse:
    texts = [text for language in LANGUAGES if (text := found.shelved(language))]
    live = [text for text in texts if text.is_live]
    context = desk_site.each_context(request) | {
        "title": _("We are checking this text"),
        "subtitle": title_of({text.language: text.standing.title for text in texts}),
        "free": [_choice(request, text, default_note(text.language)) for text in live if not text.check],
        "checked": [_choice(request, text, "") for text in live if text.check],
        "refused": refused,
        "form_url": addresses.form(texts[0].standing.kind, found.item),
    }
    return TemplateResponse(request, "articles/admin/press/check.html", context, status=422 if refused else 200)


def default_note(language: Language) -> str:
    """Return a sentence that is true of every check, in this language."""
    with override(language):
        return _("We are comparing it with its sources. Until that is done, do not rely on it alone.")


def _choice(request: HttpRequest, text: Shelved, note: str) -> dict[str, object]:
    posted = request.method == "POST"
    return {
        "language": text.language,
        "name": LANGUAGE_NAMES[text.language],
        "title": text.standing.title,
        "url": text.page_path,
        "ticked": text.language in request.POST.getlist("languages") if posted else True,
        "note": request.POST.get(f"note_{text.language}", note) if posted else note,
        "told": (text.check or {}).get("note", ""),
        "since": parse_datetime(text.check["started_at"]) if text.check else None,
    }
