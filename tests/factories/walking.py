"""A shelf that somebody walks over at random: what is published, amended, withdrawn, restored, checked, recalled.

Every edition bears a mark of its own in its title and its summary, so whoever reads an answer knows which editions it
was made of.
"""

import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from typing import Any, NamedTuple

from articles.canonical.languages import LANGUAGES, Language
from articles.editions.blocks import AnyBlock
from articles.editions.document import Document
from articles.editions.shelf import Standing
from tests.factories import documents
from tests.factories.documents import (
    a_document,
    a_person,
    a_quote,
    a_source,
    an_id,
    cite,
    item_link,
    quoted,
    said,
    text,
)
from tests.factories.documents_of_kinds import (
    a_care_box,
    a_faq,
    a_page,
    a_service,
    a_topic,
    an_expert,
    care_box,
)

_MARK = re.compile(r"mark-\d+-mark")

ARTICLES = tuple(an_id(f"walked article {number}") for number in range(4))
TOPIC, QUESTION, ABOUT = an_id("walked topic"), an_id("walked question"), an_id("walked page")
PERSON = a_person("walked person")
ITEMS = {
    **dict.fromkeys(ARTICLES, "article"), TOPIC: "topic", QUESTION: "faq", ABOUT: "page", PERSON.id: "expert",
}  # fmt: skip
PLACES = {"article": "articles", "topic": "topics", "faq": "faq", "page": "about", "expert": "people"}
COLLECTIONS = {"article": "articles", "topic": "topics", "faq": "faq", "page": "pages", "expert": "experts"}

QUOTES = tuple(a_quote(f"walked quote {number}", text=f"Слова номер {number}.", speaker=PERSON) for number in range(3))
SOURCES = tuple(a_source(f"walked source {number}", title=f"Источник номер {number}") for number in range(2))
NUMBERS = ("103", "104", "105")

Place = tuple[str, Language]


class Span(NamedTuple):
    may: float
    must: float
    gone: float


def marks(text: str) -> set[str]:
    """Return the marks that stand in an answer."""
    return set(_MARK.findall(text))


@dataclass
class Walk:
    """`at` are the live marks by item and language, `places` where each mark has stood.

    `spans` are when a mark was live, by `time.monotonic`; see `lives`.
    """

    dice: random.Random
    at: dict[Place, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    spans: dict[str, list[list[float]]] = field(default_factory=dict)
    checked: set[Place] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    steps: list[str] = field(default_factory=list)
    _began: float = 0.0

    def begin(self) -> None:
        """Publish everything once."""
        self._began = time.monotonic()
        for item in ITEMS:
            for language in LANGUAGES:
                self._publish((item, language))

    def step(self) -> str:
        """Do something at random and return what it was."""
        self._began = time.monotonic()
        doing: list[tuple[int, Callable[[Place], None]]] = [
            (8, self._publish), (5, self._withdraw), (2, self._check), (1, self._withdraw_part),
        ]  # fmt: skip
        place = self.dice.choice([(item, language) for item in ITEMS for language in LANGUAGES])
        if place not in self.at and self.dice.random() < 0.5:
            do: Callable[[Place], None] = self._restore
        else:
            do = self.dice.choices([one for _, one in doing], [weight for weight, _ in doing])[0]
        do(place)
        self.steps.append(f"{do.__name__.strip('_')} {ITEMS[place[0]]} {place[0][:8]} {place[1]}")
        return self.steps[-1]

    def _publish(self, place: Place) -> None:
        mark = f"mark-{self.dice.getrandbits(48)}-mark"
        item, language = place
        document = self._document(ITEMS[item], language, item, mark)
        documents.shelve(document, language, item=item, change=self.dice.choice(["update", "correction", "safety"]))
        self._is_now(place, mark)

    def _withdraw(self, place: Place) -> None:
        if place in self.at:
            code = self.dice.choice(["error", "request"])
            documents.withdraw(*place, reason_code=code, replaced_by=self.dice.choice(["", ARTICLES[0]]))
            self.checked.discard(place)
            self._is_now(place, None)

    def _restore(self, place: Place) -> None:
        documents.restore(*place)
        standing = Standing.objects.get(item=place[0], language=place[1])
        (mark,) = marks(standing.title)
        self._is_now(place, mark)

    def _check(self, place: Place) -> None:
        if place not in self.at:
            return
        is_checked = place in self.checked
        documents.check(*place, **({"ended": "Проверено."} if is_checked else {"started": "Проверяем."}))
        self.checked ^= {place}

    def _withdraw_part(self, place: Place) -> None:
        part: Any = self.dice.choice([*QUOTES, *SOURCES])
        for language in LANGUAGES:
            live = [item for item, spoken in self.at if spoken == language and self._carries(item, language, part.id)]
            documents.withdraw_part(part, *live, language=language)
        self.gone.add(part.id)

    def _carries(self, item: str, language: Language, part: str) -> bool:
        standing = Standing.objects.select_related("edition").get(item=item, language=language)
        return standing.edition.mentions.filter(part=part).exists() and part not in self.gone

    def _is_now(self, place: Place, mark: str | None) -> None:
        now = time.monotonic()
        if before := self.at.pop(place, None):
            self.spans[before][-1][2] = now
        if mark:
            self.at[place], self.places[mark] = mark, place
            self.spans.setdefault(mark, []).append([self._began, now, inf])

    def lives(self) -> dict[str, list[Span]]:
        """Return the spans of each mark: from when it may be shown, from when it must be, and to when it may be."""
        return {mark: [Span(*span) for span in spans] for mark, spans in self.spans.items()}

    def _document(self, kind: str, language: Language, item: str, mark: str) -> Document:
        dice, name = self.dice, item[:8]
        head: dict[str, Any] = {"title": f"Заголовок {mark}", "slug": f"walked-{name}-{language}", "summary": mark}
        words = [item_link("туда", one, ITEMS[one]) for one in dice.sample([one for one in ITEMS if one != item], 2)]
        if kind == "topic":
            return a_topic(**head)
        if kind == "expert":
            return an_expert(PERSON, **head)
        if kind == "page":
            return a_page(text(said("Читайте ", *words), name=f"{name} words"), **head)
        sources = [one for one in SOURCES if one.id not in self.gone]
        cited = [cite(one) for one in dice.sample(sources, dice.randint(0, len(sources)))]
        blocks: list[AnyBlock] = [text(said("Читайте ", *words, *cited), name=f"{name} words")]
        blocks += [quoted(one) for one in QUOTES if one.id not in self.gone and dice.random() < 0.4]
        topics = [TOPIC] if dice.random() < 0.5 else []
        if kind == "faq":
            return a_faq(*blocks, sources=SOURCES, topics=topics, **head)
        number = dice.choice(NUMBERS)
        box = a_care_box(name, services=[a_service(number, id=an_id(f"walked service {number}"))])
        return a_document(*blocks, care_box(box), sources=SOURCES, topics=topics, **head)


def slug(place: Place) -> str:
    return f"walked-{place[0][:8]}-{place[1]}"


def of_one(place: Place) -> list[str]:
    """Return the addresses that show the live edition of a text, and nothing in its place."""
    kind, language = ITEMS[place[0]], place[1]
    page = f"/{language}/{PLACES[kind]}/{slug(place)}/"
    below = [f"{page}handout/"] if kind in {"article", "faq"} else []
    return [page, *below, f"/api/v1/{COLLECTIONS[kind]}/{place[0]}/?lang={language}"]


def of_all(language: Language) -> list[str]:
    """Return the addresses that gather from many texts."""
    pages = ["", "articles/", "faq/", "about/", "people/", "sources/", "glossary/", "corrections/", "feed.atom"]
    lists = [f"/api/v1/{name}/?lang={language}" for name in ("articles", "topics", "quotes", "sources")]
    return [*(f"/{language}/{page}" for page in pages), *lists, "/sitemap.xml", "/sitemaps/1.xml"]


def of_the_past(place: Place) -> list[str]:
    """Return addresses of the history of a text."""
    kind, language = ITEMS[place[0]], place[1]
    page = f"/{language}/{PLACES[kind]}/{slug(place)}/editions/"
    item = f"/api/v1/{COLLECTIONS[kind]}/{place[0]}/editions/"
    return [page, f"{page}1/", f"{page}2/changes/", f"{item}?lang={language}", f"{item}1/document/?lang={language}"]


def every_address() -> list[str]:
    """Return all of them."""
    places: list[Place] = [(item, language) for item in ITEMS for language in LANGUAGES]
    found = [path for place in places for path in (*of_one(place), *of_the_past(place))]
    return [*found, *(path for language in LANGUAGES for path in of_all(language))]
