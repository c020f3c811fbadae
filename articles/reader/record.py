"""What the site answers for: the corrections log, and whether a copy is still current."""

import re

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.canonical.languages import Language
from articles.editions import histories
from articles.editions.copies import copy_of, read_code
from articles.reader import pages
from articles.reader.pages import Shown
from articles.reader.presenters.copies import answer_page, empty_page, fault_page
from articles.reader.presenters.corrections import corrections_page
from articles.reader.views import in_its_language, not_found, sent

PAGE_SIZE = 50
# Numbers of journal lines; what is longer than this is none, and too long for the database.
_SEQUENCE = re.compile(r"[1-9][0-9]{0,17}")


@require_safe
@in_its_language
def corrections(request: HttpRequest, language: Language) -> HttpResponse:
    """The corrections of the texts in this language, newest first, below the number `before` of the journal."""
    before = request.GET.get("before")
    if before is not None and not _SEQUENCE.fullmatch(before):
        return not_found(language)
    events = histories.corrections(language, limit=PAGE_SIZE + 1, before=int(before) if before else None)
    standings = histories.standings([event.line.item for event in events], language)
    page = corrections_page(events, standings, language, size=PAGE_SIZE, is_newest=before is None)
    return sent(request, Shown("corrections", page))


@require_safe
@in_its_language
def verify(request: HttpRequest, language: Language) -> HttpResponse:
    """The form, and, with `digest`, whether the copy that it stands on is still current."""
    typed = request.GET.get("digest", "").strip()
    if not typed:
        return sent(request, Shown("verify", empty_page(language)))
    code = read_code(typed)
    if code.problem:
        return sent(request, Shown("verify", fault_page(typed, code, language)))
    copy = copy_of(code.prefix)
    tombstone = copy.shelved.standing.tombstone if copy.shelved else None
    replacement = pages.replacement(tombstone or {}, language)
    return sent(request, Shown("verify", answer_page(typed, copy, replacement, language)))
