"""The home page: the way to what a reader needs now, and how to check that what stands there may be trusted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from articles.canonical.languages import LANGUAGES, Language
from articles.editions.anchors import anchor
from articles.editions.blocks import HeadingBlock, StepsBlock
from articles.editions.document import Document
from articles.editions.news import News
from articles.editions.queries import Shelved, Target
from articles.editions.tallies import How
from articles.reader.presenters.frame import Frame, home_frame
from articles.reader.presenters.kinds_of_change import kind_of_news
from articles.reader.presenters.links import Link
from articles.reader.presenters.listing import Entry, entry
from articles.reader.presenters.ordering import alphabetical
from articles.reader.presenters.sections import SECTIONS
from articles.reader.presenters.standing import Day, day_of

ARTICLES = 5
QUESTIONS = 8
CHANGES = 5
URGENT = 3

# What tells readers how to act: whose changes the page tells of.
TOLD = ("article", "faq", "protocol")
# Of these it says how far their languages are in step; both languages of a protocol come out together.
IN_STEP = ("article", "faq")


@dataclass(frozen=True)
class Shelf:
    """What the page takes from the shelf: the newest articles, what is often asked first, how many texts are apart."""

    articles: Sequence[Shelved]
    protocols: Sequence[Target]
    topics: Sequence[Target]
    questions: Sequence[Target]
    apart: Counter[tuple[How, Language]]
    changes: Sequence[News]


@dataclass(frozen=True)
class Urgent:
    """The place of a text that says what to do at once, and which text it is."""

    title: str
    address: str
    within: str


@dataclass(frozen=True)
class ChangeLine:
    title: str
    address: str
    on: Day
    what: str


@dataclass(frozen=True)
class HomePage:
    frame: Frame
    urgent: list[Urgent]
    protocols: list[Link]
    articles: list[Entry]
    questions: list[Link]
    topics: list[Link]
    languages: list[str]
    changes: list[ChangeLine]

    @property
    def all_articles(self) -> Link:
        return self._whole("articles")

    @property
    def all_questions(self) -> Link:
        return self._whole("faq")

    @property
    def is_empty(self) -> bool:
        return not (self.articles or self.questions or self.protocols)

    def _whole(self, key: str) -> Link:
        return Link(str(SECTIONS[key].whole), SECTIONS[key].path(self.frame.language))


def home_page(shelf: Shelf, language: Language) -> HomePage:
    """Return the home page of a language; parts for which nothing is published are empty."""
    description = gettext("Articles and answers about health in plain words, with numbered sources and care advice.")
    return HomePage(
        frame=home_frame(language, description),
        urgent=[found for article in shelf.articles if (found := urgent(article))][:URGENT],
        protocols=_by_title(shelf.protocols),
        articles=[entry(article) for article in shelf.articles],
        questions=[Link(one.title, one.path) for one in shelf.questions[:QUESTIONS]],
        topics=_by_title(shelf.topics),
        languages=languages(shelf.apart) if shelf.articles or shelf.questions or shelf.apart.total() else [],
        changes=[_change(one) for one in shelf.changes if one.shelved.standing.slug],
    )


def urgent(article: Shelved) -> Urgent | None:
    """Return where an article says what to do, step by step; None if it does not.

    The way leads to the heading above the steps, not to the steps: between them may stand who must not follow them.
    """
    found = _first_steps(article.document)
    if found is None:
        return None
    title, block = found
    return Urgent(title, f"{article.page_path}#{anchor(block)}", article.document.title)


def languages(apart: Counter[tuple[How, Language]]) -> list[str]:
    """Return how far the two languages of articles and answers are in step, in sentences."""
    told = [_only_in(code, apart["alone", code]) for code in LANGUAGES if apart["alone", code]]
    told += [_behind(code, apart["behind", code]) for code in LANGUAGES if apart["behind", code]]
    return told or [gettext("Every article and answer is here in Russian and in English, and both say the same.")]


def _first_steps(document: Document) -> tuple[str, str] | None:
    """Words and block (id) of the section in which the first steps of a text stand."""
    section: HeadingBlock | None = None
    for block in document.blocks:
        if isinstance(block, HeadingBlock):
            section = block
        if isinstance(block, StepsBlock):
            return (section.text, section.id) if section else (block.title or gettext("What to do"), block.id)
    return None


def _by_title(targets: Iterable[Target]) -> list[Link]:
    return [Link(one.title, one.path) for one in sorted(targets, key=lambda one: alphabetical(one.title))]


def _change(one: News) -> ChangeLine:
    return ChangeLine(
        title=one.shelved.standing.title,
        address=one.shelved.page_path,
        on=day_of(one.at, one.shelved.language),
        what=kind_of_news(one),
    )


def _only_in(language: Language, count: int) -> str:
    if language == "ru":
        words = ngettext("%(count)s text is in Russian only.", "%(count)s texts are in Russian only.", count)
    else:
        words = ngettext("%(count)s text is in English only.", "%(count)s texts are in English only.", count)
    return words % {"count": count}


def _behind(language: Language, count: int) -> str:
    if language == "ru":
        words = ngettext(
            "%(count)s Russian text has not yet followed the English one; the text itself says in what.",
            "%(count)s Russian texts have not yet followed the English ones; each of them says in what.",
            count,
        )
    else:
        words = ngettext(
            "%(count)s English text has not yet followed the Russian one; the text itself says in what.",
            "%(count)s English texts have not yet followed the Russian ones; each of them says in what.",
            count,
        )
    return words % {"count": count}
