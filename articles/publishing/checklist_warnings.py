"""What a person has to look at before a text goes out: found by words, so it may be wrong, and a reason settles it."""

from collections.abc import Iterator, Mapping, Sequence

from articles.canonical.languages import LANGUAGES, Language
from articles.canonical.tree import links, terms
from articles.content.blocks import Block
from articles.content.desk_object import DeskObject
from articles.content.problems import Where
from articles.content.terms import Term
from articles.editorial.checks import certainty, negations, readability, risks, termbase
from articles.editorial.checks.findings import Finding
from articles.publishing.checklist_blocks import Found
from articles.publishing.passages import Passage

Glossary = Mapping[Language, Sequence[termbase.TermWords]]


def warnings(
    item: DeskObject, placed: Sequence[Block], read: Sequence[Passage], language: Language, words: Glossary
) -> Iterator[Found]:
    """Yield every warning about an item in a language, in reading order, those about the whole text last.

    `words` is the glossary of the desk, `read` the item's passages.
    """
    original: Language = item.original_language  # type: ignore[attr-defined]
    for passage in read:
        where = Where(passage.where.model, passage.where.id, passage.where.field, language)
        for found in _of_passage(passage, language, words[language]):
            yield where, found
        if language != original and passage.texts[original] and passage.texts[language]:
            for found in negations.negated_alone(passage.texts[original], original, passage.texts[language], language):
                yield where, found
    whole = Where(item._meta.model_name or "", str(item.pk))
    yield from ((whole, found) for found in _hard(read, language))
    if language != original:
        bodies = [block.body(column, language) for block in placed for column in block.rich]
        linked = {term for body in bodies for term in terms(body)} | {id for body in bodies for _, id in links(body)}
        pairs = list(zip(words[original], words[language], strict=True))
        texts = {code: "\n".join(one.texts[code] for one in read) for code in LANGUAGES}
        for found in termbase.untranslated(texts[original], original, texts[language], language, pairs, linked=linked):
            yield whole, found


def _of_passage(passage: Passage, language: Language, glossary: Sequence[termbase.TermWords]) -> Iterator[Finding]:
    text, is_ours = passage.texts[language], passage.verbatim != language
    if is_ours and not passage.may_be_sure:
        yield from certainty.overstated(text, language)
    yield from risks.relative_alone(text, language)
    if is_ours:
        yield from termbase.avoided(text, language, glossary)
    if is_ours and passage.is_prose:
        yield from readability.long_sentences(text)


def _hard(read: Sequence[Passage], language: Language) -> Iterator[Finding]:
    prose = [one.texts[language] for one in read if one.is_prose]
    score = readability.measured(prose, language)
    if score and score.is_hard:
        yield readability.hard(prose, score, language)


def glossary() -> Glossary:
    """Every term of the desk in both languages, in one order; one query."""
    rows = list(Term.objects.order_by("pk"))
    return {
        language: [
            termbase.TermWords(
                str(row.pk),
                tuple(name for name in (getattr(row, f"title_{language}"), *row.lines("synonyms", language)) if name),
                termbase.read_avoided(row.lines("forms_to_avoid", language)),
            )
            for row in rows
        ]
        for language in LANGUAGES
    }
