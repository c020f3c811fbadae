"""Answers that cost nothing: a strong tag of the bytes that are sent, and 304 for who has them already (RFC 9110)."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import http_date

from articles.answers.encoding import held, tags
from articles.editions.times import moment

# What a 304 repeats of the answer that it stands for; and what lets a page of another site read it.
_KEPT = (
    "Cache-Control", "Content-Language", "Content-Location", "ETag", "Last-Modified", "Vary", "Link",
    "Access-Control-Allow-Origin", "Access-Control-Expose-Headers",
)  # fmt: skip


def conditional(request: HttpRequest, response: HttpResponse, *, changed_at: str = "") -> HttpResponse:
    """Return the response with its strong `ETag`, or 304 if the request names that tag in `If-None-Match`.

    The tag is that of the bytes as they are; whoever compresses them gives the compressed ones their own. The 304
    carries the tag of the form that the asker holds, of any form that it accepts.
    `changed_at` (RFC 3339) becomes `Last-Modified`. A date alone never earns a 304: it counts whole seconds, and links
    or the state of the translation may change an answer without a new edition. Answers other than 200 stay as they are.
    """
    if response.status_code != 200 or request.method not in {"GET", "HEAD"}:
        return response
    response["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
    if changed_at:
        response["Last-Modified"] = http_date(moment(changed_at).timestamp())
    if (named := request.META.get("HTTP_IF_NONE_MATCH")) is None:
        return response
    found = held(named, tags(request, response))
    return response if found is None else _unchanged(response, found)


def unless_held(request: HttpRequest, response: HttpResponseBase, name: str) -> HttpResponseBase:
    """Return the response with a weak `ETag`, or 304 if the request names it: for answers made while they are sent.

    `name` stands for all that the answer depends on. The tag is weak, because bytes that are not made yet may still
    turn out differently; it says that who holds the one may do with it all that the other is for.
    """
    response["ETag"] = f'W/"{sha256(name.encode()).hexdigest()[:32]}"'
    found = held(request.headers.get("If-None-Match", ""), [response["ETag"].removeprefix("W/")])
    return response if found is None else _unchanged(response, response["ETag"])


def _unchanged(response: HttpResponseBase, tag: str) -> HttpResponse:
    unchanged = HttpResponseNotModified()
    for name in _KEPT:
        if response.has_header(name):
            unchanged[name] = response[name]
    unchanged["ETag"] = tag
    # Of what kind the answer is that it stands for.
    unchanged.answer_kind = getattr(response, "answer_kind", None)  # type: ignore[attr-defined]
    return unchanged
