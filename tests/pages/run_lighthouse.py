"""`make lighthouse`: what Lighthouse finds on a slow telephone, as the median of five runs, and what pages weigh."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from articles.canonical.languages import Language
from tests.pages.sites import QUIET, bundled_site
from tests.pages.table import PAGES
from tests.services.finding import SERVICES, chromium_program, web_tools
from tests.services.patience import PATIENCE

RUNS = 5
_TRIES = 3
# Rows of the table, each in one language.
JUDGED: tuple[tuple[str, Language], ...] = (
    ("article", "ru"),
    ("article", "en"),
    ("home", "ru"),
    ("faq", "ru"),
    ("section-glossary", "ru"),
    ("section-articles", "ru"),
)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_NOT_FOR_SEARCH = '<meta name="robots" content="noindex">'


@dataclass(frozen=True)
class Report:
    """Scores of each run by category, and of the last run what was sent: kind of request to bytes with headers."""

    scores: dict[str, list[int]]
    sent: dict[str, int]
    paint: list[float]

    def line(self, name: str) -> str:
        medians = [
            f"{statistics.median(self.scores[one]):.0f} ({min(self.scores[one])})" if self.scores.get(one) else "–"
            for one in CATEGORIES
        ]
        weight = ", ".join(f"{kind} {size}" for kind, size in self.sent.items())
        seconds = f"{statistics.median(self.paint) / 1000:.2f} s"
        return (
            f"{name:24} {' '.join(f'{one:>9}' for one in medians)}  {seconds:>7}  {sum(self.sent.values())}: {weight}"
        )


def judge(address: str, program: str, tools: str, place: Path) -> Report:
    """Return what all runs found. A page that search engines shall leave alone is not judged for them."""
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        is_indexed = _NOT_FOR_SEARCH not in answer.read().decode()
    categories = CATEGORIES if is_indexed else CATEGORIES[:-1]
    scores: dict[str, list[int]] = {one: [] for one in categories}
    paint: list[float] = []
    found: dict[str, Any] = {}
    for _ in range(RUNS):
        found = _run(address, program, tools, place / "report.json", categories)
        for one in categories:
            scores[one].append(round((found["categories"][one]["score"] or 0) * 100))
        paint.append(found["audits"]["largest-contentful-paint"]["numericValue"])
        for audit in _complaints(found):
            print(f"  {audit}", flush=True)
    requests = found["audits"]["network-requests"]["details"]["items"]
    sent: dict[str, int] = {}
    for one in requests:
        kind = str(one.get("resourceType") or "Other")
        sent[kind] = sent.get(kind, 0) + int(one["transferSize"])
    return Report(scores, sent, paint)


def _run(address: str, program: str, tools: str, report: Path, categories: tuple[str, ...]) -> dict[str, Any]:
    command = [
        "node",
        f"{tools}/lighthouse/cli/index.js",
        address,
        "--quiet",
        "--output=json",
        f"--output-path={report}",
    ]
    command += [f"--only-categories={','.join(categories)}", f"--chrome-flags=--headless=new {' '.join(QUIET)}"]
    # The browser itself sometimes loses the beginning of a trace. Such a run has judged nothing, and is made again.
    for left in reversed(range(_TRIES)):
        done = subprocess.run(command, env=os.environ | {"CHROME_PATH": program}, check=left == 0)
        if done.returncode == 0:
            break
        print("  run again", flush=True)
    held: dict[str, Any] = json.loads(report.read_text())
    return held


def _complaints(found: dict[str, Any]) -> list[str]:
    """What keeps a category below 100, performance apart: its figures are the medians."""
    judged = [found["categories"][one]["auditRefs"] for one in CATEGORIES[1:] if one in found["categories"]]
    names = {audit["id"] for audits in judged for audit in audits if audit["weight"]}
    return [
        f"{name}: {audit['title']}" for name, audit in found["audits"].items() if name in names and audit["score"] == 0
    ]


def main() -> int:
    """Judge every page and print the table; return 2 where a program is missing, 1 where a median is below 99."""
    program, tools = chromium_program(), web_tools()
    if program is None or tools is None:
        print(SERVICES["browser" if program is None else "web_tools"].sentence, file=sys.stderr)
        return 2
    rows = {row.name: row for row in PAGES}
    reports: dict[str, Report] = {}
    with bundled_site() as site, tempfile.TemporaryDirectory(prefix="lighthouse-") as place:
        for name, language in JUDGED:
            print(f"{name} {language}…", flush=True)
            address = site + quote(rows[name].bundled[language], safe="/?=")
            reports[f"{name} {language}"] = judge(address, program, tools, Path(place))
    print(f"\nMedian of {RUNS} (lowest), largest paint, bytes with headers")
    print(f"{'':24} {' '.join(f'{one[:9]:>9}' for one in CATEGORIES)}")
    for name, report in reports.items():
        print(report.line(name))
    medians = [statistics.median(scores) for report in reports.values() for scores in report.scores.values()]
    return 0 if min(medians, default=0) >= 99 else 1


if __name__ == "__main__":
    sys.exit(main())
