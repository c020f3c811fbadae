"""The page for partners, and the request for access that is sent from it. Without a cookie, like every public form."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from articles.answers import headers, limits
from articles.answers.forms import MalformedFormError, read_fields
from articles.canonical.languages import LANGUAGES, Language
from articles.partners import applications, request_letters
from articles.partners.applications import LONGEST, Asked
from articles.partners.scopes import unknown_in
from articles.reader import pages
from articles.reader.pages import Shown
from articles.reader.presenters.partners import TRAP, blank_page, refused_page, sent_page, typed_page
from articles.reader.rendering import Page, render
from articles.reader.views import in_its_language, sent

LIMIT = "requests-for-access"

# Some 40,000 Russian letters: whoever pastes too long a text is told so and keeps it.
LARGEST_BYTES = 256 * 1024
_MOST_FIELDS = 60
_SEVERAL = frozenset({"kinds", "languages"})
_FIELDS = frozenset({*LONGEST, *_SEVERAL, TRAP, "do"})


@require_http_methods(["GET", "HEAD", "POST"])
@in_its_language
def partners(request: HttpRequest, language: Language) -> HttpResponse:
    """What partners get and promise, with the form; or what follows from a form that was sent."""
    if request.method != "POST":
        return sent(request, Shown("partners", blank_page(language)))
    return headers.apply(_reply(request, language), "told", language=language)


def _reply(request: HttpRequest, language: Language) -> HttpResponse:
    try:
        asked, is_trapped = _read(request, language)
    except MalformedFormError:
        return _page("partners", refused_page(language), status=400)
    found = applications.read(asked)
    if found.faults or is_trapped:
        return _page("partners", typed_page(asked, found.faults, is_trapped=is_trapped), status=422)
    # Only what would be kept counts: slips in the form take nobody's turn away.
    use = limits.use(LIMIT, request)
    if use.is_exceeded:
        return limits.apply(_page("partners", typed_page(asked, {}, waits=use.resets_in), status=429), use)
    if application := applications.ask(asked, at=datetime.now(UTC)):
        request_letters.received(application)
    # The same answer whether or not it was there before: nobody learns here who else has asked.
    return limits.apply(_page("partners_sent", sent_page(language)), use)


def _read(request: HttpRequest, language: Language) -> tuple[Asked, bool]:
    """What was typed, and whether a program filled in what people do not see."""
    fields = read_fields(request, largest=LARGEST_BYTES, most=_MOST_FIELDS)
    names = [name for name, _ in fields]
    if not _FIELDS.issuperset(names) or any(names.count(name) > 1 for name in set(names) - _SEVERAL):
        raise MalformedFormError("not the form of this page")
    held = dict(fields)
    ticked = {several: tuple(value for name, value in fields if name == several) for several in _SEVERAL}
    chosen: tuple[Language, ...] = tuple(one for one in LANGUAGES if one in ticked["languages"])
    if len(chosen) != len(ticked["languages"]) or unknown_in([*ticked["kinds"]], []):
        raise MalformedFormError("nothing that can be ticked")
    typed = {name: held.get(name, "") for name in LONGEST}
    asked = Asked(**typed, language=language, kinds=ticked["kinds"], languages=chosen)
    return asked, bool(held.get(TRAP))


def _page(template: str, page: Page, *, status: int = 200) -> HttpResponse:
    return HttpResponse(render(template, page, about=pages.about(page.frame.language)), status=status)
