"""Nodes of schema.org that several pages need. What is not known is left out, never guessed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from articles.reader.presenters.frame import Frame
from articles.reader.presenters.quotes import SpeakerView
from articles.reader.presenters.sources import SourceWords

Node = dict[str, Any]

# Our kinds of evidence as works; what has no exact type is a creative work.
WORKS: Mapping[str, str] = {
    "systematic_review": "ScholarlyArticle",
    "trial": "ScholarlyArticle",
    "study": "ScholarlyArticle",
    "review": "ScholarlyArticle",
    "reference": "WebPage",
    "book": "Book",
    "news": "NewsArticle",
}


def node(type: str, /, **properties: Any) -> Node:
    """Return a node of a type without the properties that are empty."""
    return {"@type": type, **{name: value for name, value in properties.items() if value not in ("", None, [], ())}}


def whole(address: str) -> str:
    """Return an address of this site as programs need it."""
    return settings.SITE_URL + address if address.startswith("/") else address


def page_node(type: str, frame: Frame, /, **properties: Any) -> Node:
    """Return the node of a page with what every page says of itself."""
    return node(
        type,
        url=frame.canonical,
        name=frame.title,
        description=frame.description,
        inLanguage=frame.language,
        isAccessibleForFree=True,
        publisher=publisher(frame),
        breadcrumb=breadcrumb(frame),
        **properties,
    )


def publisher(frame: Frame) -> Node | None:
    """Return whoever runs the site; None while nobody has said so."""
    return node("Organization", name=frame.operator) if frame.operator else None


def breadcrumb(frame: Frame) -> Node:
    """Return the way from the home page to this one, which is the last step and needs no address."""
    steps = [(gettext("Plain Health"), f"/{frame.language}/")]
    if not frame.is_section:
        steps.append((frame.back.words, frame.back.address))
    listed = [node("ListItem", position=place, name=name, item=whole(to)) for place, (name, to) in enumerate(steps, 1)]
    last = node("ListItem", position=len(steps) + 1, name=frame.title)
    return node("BreadcrumbList", itemListElement=[*listed, last])


def works(sources: Iterable[SourceWords]) -> list[Node]:
    """Return sources as works: name and address only, for a page is read on weak networks too. Withdrawn ones are left
    out: nothing rests on them any more."""
    return [
        node(
            WORKS.get(source.kind, "CreativeWork"),
            name=source.title or source.where,
            url=source.links[0].address if source.links else "",
        )
        for source in sources
        if not source.notice
    ]


def person(who: SpeakerView, /, address: str, **properties: Any) -> Node:
    """Return somebody who takes part in the site. Of people whom we only quote no node is ever made."""
    return node("Person", name=who.name, url=whole(address), jobTitle=who.role, **properties)


def people(signatures: Iterable[str]) -> list[Node]:
    """Return people of ours from how they sign: a name, and behind a comma what the person is."""
    signed = [signature.partition(", ") for signature in signatures]
    return [node("Person", name=name, description=role) for name, _, role in signed]


def listing(items: list[Node]) -> Node | None:
    """Return what a page lists; None for an empty list."""
    return node("ItemList", itemListElement=items) if items else None
