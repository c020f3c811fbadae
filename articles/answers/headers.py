"""How long each kind of answer may be kept, and on what it depends: one table for pages and API."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from articles.canonical.languages import Language

Response = TypeVar("Response", bound=HttpResponseBase)
Kind = Literal[
    "page",
    "answer",
    "confirmed",
    "asked",
    "told",
    "stream",
    "own",
    "gone",
    "missing",
    "moved",
    "choice",
    "refusal",
    "fault",
    "health",
    "constant",
    "picture",
]

# A withdrawal leaves our own servers within a second; these bounds are how long it may last downstream.
_SHORT = "max-age=60, stale-while-revalidate=30, stale-if-error=600"
_NEVER = "no-store"


@dataclass(frozen=True)
class Policy:
    cache: str
    vary: tuple[str, ...] = ("Accept-Encoding",)
    extra: Mapping[str, str] = field(default_factory=dict)


POLICIES: Mapping[Kind, Policy] = {
    # what is published: a page, and a JSON answer (an answer is not a page for search engines)
    "page": Policy(_SHORT),
    "answer": Policy(_SHORT, extra={"X-Robots-Tag": "noindex"}),
    # what copies are confirmed by (journal, state of a copy): whoever keeps the answer asks again each time, and
    # hears it when we cannot say
    "confirmed": Policy("no-cache", extra={"X-Robots-Tag": "noindex"}),
    # what somebody typed stands in the address and in the answer: no cache between us keeps it, no log of the next page
    # names it, and it does not lie in the browser's own cache on a shared computer
    "asked": Policy(_NEVER, extra={"Referrer-Policy": "no-referrer"}),
    # what somebody told of their health stands in the answer, and only there: the form has no address of its own
    "told": Policy(_NEVER, extra={"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}),
    # the whole shelf: long to send and old soon, so whoever kept it asks first whether it is still the newest
    "stream": Policy("no-cache", extra={"X-Robots-Tag": "noindex"}),
    # a partner's own: for whoever shows its key and for nobody else
    "own": Policy(_NEVER, extra={"X-Robots-Tag": "noindex"}),
    # withdrawn: as long as a page, so that the notice replaces the page everywhere within the same bounds
    "gone": Policy(_SHORT),
    # not there (yet): never longer than a page, and not kept beyond that, because it may be published any moment
    "missing": Policy("max-age=60"),
    # another address for good; withdrawn and restored slugs may still change what stands there
    "moved": Policy(_SHORT),
    # a redirect chosen by the reader's language
    "choice": Policy(_SHORT, vary=("Accept-Encoding", "Accept-Language")),
    # refused because of how it was asked, and our own faults: nobody else's answer
    "refusal": Policy(_NEVER),
    "fault": Policy(_NEVER),
    "health": Policy(_NEVER),
    # robots.txt, icons, texts that change with a release only
    "constant": Policy("max-age=3600"),
    # a file whose address names its content: other content has another address, and a page says which one it shows
    "picture": Policy("public, max-age=31536000, immutable", vary=()),
}


def apply(response: Response, kind: Kind, *, language: Language | None = None, vary: tuple[str, ...] = ()) -> Response:
    """Set the headers of this kind of answer and return the response.

    `language` is that of the text (`Content-Language`); `vary` names request headers that were negotiated besides.
    """
    policy = POLICIES[kind]
    # For whoever keeps finished answers (articles/answers/warm.py).
    response.answer_kind = kind  # type: ignore[attr-defined]
    response["Cache-Control"] = policy.cache
    for name, value in policy.extra.items():
        response[name] = value
    if language:
        response["Content-Language"] = language
    if names := list(dict.fromkeys([*policy.vary, *vary])):
        patch_vary_headers(response, names)
    return response
