"""A text with one block of every kind that says nothing about anybody's health: what the examples of blocks show.

Their files are what the interface makes of it, and `operation_examples` writes them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.factories.documents import a_document, a_quote, a_source, a_verdict, an_id, heading, quoted, shelve, text
from tests.factories.documents_of_kinds import (
    a_care_box,
    a_faq,
    a_picture,
    a_row,
    a_service,
    accounts,
    care_box,
    evidence_table,
    figure,
    key_points,
    note,
    related,
    steps,
    table,
)

if TYPE_CHECKING:
    from django.test import Client

QUESTION = an_id("example/question")
SOURCE = a_source(
    "example", kind="reference", title="A page that somebody published", authors=[], publisher="A publisher",
    container="", volume="", issue="", pages="", issued="2026", doi="", access="publisher",
)  # fmt: skip


def _said(name: str, words: str) -> Any:
    return a_quote(
        f"example/{name}", text=words, original_language="en", attribution="unnamed", speaker=None, source=SOURCE.id,
        verdict=a_verdict("not_assessed", ""),
    )  # fmt: skip


BLOCKS = (
    heading("A section of the text"),
    text("A paragraph of running text.", "Another one.", name="example/text"),
    key_points("The first thing to know.", "The second one.", name="example/key points", required=True),
    steps("What comes first.", "What comes then.", title="In this order", name="example/steps"),
    note("What a reader must not miss.", title="Mind this", name="example/note"),
    table(
        ["What", "Here", "There"], ["The first row", "this", "that"], caption="A plain table", under="A note under it.",
        name="example/table",
    ),
    quoted(_said("quote", "What the publication says, in our words."), name="example/quoted"),
    care_box(
        a_care_box(
            "example", title="Call {emergency} now if", triggers=["there is the first sign", "there is the second sign"],
            advice="What to do until somebody comes.",
            services=[a_service("112", name="Emergency number", note="", country="RU")],
        ),
        name="example/care box",
    ),
    evidence_table(
        a_row("The first option", finding="What studies found.", verdict="unclear", conclusion="What follows.",
              sources=[SOURCE.id]),
        name="example/evidence", title="Several options", note="How to read the table.",
    ),
    accounts(
        _said("one", "One publication says this."), _said("other", "Another one says that."), name="example/accounts",
        title="Two accounts", note="The publications do not refer to each other.",
    ),
    figure(
        a_picture("example", alt="What the picture shows", caption="What it is about.", credit="Whoever made it"),
        name="example/figure",
    ),
    related(QUESTION, title="What readers ask next", name="example/related"),
)  # fmt: skip


def answered(client: Client, site: str) -> dict[str, Any]:
    """Put the text on the shelf and return its blocks as partners get them, by kind, from a site at this address."""
    from articles.api.v1.examples import SITE

    shelve(a_faq(title="Another question", slug="another-question", summary="Its answer."), "en", item=QUESTION)
    document = a_document(*BLOCKS, sources=[SOURCE], title="An example", slug="an-example", summary="An example.")
    shelve(document, "en", item=an_id("example"))
    answer = client.get(f"/api/v1/articles/{an_id('example')}/?lang=en").content.decode()
    return {block["kind"]: block for block in json.loads(answer.replace(site, SITE))["blocks"]}
