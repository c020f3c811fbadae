"""How many times publishing asks the database, and what it takes: for a plain text, and for one that has everything."""

from statistics import median
from uuid import UUID

from tests.bench.asking import measured
from tests.bench.asking import publishing as changed_and_ready
from tests.bench.site import Site, large_text
from tests.bench.tables import Aim, Line, Report

_TIMES = 3


def publishing(site: Site) -> Report:
    """Two texts, changed in both languages: one of headings and paragraphs, one with every kind of block."""
    from tests.bench.making.whole import whole_text

    site.has_large(site.pick(120, 400))
    head = ("text", "CPU, ms", "queries")
    report = Report("Publishing a text of 28 paragraphs, changed in both languages", head)
    for name, item in {"headings and paragraphs": large_text()[0], "with every kind of block": whole_text()}.items():
        milliseconds, queries = _measured(item)
        report.rows.append([name, f"{milliseconds:.0f}", f"{queries}"])
        report.lines.append(Line(f"queries, {name}", "25 queries", queries, Aim(25, at_least=False)))
    return report


def _measured(item: UUID) -> tuple[float, int]:
    """Return the CPU of publishing in milliseconds, and its queries."""
    queries = measured(changed_and_ready(item), counted=True)[1]
    return median(measured(changed_and_ready(item))[0] for _turn in range(_TIMES)), queries
