"""The checklist of a text before review and publication: what blocks, what needs a reason, what a person answers.

`entries` are asked for one text at a time, never in lists: they read every block and the whole glossary.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.functional import Promise

from articles.canonical.canonical_json import digest
from articles.canonical.languages import LANGUAGES, Language
from articles.content.aggregates import kind_of
from articles.content.blocks import Block, blocks
from articles.content.completeness import beside, problems
from articles.content.desk_object import DeskObject
from articles.content.problems import DeskProblem, Where
from articles.content.texts import Text
from articles.editorial.checklists import Answer, Waiver, answers, waivers
from articles.editorial.checks.findings import Finding
from articles.publishing.checklist_blocks import known_blocks
from articles.publishing.checklist_warnings import Glossary, glossary, warnings
from articles.publishing.checklist_words import CHECKS, TASKS, Level
from articles.publishing.passages import Passage, passages

# What the desk asks beyond completeness is asked of these kinds.
_OWN = frozenset({"article", "faq", "page", "term", "topic", "expert"})

# Changes with every word of a text, so a reason is not tied to it.
_MOVING = frozenset({"score", "bound"})


@dataclass(frozen=True)
class Entry:
    """One line of the checklist.

    `digest` is what a reason or an answer is kept by; `said` is the one that stands, None without any. A finding has
    the sentence that it is about in three pieces, of which the middle one is to be marked.
    """

    level: Level
    code: str
    language: Language
    problem: DeskProblem
    digest: str = ""
    takes_reason: bool = False
    said: Waiver | Answer | None = None
    before: str = ""
    marked: str = ""
    after: str = ""
    start: int = 0
    end: int = 0

    @property
    def where(self) -> Where:
        return self.problem.where

    @property
    def is_open(self) -> bool:
        """Whether it still keeps the text from its readers."""
        return not self.said or (isinstance(self.said, Answer) and not self.said.releases)

    @property
    def key(self) -> str:
        """Return by what a form names the entry: its code and what it is about, in this language."""
        return f"{self.language}-{self.code}-{self.digest[:16]}"


# Reasons and answers, by language, code and digest.
Said = tuple[Mapping[tuple[str, str, str], Waiver], Mapping[tuple[str, str, str], Answer]]


@dataclass(frozen=True)
class Looked:
    """An item as it is looked through: its blocks, its passages in both languages, and the glossary."""

    item: DeskObject
    placed: Sequence[Block]
    read: Sequence[Passage]
    glossary: Glossary


def look(item: DeskObject, placed: Sequence[Block] | None = None) -> Looked:
    """Read an item once for the checklists of both languages; `placed` are its blocks where they are at hand."""
    if placed is None:
        placed = blocks(item) if isinstance(item, Text) else []
    return Looked(item, placed, passages(item, placed), glossary() if kind_of(item) in TASKS else {})


def is_checked(item: DeskObject) -> bool:
    """Return whether the item has a checklist; kinds of other apps are checked in ways of their own."""
    return kind_of(item) in _OWN


def gives_advice(kind: str) -> bool:
    """Return whether warnings and questions hold back texts of a kind."""
    return kind in TASKS and kind in settings.CHECKLIST_KINDS


def checklist(
    item: DeskObject,
    language: Language,
    *,
    on: date,
    complete: Sequence[DeskProblem] | None = None,
    looked: Looked | None = None,
    said: Said | None = None,
) -> list[Entry]:
    """Return the checklist of an item in a language as it stands at the desk; empty for kinds of other apps.

    `on` is the day on which declarations have to be recent enough; `complete` what is known to be incomplete, and
    `looked` what was read of the item, `said` what people said of it, where they are at hand already.
    """
    kind = kind_of(item)
    if not is_checked(item):
        return []
    looked = look(item) if looked is None else looked
    complete = problems(item, language, looked.placed) if complete is None else complete
    found = [*known_blocks(item, looked.placed, looked.read, language, on=on, is_advice=gives_advice(kind))]
    if kind in TASKS:
        found += warnings(item, looked.placed, looked.read, language, looked.glossary)
    reasons, told = said or (
        waivers(item.pk, [language]) if found else {},
        answers(item.pk, [language]) if kind in TASKS else {},
    )
    entries = [Entry("block", problem.code, language, problem) for problem in complete]
    entries += [_entry(where, finding, language, reasons) for where, finding in found]
    words = _words_digest(looked.read, language)
    for code, question in TASKS.get(kind, {}).items():
        task = _task(kind, item, language, code, question)
        entries.append(Entry("task", code, language, task, words, said=told.get((language, code, words))))
    return list({(one.level, one.problem, one.digest): one for one in entries}.values())


def both_checklists(item: DeskObject, *, on: date) -> dict[Language, list[Entry]]:
    """Return the checklist of an item in each language, from one reading."""
    if not is_checked(item):
        return {language: [] for language in LANGUAGES}
    looked = look(item)
    near, said = beside(looked.placed), (waivers(item.pk, LANGUAGES), answers(item.pk, LANGUAGES))
    return {
        language: checklist(
            item, language, on=on, complete=problems(item, language, looked.placed, near), looked=looked, said=said
        )
        for language in LANGUAGES
    }


def blocking(entries: Iterable[Entry]) -> list[DeskProblem]:
    """Return what a program or a person found wrong: nothing goes out with it."""
    return [entry.problem for entry in entries if entry.level == "block" and entry.is_open]


def unanswered(entries: Iterable[Entry], kind: str) -> list[DeskProblem]:
    """Return what is still to be said of a text that gives medical advice; nothing is asked of other kinds."""
    if not gives_advice(kind):
        return []
    return [entry.problem for entry in entries if entry.level != "block" and entry.is_open]


def _task(kind: str, item: DeskObject, language: Language, code: str, question: Promise) -> DeskProblem:
    return DeskProblem(f"task-{code}", language, Where(kind, str(item.pk)), (), question)


def _entry(where: Where, finding: Finding, language: Language, reasons: Mapping[tuple[str, str, str], Waiver]) -> Entry:
    check = CHECKS[finding.code]
    params = [list(param) for param in finding.params if param[0] not in _MOVING]
    key = digest([where.model, where.id, where.field, finding.phrase, finding.sentence, params])
    said = reasons.get((language, finding.code, key)) if check.takes_reason else None
    problem = DeskProblem(finding.code, language, where, finding.params, check.words)
    before, marked, after = _pieces(finding)
    return Entry(
        check.level, finding.code, language, problem, key, check.takes_reason, said, before, marked, after,
        finding.start, finding.end,
    )  # fmt: skip


def _pieces(finding: Finding) -> tuple[str, str, str]:
    at = finding.sentence.find(finding.phrase) if finding.phrase else -1
    if at < 0:
        return finding.sentence, "", ""
    return finding.sentence[:at], finding.phrase, finding.sentence[at + len(finding.phrase) :]


def _words_digest(read: Sequence[Passage], language: Language) -> str:
    """Links, pictures and sources may change without an answer being void; a word may not."""
    return digest([[one.where.model, one.where.id, one.where.field, one.texts[language]] for one in read])
