"""The root, its unknown addresses, and the pages that explain problems."""

from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.translation import gettext, override
from rest_framework.request import Request

from articles.answers import headers
from articles.answers.conditional import conditional
from articles.answers.door import caller
from articles.answers.limits import KEY_LIMITS, LIMITS, announced
from articles.answers.problems import TYPES, type_url
from articles.answers.usage import noted
from articles.api.v1.answering import PublicAddress, Response, language_of, open_to_other_sites
from articles.api.v1.description import VERSION
from articles.api.v1.offers import OFFERS
from articles.api.v1.paging import DEFAULT_LIMIT, LARGEST_LIMIT
from articles.api.v1.parameters import refuse_keys
from articles.api.v1.presenters.items import licence_out
from articles.api.v1.refusals import RefusedError, answer_for
from articles.api.v1.shapes import root as shapes
from articles.api.v1.views.changes import MOST_LINES
from articles.canonical.languages import LANGUAGES, Language
from articles.editions import queries
from articles.editions.care import emergency_words

_AS_THEY_ARE = "%!$&'()*+,;=:@/?-._~[]"


class Start(PublicAddress):
    """Where everything is, how much one answer holds, what may be done with the texts, and the journal's head."""

    answers = shapes.Root

    def get(self, request: Request) -> HttpResponse:
        head = queries.head()
        return self.answer(
            shapes.Root(
                name=gettext("Health information in Russian and English, for partners"),
                version=VERSION,
                languages=list(LANGUAGES),
                links=_links(self.language),
                limits=shapes.Limits(
                    list_default=DEFAULT_LIMIT,
                    list_most=LARGEST_LIMIT,
                    changes_most=MOST_LINES,
                    decisions_a_minute=LIMITS["decide"].quota,
                    requests=[
                        shapes.RequestLimit(
                            name=name, of_address=LIMITS[name].quota, of_key=limit.quota, seconds=limit.seconds
                        )
                        for name, limit in KEY_LIMITS.items()
                    ],
                ),
                licence=licence_out(self.language),
                safety=shapes.Safety(
                    rule=gettext(
                        "Follow the journal. Take a withdrawn text down at once, and hide any copy that you could not"
                        " confirm for longer than its max_age."
                    ),
                    contact=settings.CONTACT_EMAIL or None,
                    emergency=emergency_words(self.language),
                ),
                head=shapes.Head(sequence=head.sequence, hash=head.hash),
            )
        )


# Addresses that no table of kinds names.
_OTHERS = (
    "quotes", "sources", "snapshot", "search", "lookup", "verify", "webhooks", "acknowledgements", "usage", "schema",
    "docs",
)  # fmt: skip


def _links(language: Language) -> shapes.Links:
    home = f"{settings.SITE_URL}/api/v1/"
    collections = {offer.name: offer.collection for offer in OFFERS.values()} | dict(zip(_OTHERS, _OTHERS, strict=True))
    return shapes.Links(
        **{name: f"{home}{collection}/?lang={language}" for name, collection in collections.items()},
        changes=f"{home}changes/?after=0&lang={language}",
        feed_atom=f"{settings.SITE_URL}/{language}/feed.atom",
        feed_json=f"{settings.SITE_URL}/{language}/feed.json",
    )


class ProblemPage(PublicAddress):
    """What a type of problem means and how to fix it, in both languages: a page for people, JSON for programs."""

    answers = shapes.ProblemTypeOut
    refuses = ("not-found",)
    has_page = True
    is_in_one_language = False

    def get(self, request: Request, name: str) -> HttpResponse:
        kind = TYPES.get(name)
        if kind is None:
            raise RefusedError("not-found")
        title, fix = _in_both(name, "title"), _in_both(name, "fix")
        if "text/html" in request.headers.get("Accept", ""):
            page = render_to_string(
                "articles/api/problem.html",
                {"texts": [(code, title[code], fix[code]) for code in LANGUAGES], "status": kind.status},
            )
            response = HttpResponse(page)
        else:
            response = self.answer(shapes.ProblemTypeOut(type=type_url(name), status=kind.status, title=title, fix=fix))
        headers.apply(response, "constant", vary=("Accept",))
        return conditional(self.request, response)


def unknown_address(request: HttpRequest) -> HttpResponseBase:
    """Answer a problem document for what does not exist, or lead to the address with its slash.

    A key is looked at here too, and one in the address refused: a redirect would write it into a second log.
    """
    language = language_of(request)
    key = None
    with override(language):
        try:
            key = asking.key if (asking := caller(request)) else None
            refuse_keys(request.GET)
            response = _moved(request) or answer_for(RefusedError("not-found"), request, language)
        except Exception as fault:
            response = answer_for(fault, request, language)
    return noted(of_no_view(response), key)


def _moved(request: HttpRequest) -> HttpResponse | None:
    """Lead to the address with its slash where there is one; None elsewhere."""
    with_slash = f"{request.path_info}/"
    if request.path_info.endswith("/") or request.method not in {"GET", "HEAD"} or not _exists(with_slash):
        return None
    # Letters that came unencoded are bytes here, and lead on as the same bytes.
    query = quote(request.META.get("QUERY_STRING", "").encode("latin-1", "replace"), safe=_AS_THEY_ARE)
    return headers.apply(HttpResponsePermanentRedirect(f"{request.path}/" + (f"?{query}" if query else "")), "moved")


def of_no_view(response: Response) -> Response:
    """Give an answer that no address of the interface made what every answer of the interface has, and return it."""
    response["RateLimit-Policy"] = announced()
    return open_to_other_sites(response)


def _exists(path: str) -> bool:
    try:
        return resolve(path).func is not unknown_address
    except Resolver404:
        return False


def _in_both(name: str, member: str) -> dict[Language, str]:
    texts: dict[Language, str] = {}
    for code in LANGUAGES:
        with override(code):
            texts[code] = str(getattr(TYPES[name], member))
    return texts
