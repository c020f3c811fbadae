"""Whether copies are still current, asked by the digests that stand on them."""

from typing import ClassVar

from django.http import HttpResponse
from django.utils.translation import gettext
from rest_framework.request import Request

from articles.answers import headers
from articles.api.v1.answering import PublicAddress
from articles.api.v1.parameters import LANG, BadValueError, Parameter
from articles.api.v1.presenters.copies import copy_out
from articles.api.v1.shapes.copies import VerifyOut
from articles.editions import queries
from articles.editions.copies import LONGEST, SHORTEST, copies_of, read_code

MOST_DIGESTS = 50


def a_digest(text: str) -> str:
    """Take a digest or its beginning, with spaces and capitals, as people type it from paper."""
    code = read_code(text)
    if code.problem:
        raise BadValueError(
            gettext("Give from %(least)d to %(most)d hexadecimal digits of a digest.")
            % {"least": SHORTEST, "most": LONGEST}
        )
    return code.prefix


DIGEST = Parameter(
    "digest",
    a_digest,
    {"type": "string", "pattern": f"^[0-9A-Fa-f]{{{SHORTEST},{LONGEST}}}$"},
    f"`digest` or `content_digest` of a copy, or at least its first {SHORTEST} characters. Give it again for each"
    f" further copy, up to {MOST_DIGESTS} in one request.",
    required=True,
    repeatable=MOST_DIGESTS,
)


class Verify(PublicAddress):
    """Whether copies are still current.

    Send the `digest` or `content_digest` of each copy, of an edition of any kind and language. The answer says what
    became of each: `current`, `outdated` (by which editions, and how grave the gravest change was), `withdrawn_in_part`
    or `withdrawn` with the tombstone, `unknown`, `ambiguous`.

    No answer that cannot be confirmed against the journal is ever given: then it is `503`. Ask again each time before
    you rely on an answer that you have kept: `Cache-Control: no-cache` says so to caches.
    """

    parameters = (LANG, DIGEST)
    answers = VerifyOut
    refuses = ("missing-parameter",)
    is_in_one_language = False
    sent_as: ClassVar[headers.Kind] = "confirmed"
    limit: ClassVar[str | None] = "verify"

    def get(self, request: Request) -> HttpResponse:
        # The head first: what is answered is at least as new as the line that it names.
        head = queries.head()
        copies = copies_of(self.asked["digest"])
        results = [copy_out(digest, copy) for digest, copy in copies.items()]
        return self.answer(VerifyOut(results=results, head=head.sequence))
