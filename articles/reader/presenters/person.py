"""A person: who, where, what they declared, what part they have in the site, and their words in live texts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise

from articles.editions.anchors import anchor
from articles.editions.parts import Person, Quote, Source
from articles.editions.queries import Shelved
from articles.editions.wording import PARTS_IN_SITE
from articles.reader.presenters.links import Link
from articles.reader.presenters.quotes import QuoteView, SpeakerView, quote_view, speaker_view
from articles.reader.presenters.setting import Setting
from articles.reader.presenters.ways import Way


@dataclass
class Words:
    """A quote as the newest live text has it, with that text's sources, and every live text that it stands in."""

    quote: Quote
    sources: Sequence[Source]
    texts: list[Link] = field(default_factory=list)


@dataclass(frozen=True)
class WordsView:
    anchor: str
    quote: QuoteView
    texts: list[Link]


@dataclass(frozen=True)
class PersonView:
    """`is_quoted`: only quoted from elsewhere, so we say no more than the source does."""

    is_quoted: bool
    part: str | Promise
    who: SpeakerView
    words: list[WordsView]
    way: Way


def words_of(person: str, texts: Iterable[Shelved]) -> list[Words]:
    """Return the quotes of a person (id) in these live texts, which come newest first; each quote once."""
    found: dict[str, Words] = {}
    for text in texts:
        for quote in text.document.quotes():
            if quote.speaker and quote.speaker.id == person:
                words = found.setdefault(quote.id, Words(quote, text.document.sources))
                link = Link(text.document.title, text.page_path)
                if link not in words.texts:
                    words.texts.append(link)
    return list(found.values())


def sources_of(words: Iterable[Words]) -> list[Source]:
    """Return the sources that these quotes refer to, each once, in order of first appearance."""
    found: dict[str, Source] = {}
    for one in words:
        named = {source.id: source for source in one.sources}
        for id in one.quote.sources():
            if id in named:
                found.setdefault(id, named[id])
    return list(found.values())


def person_view(person: Person, words: Iterable[Words], setting: Setting, way: Way) -> PersonView:
    """Return the person with these words."""
    return PersonView(
        is_quoted=person.part == "quoted",
        part=PARTS_IN_SITE[person.part],
        who=speaker_view(person, setting.language),
        words=[WordsView(anchor(one.quote.id), quote_view(one.quote, setting), one.texts) for one in words],
        way=way,
    )
