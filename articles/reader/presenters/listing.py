"""Lists of texts: articles and questions by topic, what belongs to one topic, the pages about the site."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext, ngettext

from articles.canonical.languages import Language
from articles.editions.dates import spelled
from articles.editions.queries import Shelved, Target
from articles.reader.presenters.frame import Frame, later_frame, section_frame
from articles.reader.presenters.item import REVIEWED_KINDS, topic_links
from articles.reader.presenters.links import Link
from articles.reader.presenters.ordering import alphabetical
from articles.reader.presenters.sections import SECTIONS, Section
from articles.reader.presenters.standing import Day
from articles.reader.presenters.ways import Way


@dataclass(frozen=True)
class Entry:
    """`topics` are those under which the entry does not stand."""

    title: str
    summary: str
    path: str
    has_review: bool
    is_reviewed: bool
    is_overdue: bool
    is_changed: bool
    changed: Day
    topics: list[Link]


@dataclass(frozen=True)
class Group:
    """What stands under one topic; `topic` is None for what has none."""

    topic: Link | None
    entries: list[Entry]

    @property
    def count(self) -> str:
        """How many questions these are."""
        number = len(self.entries)
        return ngettext("%(count)s question", "%(count)s questions", number) % {"count": number}


@dataclass(frozen=True)
class ListPage:
    """`way` leads on where there is more than one page; then `topics` are all topics, to go by them."""

    frame: Frame
    groups: list[Group]
    way: Way | None = None
    topics: list[Link] = field(default_factory=list)

    @property
    def has_topics(self) -> bool:
        return any(group.topic for group in self.groups)


@dataclass(frozen=True)
class TopicView:
    """What belongs to a topic."""

    articles: list[Entry]
    questions: list[Entry]
    way: Way


def articles_page(items: Iterable[Shelved], topics: Mapping[str, Target], language: Language, way: Way) -> ListPage:
    """Return a page of the articles, each once: under the first of its topics, and its other topics named."""
    groups: dict[Link | None, list[Entry]] = {}
    for item in items:
        own = topic_links(item.document, topics)
        groups.setdefault(own[0] if own else None, []).append(entry(item, own[1:]))
    description = gettext("Articles about health with their sources, in Russian and English.")
    return _page(SECTIONS["articles"], language, description, groups, topics, way)


def questions_page(items: Iterable[Shelved], topics: Mapping[str, Target], language: Language, way: Way) -> ListPage:
    """Return a page of the questions, each under every topic that it belongs to: whoever looks there finds it."""
    groups: dict[Link | None, list[Entry]] = {}
    for item in items:
        own: list[Link | None] = [*topic_links(item.document, topics)]
        for topic in own or [None]:
            groups.setdefault(topic, []).append(entry(item))
    description = gettext("Short answers to questions about health, with their sources.")
    return _page(SECTIONS["faq"], language, description, groups, topics, way)


def about_page(items: Iterable[Shelved], language: Language) -> ListPage:
    """Return the pages about the site."""
    description = gettext("Who runs the site, how its texts are made, and what it knows about you.")
    entries = [entry(item) for item in items]
    return ListPage(section_frame(SECTIONS["about"], language, description), _in_order({None: entries}))


def topic_view(topic: str, items: Iterable[Shelved], way: Way) -> TopicView:
    """Return what belongs to a topic (id) among these texts that name it."""
    own = [item for item in items if topic in item.document.about()]
    return TopicView(
        articles=_sorted(entry(item) for item in own if item.document.kind == "article"),
        questions=_sorted(entry(item) for item in own if item.document.kind == "faq"),
        way=way,
    )


def entry(item: Shelved, topics: Iterable[Link] = ()) -> Entry:
    """Return an item for a list."""
    envelope = item.envelope
    changed = envelope.content_changed_at
    return Entry(
        title=item.document.title,
        summary=item.document.summary,
        path=item.page_path,
        has_review=item.document.kind in REVIEWED_KINDS,
        is_reviewed=envelope.review.state == "reviewed",
        is_overdue=item.is_overdue,
        is_changed=changed != envelope.first_published_at,
        changed=Day(changed.partition("T")[0], spelled(changed, item.language)),
        topics=list(topics),
    )


def _page(
    section: Section,
    language: Language,
    description: str,
    groups: Mapping[Link | None, list[Entry]],
    topics: Mapping[str, Target],
    way: Way,
) -> ListPage:
    """Search engines are given the first page: what the others show moves from one to the next."""
    frame = section_frame(section, language, description) if way.behind is None else later_frame(section, language)
    ways = [Link(one.title, one.path) for one in sorted(topics.values(), key=lambda one: alphabetical(one.title))]
    return ListPage(frame, _in_order(groups), way, ways if way.on or way.first else [])


def _in_order(groups: Mapping[Link | None, list[Entry]]) -> list[Group]:
    """Topics by their titles, what has none at the end."""
    ordered = sorted(groups, key=lambda topic: (topic is None, alphabetical(topic.words) if topic else ""))
    return [Group(topic, _sorted(groups[topic])) for topic in ordered if groups[topic]]


def _sorted(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda one: alphabetical(one.title))
