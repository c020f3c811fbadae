"""What each page takes from the shelf. One table for the sections, one for the kinds of items.

Whoever asks for a page does so inside the language's override.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from articles.canonical.languages import Language
from articles.editions import news, noting, projections, queries, tallies
from articles.editions.blocks import CareBoxBlock
from articles.editions.care import emergency_box, with_numbers_of_now
from articles.editions.document import Document, ExpertDocument, TermDocument
from articles.editions.in_step import state_beside
from articles.editions.linked import carrying, linking, links_of_newest
from articles.editions.parts import CareBox
from articles.editions.queries import Shelved, Target
from articles.editions.recalls import are_withdrawn
from articles.editions.withdrawals import KEEPS_EMERGENCY_ADVICE, WithdrawalReason
from articles.reader.presenters import glossary, handouts, home, item, library, listing, people, person
from articles.reader.presenters.links import Link
from articles.reader.presenters.ordering import alphabetical
from articles.reader.presenters.sections import SECTIONS
from articles.reader.presenters.setting import Setting
from articles.reader.presenters.ways import Way
from articles.reader.rendering import Page

# A section of people, words or pages about the site is one page; nobody reads more than this, and no site holds more.
LIST_LIMIT = 5000

# A page of texts or sources; the way to the next one stands at its end.
PAGE_SIZE = 100
# Of the texts that use a word or cite a source so many are named.
NAMED = 5
# The texts whose links say what is often asked.
_LOOKED_AT = 200


@dataclass(frozen=True)
class Shown:
    template: str
    page: Page


def front(language: Language) -> Shown:
    """Return the home page; as many queries whatever is published, and as much read."""
    shelf = home.Shelf(
        articles=queries.latest("article", language, limit=home.ARTICLES),
        protocols=list(queries.live_targets("protocol", language).values()),
        topics=list(queries.live_targets("topic", language).values()),
        questions=_asked(language),
        apart=tallies.apart(home.IN_STEP),
        changes=news.news(home.TOLD, language, limit=home.CHANGES),
    )
    return Shown("home", home.home_page(shelf, language))


def section(key: str, language: Language, behind: UUID | None = None) -> Shown:
    """Return a section's page; two to five queries whatever its length. Raise KeyError for an unknown section.

    `behind` is the item or source behind which the page begins, for sections of several pages.
    """
    return Shown(key, SECTION_PAGES[key](language, behind))


def live(shelved: Shelved, *, until: int | None = None, behind: UUID | None = None) -> Shown:
    """Return the page of a live item; one query, two more for people and topics, one more for what was changed.

    `until` is the last line of the journal that the page knows of, where it is one of the past. `behind` is the text
    behind which the list begins that belongs to people and topics.
    """
    document, language = shelved.document, shelved.language
    setting, own = _surroundings(document, language, shelved.item, shelved.page_path, behind)
    corrections = news.corrections(shelved.item, language, until=until) if shelved.envelope.number > 1 else ()
    page = item.live_page(shelved, setting, own=own, corrections=corrections)
    return Shown(TEMPLATES[document.kind], page)


def handout(shelved: Shelved) -> Shown:
    """Return a live text as a sheet to be printed and handed out; one query, for the numbers to call."""
    return Shown("handout", handouts.handout_page(shelved))


def handout_both(shelved: Shelved) -> Shown | None:
    """Return the sheet with both languages side by side, None while only one is live; two queries."""
    page = handouts.both_page(shelved)
    return Shown("handout_both", page) if page else None


def draft(document: Document, language: Language, *, id: str = "") -> Shown:
    """Return the page that a document would make; `id` is its item's, for what other texts say of it."""
    if isinstance(document, TermDocument):
        return Shown("glossary", glossary.draft_glossary(document, language))
    setting, own = _surroundings(document, language, id)
    return Shown(TEMPLATES[document.kind], item.draft_page(document, setting, own=own))


def about(language: Language) -> Sequence[Link]:
    """Return the live pages about the site, for the foot of every page; one query at most."""
    return noting.remembered(("about", language), {f"list:page:{language}"}, lambda: _pages_about(language))


def _pages_about(language: Language) -> Sequence[Link]:
    held = queries.live_targets("page", language).values()
    return tuple(Link(one.title, one.path) for one in sorted(held, key=lambda one: alphabetical(one.title)))


def _asked(language: Language) -> list[Target]:
    """The questions that most of our newest texts lead to, then the newest ones: more than the home page shows."""
    counted = links_of_newest(home.TOLD, language, "faq", limit=_LOOKED_AT)
    newest = queries.newest_targets("faq", language, limit=_LOOKED_AT)
    linked = [str(item) for item, _ in counted.most_common(_LOOKED_AT)]
    known = newest | queries.targets([item for item in linked if item not in newest], language)
    return sorted(known.values(), key=lambda one: (-counted[UUID(one.item)], alphabetical(one.title), one.item))


def _articles(language: Language, behind: UUID | None) -> Page:
    topics = queries.live_targets("topic", language)
    way = Way(SECTIONS["articles"].path(language), behind)
    return listing.articles_page(_texts("article", language, way), topics, language, way)


def _questions(language: Language, behind: UUID | None) -> Page:
    topics = queries.live_targets("topic", language)
    way = Way(SECTIONS["faq"].path(language), behind)
    return listing.questions_page(_texts("faq", language, way), topics, language, way)


def _texts(kind: str, language: Language, way: Way) -> list[Shelved]:
    texts = queries.latest(kind, language, limit=PAGE_SIZE + 1, before=way.behind)
    return way.page([(one, one.item) for one in texts], PAGE_SIZE)


def _people(language: Language, _behind: UUID | None) -> Page:
    return people.people_page(queries.live_list("expert", language, limit=LIST_LIMIT), language)


def _glossary(language: Language, _behind: UUID | None) -> Page:
    terms = queries.live_list("term", language, limit=LIST_LIMIT)
    uses = linking("term", language, [term.standing.item for term in terms], limit=NAMED + 1)
    return glossary.glossary_page(terms, uses, language, named=NAMED)


def _sources(language: Language, behind: UUID | None) -> Page:
    way = Way(SECTIONS["sources"].path(language), behind)
    ids = projections.carried_ids("source", language, limit=PAGE_SIZE + 1, after=behind)
    shown = way.page([(one, str(one)) for one in ids], PAGE_SIZE)
    held = projections.carried("source", shown, language, most=NAMED + 1)
    return library.library_page(held.values(), language, way, named=NAMED)


def _about(language: Language, _behind: UUID | None) -> Page:
    return listing.about_page(queries.live_list("page", language, limit=LIST_LIMIT), language)


SECTION_PAGES: Mapping[str, Callable[[Language, UUID | None], Page]] = {
    "articles": _articles,
    "faq": _questions,
    "people": _people,
    "glossary": _glossary,
    "sources": _sources,
    "about": _about,
}

# Sections, and kinds of items, whose list goes on behind an item that the address names.
SEVERAL_PAGES = frozenset({"articles", "faq", "sources", "topic", "expert"})

# Kind to the template of its page; terms have no page each.
TEMPLATES: Mapping[str, str] = {"article": "text", "faq": "text", "page": "text", "topic": "topic", "expert": "person"}


def _surroundings(
    document: Document, language: Language, id: str, path: str = "", behind: UUID | None = None
) -> tuple[Setting, Any]:
    """What the page of a document knows beside it, and what only its kind has."""
    targets = queries.targets(_leads(document), language)
    way = Way(path, behind)
    if isinstance(document, ExpertDocument):
        words = person.words_of(document.person.id, _carrying("expert", document.person.id, language, way))
        setting = Setting(person.sources_of(words), language, targets)
        return setting, person.person_view(document.person, words, setting, way)
    setting = Setting(document.sources, language, targets)
    if document.kind == "topic":
        return setting, listing.topic_view(id, _carrying("link:topic", id, language, way) if id else (), way)
    return setting, None


def _carrying(kind: str, part: str, language: Language, way: Way) -> list[Shelved]:
    texts = carrying(kind, language, part, limit=PAGE_SIZE + 1, before=way.behind)
    return way.page([(one, one.item) for one in texts], PAGE_SIZE)


def _leads(document: Document) -> list[str]:
    """Every item that a page may lead to: those of its links, and the people who speak in it."""
    speakers = [quote.speaker.id for quote in document.quotes() if quote.speaker]
    return [*document.linked_items(), *speakers]


def replacement(tombstone: Mapping[str, Any], language: Language) -> Target | None:
    """Return what takes the place of a withdrawn item, if that is live; one query, none without a name."""
    successor = tombstone.get("replaced_by") or ""
    return queries.targets([successor], language).get(successor) if successor else None


def kept_box(shelved: Shelved, tombstone: Mapping[str, Any]) -> CareBox | None:
    """Return what a withdrawn text said to do in an emergency, with the numbers of now; at most two queries, more for
    a text that did not follow its other language.

    None where that may be what was wrong: for a reason that speaks against the words, when a source of the box was
    withdrawn, or when the box itself is behind the language that was not followed. Then, and of erased texts,
    the page shows nothing but whom to call.
    """
    edition = shelved.standing.edition
    code = tombstone.get("reason_code")
    if code not in KEEPS_EMERGENCY_ADVICE | {WithdrawalReason.FOLLOWS} or edition.is_erased:
        return None
    box = emergency_box(edition.document)
    if box is None or are_withdrawn(box.cited):
        return None
    if code == WithdrawalReason.FOLLOWS and not _is_in_step(box, shelved):
        return None
    return with_numbers_of_now(box, shelved.language)


def _is_in_step(box: CareBox, shelved: Shelved) -> bool:
    """Whether the box says what the other language says now, so that nothing it lacks can be in the box."""
    twin = shelved.twin
    if twin is None or not twin.is_live:
        return False
    apart = {part.id for part in state_beside(shelved.standing, twin).parts if part.state in ("behind", "missing")}
    places = [
        block.id for block in shelved.document.blocks if isinstance(block, CareBoxBlock) and block.box.id == box.id
    ]
    return bool(places) and not apart.intersection(places)
