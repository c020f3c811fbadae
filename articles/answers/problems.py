"""Why a request was refused, as a document that a program and a person can both act on (RFC 9457).

One table: each type has its status, its title, and the fix, which its `type` address explains in both languages.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from articles.answers import headers
from articles.canonical.languages import Language

PATH = "/api/v1/problems/{name}/"
MEDIA_TYPE = "application/problem+json"

# Seconds after which to come back, to a page too, while the shelf is out of reach.
RETRY_AFTER = "10"


@dataclass(frozen=True)
class ProblemType:
    status: int
    kind: headers.Kind
    title: str | Promise
    fix: str | Promise


TYPES: Mapping[str, ProblemType] = {
    "malformed-request": ProblemType(
        400, "refusal",
        _("The request cannot be read"),
        _("Send a request that follows HTTP: UTF-8 in the address, no control characters, not too many parameters."),
    ),
    "unknown-parameter": ProblemType(
        400, "refusal",
        _("There is no such parameter here"),
        _("Take the parameters from the description of the interface. A filter that does not exist is refused and never"
          " ignored, so that nobody takes an unfiltered answer for a filtered one."),
    ),
    "invalid-parameter": ProblemType(
        400, "refusal",
        _("A parameter has a value that it cannot have"),
        _("Correct the value. What is allowed stands in the detail and in the description of the interface."),
    ),
    "missing-parameter": ProblemType(
        400, "refusal",
        _("A parameter is missing"),
        _("Add the parameter that “errors” names. What it means stands in the description of the interface."),
    ),
    "repeated-parameter": ProblemType(
        400, "refusal",
        _("A parameter is given more than once"),
        _("Give every parameter once. Several fields go into one parameter, separated by commas."),
    ),
    "malformed-body": ProblemType(
        400, "refusal",
        _("What was sent cannot be read"),
        _("Send one JSON object in UTF-8, without repeated names in an object, and without NaN or Infinity."),
    ),
    "unknown-member": ProblemType(
        400, "refusal",
        _("There is no such member here"),
        _("Take the members from the description of the interface. One that does not exist is refused and never"
          " ignored: it may have been meant as an answer."),
    ),
    "invalid-member": ProblemType(
        400, "refusal",
        _("A member is missing, or has a value that it cannot have"),
        _("Correct what “errors” names. What is allowed stands in the detail and in the description of the interface."),
    ),
    "invalid-answers": ProblemType(
        400, "refusal",
        _("Nothing is decided on these answers"),
        _("Correct what “errors” names and send all the answers again. We never leave an answer out and never guess"
          " what was meant: it might hide a symptom."),
    ),
    "invalid-cursor": ProblemType(
        400, "refusal",
        _("This list did not give out this cursor"),
        _("Follow the address in “next” as it is, or begin the list anew without a cursor."),
    ),
    "language-needed": ProblemType(
        400, "refusal",
        _("Say which language you mean"),
        _("Editions are numbered per language. Add lang=ru or lang=en."),
    ),
    "key-needed": ProblemType(
        401, "refusal",
        _("This address is for partners with a key"),
        _("Send your key in the header “Authorization: Bearer …”. How to get one stands in the documentation."),
    ),
    "bad-key": ProblemType(
        401, "refusal",
        _("This is not one of our keys"),
        _("Send the key exactly as it was shown, in the header “Authorization: Bearer …”. What is published can be read"
          " without a key: leave the header out."),
    ),
    "key-expired": ProblemType(
        401, "refusal",
        _("This key has expired"),
        _("Ask us for a new key. Until then leave the header out: what is published can be read without a key."),
    ),
    "key-revoked": ProblemType(
        401, "refusal",
        _("This key has been revoked"),
        _("Use your other key or ask us for a new one. What is published can be read without a key: leave the header"
          " out."),
    ),
    "partner-suspended": ProblemType(
        403, "refusal",
        _("Your access is suspended"),
        _("Write to us. What is published can still be read without a key, and withdrawals are told in the journal."),
    ),
    "out-of-scope": ProblemType(
        403, "refusal",
        _("This key is not for this kind or language"),
        _("Ask within the kinds and languages of your key, or ask us for a key with a wider scope."),
    ),
    "not-found": ProblemType(
        404, "missing",
        _("There is nothing at this address"),
        _("Check the address. Ids never change; begin at the root of the interface and follow the links."),
    ),
    "not-in-this-language": ProblemType(
        404, "missing",
        _("Not published in this language"),
        _("Take a language that “translations” lists, and say to your readers that the text is in another language."
          " We never answer with the other language's text by ourselves."),
    ),
    "method-not-allowed": ProblemType(
        405, "refusal",
        _("This method is not allowed here"),
        _("Use a method that the header “Allow” of this answer names."),
    ),
    "edition-not-live": ProblemType(
        409, "refusal",
        _("This edition of the questions is not the live one"),
        _("Fetch the protocol anew, show its questions as they are now, and ask again from the beginning. Answers to an"
          " older edition may mean something else today."),
    ),
    "protocol-expired": ProblemType(
        409, "refusal",
        _("These questions are past the day until which they were checked"),
        _("Ask nobody these questions any more. Show the table of when to get help, say that it is out of date, and"
          " follow the journal for a new edition."),
    ),
    "questions-closed": ProblemType(
        409, "refusal",
        _("These questions are not open"),
        _("Show the table of when to get help, with the emergency numbers. “status” in the protocol says when the"
          " questions open."),
    ),
    "too-many-webhooks": ProblemType(
        409, "refusal",
        _("You cannot have more webhooks"),
        _("Delete one that you do not need any more, or register one with a wider scope in its place."),
    ),
    "journal-reset": ProblemType(
        409, "refusal",
        _("The journal does not reach that far"),
        _("The journal may have been restored from a backup. Compare your last hash with the line of the same sequence."
          " If they differ, drop your copy and read everything anew from the beginning."),
    ),
    "withdrawn": ProblemType(
        410, "gone",
        _("Withdrawn from publication"),
        _("Remove the text from everywhere you show it. Show the reason, and what replaces it where that is named."),
    ),
    "body-too-large": ProblemType(
        413, "refusal",
        _("What was sent is too large"),
        _("Send the answers only: nobody’s answers need more than 64 kilobytes."),
    ),
    "unsupported-media-type": ProblemType(
        415, "refusal",
        _("What was sent is not JSON"),
        _("Send JSON in UTF-8 with the header “Content-Type: application/json”."),
    ),
    "too-many-requests": ProblemType(
        429, "refusal",
        _("Too many requests in so short a time"),
        _("Wait for as many seconds as “Retry-After” says. Show your readers the emergency numbers meanwhile: nobody"
          " should wait with an emergency sign."),
    ),
    "server-error": ProblemType(
        500, "fault",
        _("Something broke on our side"),
        _("Try again in a minute. If it happens again, tell us the address and the time."),
    ),
    "unavailable": ProblemType(
        503, "fault",
        _("We cannot answer at the moment"),
        _("Try again after the time in “Retry-After”. Keep what you have for no longer than its max_age."),
    ),
}  # fmt: skip


def type_url(name: str) -> str:
    """Return the address that identifies and explains a type. It carries no language: programs compare it."""
    return settings.SITE_URL + PATH.format(name=name)


def problem(name: str, language: Language, detail: str = "", /, **members: Any) -> dict[str, Any]:
    """Return the problem document in a language; `members` are its own further fields. KeyError for unknown types."""
    kind = TYPES[name]
    with override(language):
        document = {"type": type_url(name), "title": str(kind.title), "status": kind.status, "fix": str(kind.fix)}
    return document | ({"detail": detail} if detail else {}) | members


def problem_response(document: Mapping[str, Any], language: Language) -> HttpResponse:
    """Return the answer for a document that `problem` made, with status and headers of its type."""
    name = document["type"].rstrip("/").rpartition("/")[2]
    body = json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")
    response = HttpResponse(body, content_type=MEDIA_TYPE, status=document["status"])
    return headers.apply(response, TYPES[name].kind, language=language, vary=("Accept-Language",))
