"""Readers, partners and texts to machines: worked out from what the same run has measured, never from memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from tests.bench.site import Site
from tests.bench.tables import Report

# What is taken for granted, and stands on the page beside the table.
PAGES_A_VISIT = 3
BUSIEST_HOUR = 0.15
BUSIEST_MOMENT = 3
SEARCHES = 0.05
QUESTIONS_OF_A_PARTNER = 1 / 60
USED_AT_MOST = 0.5
CORES = 2


@dataclass(frozen=True)
class Case:
    """Visits a day, partners, texts, and how many of its pages nobody has asked a process for since they changed."""

    visits: int
    partners: int
    texts: int
    unseen: float


CASES = (
    Case(1_000, 5, 1_000, 0.05),
    Case(20_000, 20, 1_000, 0.05),
    Case(20_000, 50, 10_000, 0.20),
    Case(200_000, 100, 10_000, 0.20),
    Case(1_000_000, 200, 100_000, 0.50),
)
# Figures (milliseconds of CPU, megabytes, texts) and the measurement that finds each.
NEEDED: Mapping[str, str] = {
    "page": "warm", "first": "first", "search": "growth", "changes": "growth", "worker": "memory", "text": "growth",
    "texts": "growth",
}  # fmt: skip


def sizing(site: Site) -> Report:
    """A table of machines with two cores each. Raises LookupError where the run has not measured what it needs."""
    if missing := {name for figure, name in NEEDED.items() if figure not in site.figures}:
        raise LookupError(f"measure these in the same run: {', '.join(sorted(missing))}")
    head = (
        "visits a day",
        "partners",
        "texts",
        "requests/s at the peak",
        "cores at the peak",
        "machines",
        "memory",
        "disk",
    )
    report = Report("What is needed for how much", head)
    for case in CASES:
        cores, rate = busy_cores(case, site.figures), requests(case)
        machines = machines_for(cores)
        disk = case.texts * site.figures["text"] / 1000
        memory = 2 * site.figures["worker"]
        report.rows.append(
            [f"{case.visits:,}", f"{case.partners}", f"{case.texts:,}", f"{rate:.1f}", f"{cores:.2f}", f"{machines}",
             f"{memory:.0f} MB in two workers", f"{disk:.1f} GB"]
        )  # fmt: skip
    found = site.figures
    report.notes.append(
        f"Worked out from this run, in CPU: a page from finished bytes {found['page']:.3f} ms, a first view"
        f" {found['first']:.1f} ms, a search {found['search']:.1f} ms, 1,000 lines of the journal"
        f" {found['changes']:.1f} ms. A worker holds {found['worker']:.0f} MB, a text in both languages"
        f" {found['text'] * 1000:.0f} KB of the database. Nothing was measured with more than {found['texts']:,.0f}"
        " texts: lines of the table with more take it that what a question costs stays the same."
    )
    return report


def requests(case: Case) -> float:
    """Return the requests a second in the busiest moment, those of partners included."""
    return _pages(case) + case.partners * QUESTIONS_OF_A_PARTNER


def busy_cores(case: Case, figures: Mapping[str, float]) -> float:
    """Return how many cores are busy in the busiest moment."""
    pages = _pages(case)
    searches, unseen = pages * SEARCHES, pages * case.unseen
    milliseconds = searches * figures["search"] + unseen * figures["first"]
    milliseconds += (pages - searches - unseen) * figures["page"]
    milliseconds += case.partners * QUESTIONS_OF_A_PARTNER * figures["changes"]
    return milliseconds / 1000


def machines_for(cores: float) -> int:
    """Return how many machines leave half of their cores free in the busiest moment."""
    return max(1, ceil(cores / (CORES * USED_AT_MOST)))


def _pages(case: Case) -> float:
    return case.visits * PAGES_A_VISIT * BUSIEST_HOUR / 3600 * BUSIEST_MOMENT
