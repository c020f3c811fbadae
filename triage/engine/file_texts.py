"""What the texts of a protocol's file may be: plain, in both languages, with numbers only where they are filled in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.canonical import text
from articles.canonical.languages import LANGUAGES
from triage.engine.file import ProtocolFile, Words
from triage.engine.file_problems import FileProblem
from triage.engine.protocol import PLACEHOLDER

_SHOWN = 60

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Tags, and the names and numbers by which HTML writes characters: a label is never HTML, whoever shows it.
_NAMED = r"&(#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);"
_MARKUP = re.compile(f"[<>]|{_NAMED}")
# A title of a source may compare two numbers; a tag has a letter behind its bracket.
_TAG = re.compile(f"<[A-Za-z/!?]|{_NAMED}")
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")


@dataclass(frozen=True)
class _Sort:
    """What a text may be. `longest` in characters; paragraphs only where `passage`; numbers only where `filled`.

    `said` is what the protocol itself says to readers; what is not is the word of a source or for colleagues.
    """

    longest: int
    passage: bool = False
    filled: bool = False
    required: bool = True
    said: bool = True


_TITLE = _Sort(200)
_SENTENCE = _Sort(300)
_PASSAGE = _Sort(4000, passage=True)
_ACTION = _Sort(200, filled=True)
_ADVICE = _Sort(4000, passage=True, filled=True)
_REASON = _Sort(300, required=False)
_OF_SOURCE = _Sort(500, required=False, said=False)
_POINTS_TO = _Sort(300, required=False, said=False)
_NOTE = _Sort(10_000, passage=True, required=False, said=False)


def text_problems(file: ProtocolFile) -> Iterator[FileProblem]:
    """Yield everything that is wrong with the texts, in the order of the file."""
    for language in LANGUAGES:
        slug = file.slug.of(language)
        if not _SLUG.fullmatch(slug) or len(slug) > 120:
            yield FileProblem("wrong-form", f"$.slug.{language}", text.shown(slug, _SHOWN), "leg-cramps")
    for place, words, sort in _both(file):
        yield from _of_words(place, words, sort)
    for place, one, sort in _single(file):
        yield from _of_text(place, one, sort)


def _both(file: ProtocolFile) -> Iterator[tuple[str, Words, _Sort]]:
    yield "$.title", file.title, _TITLE
    yield "$.scope", file.scope, _PASSAGE
    yield "$.danger", file.danger, _ADVICE
    for number, level in enumerate(file.levels):
        yield f"$.levels[{number}].title", level.title, _ACTION
        yield f"$.levels[{number}].text", level.text, _ADVICE
        for at, aid in enumerate(level.first_aid):
            yield f"$.levels[{number}].first_aid[{at}].text", aid.text, _ADVICE
    for number, question in enumerate(file.questions):
        yield f"$.questions[{number}].text", question.text, _SENTENCE
        yield f"$.questions[{number}].exclusive_because", question.exclusive_because, _REASON
        for at, option in enumerate(question.options):
            yield f"$.questions[{number}].options[{at}].text", option.text, _SENTENCE
    for number, rule in enumerate(file.rules):
        yield f"$.rules[{number}].text", rule.text, _SENTENCE


def _single(file: ProtocolFile) -> Iterator[tuple[str, str, _Sort]]:
    yield "$.note", file.note, _NOTE
    for number, question in enumerate(file.questions):
        yield f"$.questions[{number}].note", question.note, _NOTE
        for at, option in enumerate(question.options):
            yield f"$.questions[{number}].options[{at}].points_to", option.points_to, _POINTS_TO
    for key, source in file.references.items():
        for name in ("title", "publisher", "container", "volume", "issue", "pages"):
            yield f"$.references[{key}].{name}", getattr(source, name), _OF_SOURCE
        for language in LANGUAGES:
            translated = source.translated_title.of(language)
            yield f"$.references[{key}].translated_title.{language}", translated, _OF_SOURCE
        for at, author in enumerate(source.authors):
            yield f"$.references[{key}].authors[{at}]", author, _OF_SOURCE


def _of_words(place: str, words: Words, sort: _Sort) -> Iterator[FileProblem]:
    given = [(language, words.of(language)) for language in LANGUAGES]
    empty = [language for language, one in given if not one]
    if not sort.required and len(empty) == 1:
        yield FileProblem("one-language-only", f"{place}.{empty[0]}", "")
    for language, one in given:
        yield from _of_text(f"{place}.{language}", one, sort)
    counts = [one.count(PLACEHOLDER) for _, one in given]
    if len(set(counts)) > 1 and not empty:
        yield FileProblem("unequal-placeholders", place, " / ".join(map(str, counts)))


def _of_text(place: str, one: str, sort: _Sort) -> Iterator[FileProblem]:
    if not any(character.isalnum() for character in one):
        if one or sort.required:
            yield FileProblem("blank", place, text.shown(one, _SHOWN) if one else "")
        return
    if len(one) > sort.longest:
        yield FileProblem("too-long", place, text.shown(one, _SHOWN), str(sort.longest))
    if markup := (_MARKUP if sort.said else _TAG).search(one):
        yield FileProblem("not-plain-text", place, markup[0])
    if dangers := text.dangers(one):
        yield from (FileProblem("forbidden-character", place, str(danger.values["character"])) for danger in dangers)
    elif (text.passage if sort.passage else text.line)(one) != one:
        yield FileProblem("untidy-text", place, text.shown(one, _SHOWN))
    for brace in dict.fromkeys(_BRACES.findall(one)) if sort.said else ():
        if brace != PLACEHOLDER:
            yield FileProblem(
                "unknown-placeholder", place, text.shown(brace, _SHOWN), PLACEHOLDER if sort.filled else ""
            )
        elif not sort.filled:
            yield FileProblem("placeholder-not-filled-in", place, brace)
