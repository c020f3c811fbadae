"""What a program can know and nothing goes out with: beside what `completeness` asks for."""

from collections.abc import Iterator, Sequence
from datetime import date

from articles.canonical.languages import Language
from articles.content.accounts import Accounts
from articles.content.blocks import Block
from articles.content.care import CareBox
from articles.content.completeness import cited, is_withdrawn
from articles.content.desk_object import DeskObject
from articles.content.experts import Disclosure, Expert
from articles.content.labels import label
from articles.content.problems import Where
from articles.content.quotes import Quote
from articles.editions.dates import spelled
from articles.editorial.checks import headings, numbers
from articles.editorial.checks.findings import Finding, about
from articles.editorial.signoffs import in_years
from articles.publishing.passages import Passage

Found = tuple[Where, Finding]

_DECLARED = (Disclosure.NONE_DECLARED, Disclosure.DECLARED)


def known_blocks(
    item: DeskObject, placed: Sequence[Block], read: Sequence[Passage], language: Language, *, on: date, is_advice: bool
) -> Iterator[Found]:
    """Yield what is wrong for certain, each with its place. `on` is the day on which declarations must be recent."""
    shown = [block for block in placed if block.has_words(language) and not is_withdrawn(block)]
    if is_advice and not any(cited(block, language) for block in shown):
        yield Where(_model(item), str(item.pk), "", ""), about("citation-missing", "")
    if isinstance(item, Expert):
        yield from _declared(item, language, on)
    for block in shown:
        for part in _placed(block):
            if isinstance(part, CareBox):
                yield from _headed(part, language)
            elif isinstance(part, Quote) and part.has_words(language):
                yield from _attributed(part, language, on)
    if language != item.original_language:  # type: ignore[attr-defined]
        yield from _agreeing(read, item.original_language, language)  # type: ignore[attr-defined]


def _placed(block: Block) -> Iterator[object]:
    part = getattr(block, block.shared) if block.shared else None
    if isinstance(part, Accounts):
        yield from (entry.quote for entry in part.entries.all() if entry.quote.withdrawn_at is None)
    elif part is not None:
        yield part


def _headed(box: CareBox, language: Language) -> Iterator[Found]:
    title = getattr(box, f"title_{language}") or ""
    where = Where("carebox", str(box.pk), "title", language)
    if title and not headings.is_worded(title, language):
        yield where, about("box-heading", title, name=label(box, language))
    if title and (what := headings.lacks(title, box.level)):
        yield where, about("box-heading-lacks", title, name=label(box, language), what=what)


def _attributed(quote: Quote, language: Language, on: date) -> Iterator[Found]:
    """The page itself says of whoever is quoted from elsewhere that nobody asked: it needs to say where it was said."""
    if quote.expert is None:
        return
    if quote.expert.part != Expert.Part.QUOTED:
        yield from _declared(quote.expert, language, on)
        return
    source, name = quote.source, label(quote, language)
    if not (source.publisher or source.container):
        yield Where("source", str(source.pk), "publisher"), about("publication-unnamed", "", name=name)
    if not source.issued:
        yield Where("source", str(source.pk), "issued"), about("publication-undated", "", name=name)


def _declared(person: Expert, language: Language, on: date) -> Iterator[Found]:
    if person.part != Expert.Part.PARTICIPATES:
        return
    name = label(person, language)
    if person.disclosure not in _DECLARED or person.disclosed_on is None or person.disclosed_on > on:
        yield Where("expert", str(person.pk), "disclosure"), about("disclosure-missing", "", name=name)
    elif person.disclosed_on < in_years(on, -1):
        day = spelled(person.disclosed_on.isoformat(), language)
        yield Where("expert", str(person.pk), "disclosed_on"), about("disclosure-old", "", name=name, day=day)


def _agreeing(read: Sequence[Passage], original: Language, language: Language) -> Iterator[Found]:
    for passage in read:
        said, says = passage.texts[original], passage.texts[language]
        if said and says:
            where = Where(passage.where.model, passage.where.id, passage.where.field, language)
            yield from ((where, found) for found in numbers.differing(said, original, says, language))


def _model(obj: object) -> str:
    return obj._meta.model_name or ""  # type: ignore[attr-defined]
