"""A shelf that has every page of the table: curated examples of every kind, and each state that a text can be in."""

import json
from pathlib import Path
from uuid import uuid5

import msgspec
from django.db import transaction

from articles.canonical.languages import LANGUAGES, Language
from articles.editions import journal as journals
from articles.editions import store
from articles.editions.blocks import AccountsBlock, AnyBlock
from articles.editions.document import ArticleDocument
from articles.editions.envelope import Review
from articles.editions.kinds import kind
from articles.partners import applications
from articles.partners.applications import Asked
from articles.search.following import follow
from tests.factories.documents import (
    NAMESPACE_URL,
    NOON,
    REVIEWED,
    UNREVIEWED,
    a_document,
    a_news_source,
    a_person,
    agreed,
    an_id,
    fall_due,
    heading,
    shelve,
    text,
    withdraw,
)
from tests.factories.triage import SIGNED, bundled, protocol_document
from tests.pages.table import REQUEST, path

EXAMPLES = Path(__file__).parents[1] / "examples"
CURRENT = msgspec.structs.replace(REVIEWED, next_on="2128-11-20")
OVERDUE = msgspec.structs.replace(REVIEWED, next_on="2026-11-20")

TITLES: dict[Language, str] = {"ru": "Судороги в тестах", "en": "Cramps in tests"}
WORDS: dict[Language, tuple[str, str]] = {"ru": ("Что это", "Слова о судороге."), "en": ("What it is", "About cramps.")}
# Long enough for lines that are full.
PASSAGE: dict[Language, str] = {
    "ru": (
        "Этот абзац стоит здесь, чтобы по нему измерить строку. В нём обычные слова обычной длины: мышца, утро, "
        "ступенька, невнимательность, дорога к дому, разговор с врачом и записка на двери. Строка не должна быть ни "
        "слишком длинной, иначе взгляд теряет начало следующей, ни слишком короткой, иначе он только и делает, что "
        "возвращается. Поэтому ширину столбца задают буквы, а не окно, и на большом экране вокруг него остаётся место."
    ),
    "en": (
        "This paragraph is here so that a line can be measured by it. It has plain words of plain length: muscle, "
        "morning, staircase, inattention, the way home, a talk with the doctor and a note on the door. A line must be "
        "neither too long, or the eye loses where the next one begins, nor too short, or it does little else than "
        "return. So letters decide how wide the column is, and not the window, and a large screen leaves room beside."
    ),
}
MORE: dict[Language, str] = {"ru": "И ещё об этом.", "en": "And more about it."}


def everything(language: Language) -> ArticleDocument:
    """All curated examples of a language in one article: one section each."""
    # Before any heading, as some articles begin.
    blocks: list[AnyBlock] = [text(PASSAGE[language], name="passage")]
    sources = {a_news_source().id: a_news_source()}
    for example in sorted((EXAMPLES / "documents").glob(f"*.{language}.json")):
        document = msgspec.json.decode(example.read_bytes(), type=ArticleDocument)
        # English words on the Russian page too: file names are what a section is about here.
        blocks.append(heading(example.stem.partition(".")[0]))
        for block in document.blocks:
            blocks.append(_renamed(block, example.name))
        sources |= {source.id: source for source in document.sources}
    return a_document(*blocks, sources=sources.values(), title=TITLES[language], slug=_slug("article", language))


def _renamed(block: AnyBlock, example: str) -> AnyBlock:
    """Examples share ids; on one page each has its own."""
    if isinstance(block, AccountsBlock):
        entries = [msgspec.structs.replace(one, id=_new(one.id, example)) for one in block.accounts.entries]
        block = msgspec.structs.replace(block, accounts=msgspec.structs.replace(block.accounts, entries=entries))
    return msgspec.structs.replace(block, id=_new(block.id, example))


def _new(id: str, example: str) -> str:
    return str(uuid5(NAMESPACE_URL, example + id))


def fill() -> None:
    """Publish all of it, and let search follow, as the worker does; the shelf may hold other items already."""
    shelve(everything("ru"), item=an_id("everything"))
    shelve(everything("en"), "en", item=an_id("everything"), translation_of=agreed(everything("ru")))
    _pair("reviewed", CURRENT)
    _pair("overdue", OVERDUE)
    for language in LANGUAGES:
        fall_due(an_id("overdue"), language)
    _pair("under-check")
    _check("under-check")
    _moved_on("behind", "ru")
    _moved_on("ahead", "en")
    _pair("gone")
    for language in LANGUAGES:
        withdraw(an_id("gone"), language)
    # Each lives at the address that the page of the other language answers for.
    shelve(_small("elsewhere", "ru", slug=_slug("elsewhere", "en")), item=an_id("only-russian"))
    shelve(_small("elsewhere", "en", slug=_slug("elsewhere", "ru")), "en", item=an_id("only-english"))
    _examples_of_kinds()
    _protocols()
    applications.ask(Asked(**REQUEST, language="en"), at=NOON)
    follow()


def _slug(name: str, language: Language) -> str:
    return path(name, language).strip("/").split("/")[-1]


def _small(name: str, language: Language, *more: str, slug: str = "") -> ArticleDocument:
    title, words = WORDS[language]
    blocks = [heading(title, name=f"{name}/h"), text(words, name=f"{name}/t")]
    blocks += [text(one, name=f"{name}/{number}") for number, one in enumerate(more)]
    return a_document(*blocks, title=TITLES[language], slug=slug or _slug(name, language))


def _pair(name: str, review: Review = UNREVIEWED) -> None:
    russian = _small(name, "ru")
    shelve(russian, item=an_id(name), review=review)
    shelve(_small(name, "en"), "en", item=an_id(name), review=review, translation_of=agreed(russian))


def _check(name: str) -> None:
    notes: dict[Language, str] = {"ru": "Проверяем дозу.", "en": "We are checking a dose."}
    for language in LANGUAGES:
        with transaction.atomic(), journals.opened(NOON) as journal:
            standing = store.standing_of(an_id(name), language)
            assert standing is not None
            store.start_check(journal, standing, note=notes[language])


def _moved_on(name: str, language: Language) -> None:
    """The page of this name in `language` lacks what the other language has since."""
    other: Language = "en" if language == "ru" else "ru"
    before = _small(name, other)
    shelve(before, other, item=an_id(name))
    shelve(_small(name, language), language, item=an_id(name), translation_of=agreed(before, other))
    after = _small(name, other, MORE[other])
    note = {"ru": "Добавили опасный признак.", "en": "A danger sign was added."}[other]
    shelve(after, other, item=an_id(name), change="safety", note=note)


def _protocols() -> None:
    """The bundled protocol in every state: as it is, signed, expired, under check and withdrawn."""
    for name in ("triage", "triage-signed", "triage-expired", "triage-under-check", "triage-gone"):
        review = msgspec.structs.replace(SIGNED, next_on="2128-11-20") if name == "triage-signed" else UNREVIEWED
        for language in LANGUAGES:
            held = msgspec.structs.replace(bundled(language), expires_on="2128-11-22")
            document = msgspec.structs.replace(protocol_document(language, held), slug=_slug(name, language))
            shelve(document, language, item=an_id(name), review=review)
    for language in LANGUAGES:
        fall_due(an_id("triage-expired"), language)
        withdraw(an_id("triage-gone"), language)
    _check("triage-under-check")


def _examples_of_kinds() -> None:
    items = {"expert-quoted": a_person().id, "faq": an_id("question"), "topic": an_id("topic")}
    for example in sorted((EXAMPLES / "items").glob("*.json")):
        name, language = example.name.split(".")[:2]
        held = json.loads(example.read_text())
        if name == "expert-participates":
            # The example is the same person in the other part; here both are on the shelf.
            held["slug"] = _slug("participant", language)  # type: ignore[arg-type]
            held["person"]["id"] = an_id("participant")
        document = msgspec.convert(held, kind(held["kind"]).document)
        shelve(document, language, item=items.get(name, an_id(name)))  # type: ignore[arg-type]
