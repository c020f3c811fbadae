"""Lists of texts: articles and questions by topic, what belongs to one topic, the pages about the site."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from articles.canonical.languages import Language
from articles.editions.dates import spelled
from articles.editions.queries import Shelved, Target
from articles.reader.presenters.frame import Frame, section_frame
from articles.reader.presenters.item import REVIEWED_KINDS, topic_links
from articles.reader.presenters.links import Link
from articles.reader.presenters.ordering import alphabetical
from articles.reader.presenters.sections import SECTIONS
from articles.reader.presenters.standing import Day


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


@dataclass(frozen=True)
class ListPage:
    frame: Frame
    groups: list[Group]

    @property
    def has_topics(self) -> bool:
        return any(group.topic for group in self.groups)


@dataclass(frozen=True)
class TopicView:
    """What belongs to a topic."""

    articles: list[Entry]
    questions: list[Entry]


def articles_page(items: Iterable[Shelved], topics: Mapping[str, Target], language: Language) -> ListPage:
    """Return the articles, each once: under the first of its topics, and its other topics named."""
    groups: dict[Link | None, list[Entry]] = {}
    for item in items:
        own = topic_links(item.document, topics)
        groups.setdefault(own[0] if own else None, []).append(entry(item, own[1:]))
    description = gettext("Articles about health with their sources, in Russian and English.")
    return ListPage(section_frame(SECTIONS["articles"], language, description), _in_order(groups))


def questions_page(items: Iterable[Shelved], topics: Mapping[str, Target], language: Language) -> ListPage:
    """Return the questions, each under every topic that it belongs to: whoever looks there finds it."""
    groups: dict[Link | None, list[Entry]] = {}
    for item in items:
        own: list[Link | None] = [*topic_links(item.document, topics)]
        for topic in own or [None]:
            groups.setdefault(topic, []).append(entry(item))
    description = gettext("Short answers to questions about health, with their sources.")
    return ListPage(section_frame(SECTIONS["faq"], language, description), _in_order(groups))


def about_page(items: Iterable[Shelved], language: Language) -> ListPage:
    """Return the pages about the site."""
    description = gettext("Who runs the site, how its texts are made, and what it knows about you.")
    entries = [entry(item) for item in items]
    return ListPage(section_frame(SECTIONS["about"], language, description), _in_order({None: entries}))


def topic_view(topic: str, items: Iterable[Shelved]) -> TopicView:
    """Return what belongs to a topic (id) among the texts that name it."""
    own = [item for item in items if topic in item.document.about()]
    return TopicView(
        articles=_sorted(entry(item) for item in own if item.document.kind == "article"),
        questions=_sorted(entry(item) for item in own if item.document.kind == "faq"),
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


def _in_order(groups: Mapping[Link | None, list[Entry]]) -> list[Group]:
    """Topics by their titles, what has none at the end."""
    ordered = sorted(groups, key=lambda topic: (topic is None, alphabetical(topic.words) if topic else ""))
    return [Group(topic, _sorted(groups[topic])) for topic in ordered if groups[topic]]


def _sorted(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda one: alphabetical(one.title))
