"""What the opening page is to programs, in the words of schema.org. Questions and outcomes are told to none."""

from articles.reader.machine.describing import described
from articles.reader.machine.nodes import Node, page_node, people, works
from triage.pages.presenters.opening import OpeningPage


@described.register
def _opening(page: OpeningPage) -> Node:
    return page_node(
        "MedicalWebPage",
        page.frame,
        datePublished=page.facts.published,
        dateModified=page.facts.changed,
        lastReviewed=page.facts.reviewed_on,
        reviewedBy=people(page.facts.reviewers),
        citation=works(one.words for one in page.sources),
    )
