"""What a protocol lacks before it may be released in a language. All of it at once, as values."""

from collections.abc import Iterator

from articles.canonical.languages import Language
from articles.content.care import CareService
from articles.content.part_completeness import problems_of
from articles.content.problems import DeskProblem, Where, desk_problem
from triage.protocols.drafts import Draft
from triage.protocols.findings import finding_problems
from triage.protocols.problems import protocol_problem


def problems(rows: Draft, language: Language) -> list[DeskProblem]:
    """Return everything that keeps the protocol from being released in `language`, in the order of its form."""
    own = [*_of_head(rows, language), *_of_services(rows, language), *_of_sources(rows, language)]
    return list(dict.fromkeys([*own, *finding_problems(rows, language)]))


def _of_head(rows: Draft, language: Language) -> Iterator[DeskProblem]:
    working, id = rows.working, str(rows.working.pk)
    for field in ("title", "slug", "summary"):
        if not getattr(working, f"{field}_{language}"):
            yield desk_problem(f"{field}-missing", language, Where("protocol", id, field, language))
    for field in ("title", "summary"):
        # Nothing is filled in there, and nobody can call a placeholder.
        if set("{}") & set(getattr(working, f"{field}_{language}") or ""):
            yield protocol_problem("braces-here", language, Where("protocol", id, field, language))
    if not getattr(working, f"danger_{language}"):
        yield protocol_problem("danger-missing", language, Where("protocol", id, "danger", language))
    if working.expires_on is None:
        yield protocol_problem("expiry-missing", "", Where("protocol", id, "expires_on"))


def _of_services(rows: Draft, language: Language) -> Iterator[DeskProblem]:
    if not any(service.purpose == CareService.Purpose.EMERGENCY for service in rows.services):
        yield protocol_problem("number-missing", "", Where("protocol", str(rows.working.pk), "services"))
    for service in rows.services:
        yield from problems_of(service, language)


def _of_sources(rows: Draft, language: Language) -> Iterator[DeskProblem]:
    for row, source in rows.citations:
        if source.withdrawn_at:
            where = Where(row._meta.model_name or "", str(row.pk), "sources")
            yield desk_problem("source-withdrawn", language, where, name=source.short_name)
    for source in rows.sources:
        yield from problems_of(source, language)
