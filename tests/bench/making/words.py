"""What generated texts say: that they are generated. No person, no study and no advice is in them."""

from collections.abc import Iterator
from random import Random
from typing import Any
from uuid import UUID, uuid5

from articles.canonical.languages import LANGUAGES
from articles.search.words.stems import is_stop, keys

# As the desk exports an object; nothing of Django is needed here, so that the plain site says the same words.
Data = dict[str, Any]

_SPACE = UUID("6f0f8f3e-0b0a-4d7a-9b57-6a7d9a1c7f10")
# So few that with a thousand texts too each is cited by more than a list of sources names.
SOURCES = 6
TOPICS = 6
# Words that stand in the moulds where each text has words of its own, and the number that each has for itself.
PLACES = ("qxvaqx", "qxveqx", "qxvoqx", "qxvuqx", "qxvazq", "qxvezq", "qxvozq", "qxvuzq")
NUMBER = 900_000_001

_SENTENCES: dict[str, tuple[str, ...]] = {
    "ru": (
        "Этот текст составила программа для измерений",
        "Читать его незачем: в нём нет ни советов, ни сведений",
        "Слова стоят здесь только ради объёма",
        "Страница с таким текстом открывается так же, как любая другая",
        "Одно предложение следует за другим, и все они ни о чём",
        "Вместо сведений здесь порядковые номера и придуманные слова",
        "Так проверяют, быстро ли отвечает сайт, когда текстов много",
        "Скорость измеряют много раз и берут середину",
        "Соседний текст устроен так же и отличается словами",
        "Поиск находит этот текст по словам, которых нет в других",
        "Список таких текстов длинный, и листают его по частям",
        "Журнал помнит, когда каждый из них вышел",
        "Переводы идут в ногу: обе версии составлены вместе",
        "Числа в тексте ничего не значат",
        "Абзац кончается там, где набралось достаточно слов",
        "Ссылка на источник тоже создана программой",
    ),
    "en": (
        "This text was made by a program for measuring",
        "There is no need to read it: it holds no advice and no facts",
        "The words stand here for their length alone",
        "A page with such a text opens like any other page",
        "One sentence follows another, and all of them are about nothing",
        "In place of facts there are running numbers and invented words",
        "This shows whether the site answers quickly when there are many texts",
        "Speed is measured many times and the middle is taken",
        "The next text is built alike and differs in its words",
        "Search finds this text by words that no other has",
        "The list of such texts is long and is read in pieces",
        "The journal remembers when each of them came out",
        "The translations are in step: both were made together",
        "The numbers in the text mean nothing",
        "A paragraph ends where it has enough words",
        "The reference to a source was made by the program as well",
    ),
}
_HEADINGS = {
    "ru": ("Для чего он", "Как он устроен", "Что в нём есть"),
    "en": ("What for", "How it is built", "What is in it"),
}


def key(*parts: object) -> UUID:
    """Return the id of something that is made, the same in every run."""
    return uuid5(_SPACE, "/".join(map(str, parts)))


def invented() -> Iterator[str]:
    """Yield invented words without end, each found by itself alone; the same ones in every run."""
    dice, seen = Random(8), set(PLACES)
    while True:
        word = "".join(dice.choice("bdfgklmnprtvz") + dice.choice("aou") for _ in range(dice.randint(3, 4)))
        if word not in seen and keys(word) == (word,) and not is_stop(word):
            seen.add(word)
            yield word


def sources() -> list[Data]:
    """Return the sources that generated texts cite."""
    return [
        {"id": str(key("source", one)), "kind": "own_policy", "title": f"Generated source {one} for measuring",
         "language": "en", "publisher": "Measuring", "issued": "2023", "accessed_on": "2023-11-02",
         "url": f"https://example.org/generated/{one}"}
        for one in range(SOURCES)
    ]  # fmt: skip


def topics() -> list[Data]:
    """Return the topics to which generated texts belong."""
    return [
        {"id": str(key("topic", one)), "title": {"ru": f"Составленная тема {one}", "en": f"Generated topic {one}"},
         "slug": {"ru": f"sostavlennaya-tema-{one}", "en": f"generated-topic-{one}"},
         "summary": {"ru": "Тема составлена для измерений.", "en": "The topic was made for measuring."}}
        for one in range(TOPICS)
    ]  # fmt: skip


def article(
    mark: str, paragraphs: int, *, title: dict[str, str], slug: dict[str, str], like: str = "", topic: int = 0
) -> Data:
    """Return an article with a heading for every third paragraph, each of which cites a source.

    The same `mark` gives the same ids, and texts that are `like` each other say the same and cite the same. Every
    paragraph has one of the `PLACES` in it.
    """
    dice = Random(like or mark)
    blocks: list[dict[str, Any]] = [
        {
            "id": str(key("block", mark, "points")),
            "kind": "key_points",
            "essential": False,
            "text": _both(_points, dice),
        }
    ]
    first = dice.randrange(SOURCES)
    for one in range(paragraphs):
        if one % 3 == 0:
            words = {code: _HEADINGS[code][one // 3 % len(_HEADINGS[code])] for code in LANGUAGES}
            blocks.append({"id": str(key("block", mark, "heading", one)), "kind": "heading", "text": words})
        place, source = PLACES[one % len(PLACES)], key("source", (first + one) % SOURCES)
        chosen = dice.sample(range(len(_SENTENCES["ru"])), 5)
        words = {
            code: f"{'. '.join(_SENTENCES[code][number] for number in chosen)}: {place}.[@{source}]\n"
            for code in LANGUAGES
        }
        blocks.append({"id": str(key("block", mark, one)), "kind": "text", "essential": False, "text": words})
    return {
        "id": str(key("article", mark)),
        "title": title,
        "slug": slug,
        "original_language": "ru",
        "summary": {
            "ru": f"Текст составлен программой для измерений: {PLACES[0]} и {PLACES[1]}.",
            "en": f"The text was made by a program for measuring: {PLACES[0]} and {PLACES[1]}.",
        },
        "topics": [str(key("topic", topic % TOPICS))],
        "blocks": blocks,
    }


def _both(make: Any, dice: Random) -> dict[str, str]:
    chosen = dice.sample(range(len(_SENTENCES["ru"])), 3)
    return {code: make([_SENTENCES[code][number] for number in chosen]) for code in LANGUAGES}


def _points(sentences: list[str]) -> str:
    return "".join(f"- {sentence}.\n" for sentence in sentences)
