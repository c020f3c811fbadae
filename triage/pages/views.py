"""The pages of the triage. What is published is asked for by GET; what somebody answers comes by POST and is kept by
nobody: not by the server, not by a cache on the way, not in an address."""

from datetime import UTC, date, datetime

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_http_methods, require_safe

from articles.answers import headers
from articles.answers.conditional import conditional
from articles.canonical.languages import Language
from articles.editions import queries
from articles.editions.queries import Shelved
from articles.reader import pages
from articles.reader.rendering import Page, rendered
from articles.reader.views import in_its_language, live_item
from triage.live.protocols import LiveProtocol
from triage.pages import conversation

# Reading it makes the page known to whatever tells programs of pages.
from triage.pages import describing as _describing  # noqa: F401
from triage.pages.presenters.listing import protocols_page
from triage.pages.presenters.opening import opening_page

# A page that may be kept depends on its address and on the journal alone, so no day makes a protocol expire on it: the
# journal tells when it has. Whoever sends a form is measured by the day.
_NO_DAY = date.min


@require_safe
@in_its_language
def protocols(request: HttpRequest, language: Language) -> HttpResponse:
    """Every protocol that is live; of one alone too, so that no address moves when the next one comes."""
    held = queries.live_list("protocol", language, limit=pages.LIST_LIMIT)
    return _published(request, "protocols", protocols_page(held, language))


@require_http_methods(["GET", "HEAD", "POST"])
@in_its_language
def protocol(request: HttpRequest, language: Language, slug: str) -> HttpResponse:
    """The opening page with its table, or what follows from a form that was sent."""
    here = live_item(language, "protocol", slug)
    if request.method == "POST":
        return conversation.told(_reply(request, here, language, slug), language=language)
    if isinstance(here, HttpResponse):
        return here
    page = opening_page(LiveProtocol(here, _NO_DAY))
    return _published(request, "opening", page, changed_at=here.envelope.published_at)


def _reply(request: HttpRequest, here: Shelved | HttpResponse, language: Language, slug: str) -> HttpResponse:
    if isinstance(here, HttpResponsePermanentRedirect):
        # A browser would follow it without the form and without a word: whoever is in the middle is told instead.
        found = queries.by_slug("protocol", slug)
        here = (found and found.shelved(language)) or here
    if isinstance(here, HttpResponse):
        return here
    return conversation.reply(request, here, at=datetime.now(UTC))


def _published(request: HttpRequest, template: str, page: Page, *, changed_at: str = "") -> HttpResponse:
    language = page.frame.language
    html = rendered(f"triage/{template}.html", page, about=pages.about(language))
    return conditional(request, headers.apply(HttpResponse(html), "page", language=language), changed_at=changed_at)
