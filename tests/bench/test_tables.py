"""What was aimed at stands beside what came of it."""

from pathlib import Path

import pytest

from tests.bench.site import Site
from tests.bench.sizing import CASES, Case, busy_cores, machines_for, requests, sizing
from tests.bench.tables import Aim, Line, Report


def test_a_report_says_of_each_ratio_whether_it_is_met():
    report = Report("Speed", ("what", "ms"), [["page", "3"]])
    report.lines += [
        Line("page", "constant", 0.79, Aim(0.8)),
        Line("list", "1,000 texts", 1.1, Aim(1.2, at_least=False)),
    ]
    assert str(report).splitlines() == [
        "### Speed", "",
        "| what | ms |", "| --- | --- |", "| page | 3 |", "",
        "| what | beside | ratio | aim | met |", "| --- | --- | --- | --- | --- |",
        "| page | constant | 0.79 | ≥ 0.8 | **no** |", "| list | 1,000 texts | 1.10 | ≤ 1.2 | yes |",
    ]  # fmt: skip


_FIGURES = {
    "page": 0.1,
    "first": 20.0,
    "search": 40.0,
    "changes": 100.0,
    "worker": 140.0,
    "text": 0.05,
    "texts": 10_000.0,
}


def test_machines_are_worked_out_from_the_figures_of_the_run():
    nothing_unseen = Case(visits=80_000, partners=0, texts=1, unseen=0)
    assert requests(nothing_unseen) == pytest.approx(30)
    # 28.5 pages of 0.1 ms and 1.5 searches of 40 ms in each second.
    assert busy_cores(nothing_unseen, _FIGURES) == pytest.approx(0.06285)
    assert busy_cores(Case(80_000, 600, 1, 0.5), _FIGURES) == pytest.approx(0.06 + 0.3 + 0.00135 + 1.0)
    assert [machines_for(cores) for cores in (0, 0.99, 1.01, 3.5)] == [1, 1, 2, 4]


def test_the_page_of_sizes_says_what_has_to_be_measured_first(tmp_path: Path):
    site = Site(tmp_path, is_full=False, figures=dict(_FIGURES))
    assert len(sizing(site).rows) == len(CASES)
    del site.figures["worker"], site.figures["page"]
    with pytest.raises(LookupError, match="memory, warm"):
        sizing(site)
