"""What keeps a protocol from its readers, for its forms: at the fields, in a list with links, and with exact counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.formats import number_format
from django.utils.safestring import SafeString

from articles.canonical.languages import LANGUAGES, Language
from articles.content.problems import DeskProblem
from triage.admin.marks import level_mark
from triage.engine.protocol import LEVELS
from triage.protocols.completeness import problems
from triage.protocols.drafts import Draft, draft
from triage.protocols.findings import verification
from triage.protocols.tables import Protocol


@dataclass(frozen=True)
class Counted:
    """How many combinations of answers end at a level, written with its digits in groups."""

    level: SafeString
    number: str


@dataclass(frozen=True)
class Found:
    """A draft with everything that was found about it."""

    draft: Draft
    problems: Mapping[Language, list[DeskProblem]]

    @property
    def is_sound(self) -> bool:
        return not any(self.problems.values()) and verification(self.draft).sound

    @property
    def total(self) -> str:
        """How many combinations of answers were gone through; empty where they could not be."""
        counts = verification(self.draft).counts
        return number_format(counts.total, force_grouping=True) if counts else ""

    @property
    def counts(self) -> list[Counted]:
        """The exact number for each level, the gravest first."""
        counts = verification(self.draft).counts
        if counts is None:
            return []
        by_rank = sorted(enumerate(LEVELS), reverse=True)
        return [
            Counted(level_mark(rank), number_format(counts.per_level[level], force_grouping=True))
            for rank, level in by_rank
        ]

    def at(self, ids: Iterable[UUID]) -> int:
        """Return how many different things are to be mended in rows with these ids."""
        wanted = {str(id) for id in ids}
        # What has no language is asked for in both.
        said = {
            (problem.code, problem.where.id, problem.where.column)
            for one in self.problems.values()
            for problem in one
            if problem.where.id in wanted
        }
        return len(said)

    def within(self, ids: Iterable[UUID]) -> dict[str, list[DeskProblem]]:
        """Return the problems in rows with these ids, by language."""
        wanted = {str(id) for id in ids}
        return {
            language: [problem for problem in one if problem.where.id in wanted]
            for language, one in self.problems.items()
        }


def found(protocol: Protocol) -> Found:
    """Return everything that was found about the protocol as it stands at the desk."""
    rows = draft(protocol)
    return Found(rows, {language: problems(rows, language) for language in LANGUAGES})


def of_request(request: Any, protocol: Protocol) -> Found:
    """The same, looked at once for each request."""
    known = getattr(request, "triage_found", None)
    if known is None:
        known = request.triage_found = found(protocol)
    return known
