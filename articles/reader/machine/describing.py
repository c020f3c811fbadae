"""What a page is, in the words of schema.org: one node for each kind of page, from nothing but what the page shows."""

from collections.abc import Mapping
from functools import singledispatch
from typing import Any

from django.utils.translation import gettext

from articles.reader.machine.nodes import Node, listing, node, page_node, people, person, publisher, whole, works
from articles.reader.presenters.facts import Facts
from articles.reader.presenters.frame import Frame
from articles.reader.presenters.glossary import GlossaryPage, TermView
from articles.reader.presenters.home import HomePage
from articles.reader.presenters.item import ConditionView, ItemPage
from articles.reader.presenters.library import LibraryPage
from articles.reader.presenters.people import PeoplePage

# A question has one answer, which is ours: `QAPage` is for pages where readers answer.
PAGES: Mapping[str, str] = {
    "article": "MedicalWebPage",
    "faq": "FAQPage",
    "topic": "CollectionPage",
    "expert": "ProfilePage",
    "page": "AboutPage",
}


@singledispatch
def described(page: Any) -> Node:
    """Return the node of a page; of a kind without a function here all that is known is its frame."""
    frame: Frame = page.frame
    return page_node("CollectionPage" if frame.is_section else "WebPage", frame)


@described.register
def _item(page: ItemPage) -> Node:
    facts = page.facts or Facts()
    kind = PAGES[page.kind]
    return page_node(
        kind,
        page.frame,
        about=[
            *(node("Thing", name=topic.words, url=whole(topic.address)) for topic in page.topics),
            *(_condition(one) for one in page.conditions),
        ],
        mainEntity=_main(page),
        datePublished=facts.published,
        dateModified=facts.changed,
        lastReviewed=facts.reviewed_on,
        reviewedBy=people(facts.reviewers),
        author=people(facts.written),
        translator=people(facts.translated),
        translationOfWork=_twin(kind, facts.original, page.frame),
        workTranslation=_twin(kind, facts.translation, page.frame),
        citation=works(one.words for one in page.sources),
        correction=[node("CorrectionComment", text=one.words, datePublished=one.at) for one in facts.corrections],
    )


@described.register
def _glossary(page: GlossaryPage) -> Node:
    terms = [_term(term, page.frame) for letter in page.letters for term in letter.terms]
    held = node("DefinedTermSet", name=page.frame.title, hasDefinedTerm=terms) if terms else None
    return page_node("CollectionPage", page.frame, mainEntity=held)


@described.register
def _library(page: LibraryPage) -> Node:
    return page_node("CollectionPage", page.frame, mainEntity=listing(works(held.source for held in page.sources)))


@described.register
def _people(page: PeoplePage) -> Node:
    return page_node(
        "CollectionPage", page.frame, mainEntity=listing([person(who, who.address) for who in page.participants])
    )


@described.register
def _home(page: HomePage) -> Node:
    frame = page.frame
    search = node("EntryPoint", urlTemplate=f"{whole(frame.search)}?q={{words}}")
    return node(
        "WebSite",
        url=frame.canonical,
        name=gettext("Plain Health"),
        description=frame.description,
        inLanguage=frame.language,
        publisher=publisher(frame),
        potentialAction=node("SearchAction", target=search) | {"query-input": "required name=words"},
    )


def _condition(one: ConditionView) -> Node:
    codes = [node("MedicalCode", codeValue=code, codingSystem="ICD-10") for code in one.codes]
    return node("MedicalCondition", name=one.words, url=whole(one.address), code=codes)


def _main(page: ItemPage) -> Node | None:
    """The question with its short answer as it stands on the page, or the person that a page is about."""
    if page.kind == "faq" and page.summary:
        return node("Question", name=page.title, acceptedAnswer=node("Answer", text="\n".join(page.summary)))
    if page.kind == "expert" and not page.own.is_quoted:
        return person(page.own.who, page.frame.canonical, description="\n".join(page.summary))
    return None


def _twin(kind: str, address: str, frame: Frame) -> Node | None:
    """The same page in the other language, without a word of it."""
    return node(kind, url=address, inLanguage=frame.other) if address else None


def _term(term: TermView, frame: Frame) -> Node:
    return node(
        "DefinedTerm",
        name=term.title,
        url=f"{frame.canonical}#{term.anchor}",
        description="\n".join(term.definition),
        alternateName=term.synonyms,
    )
