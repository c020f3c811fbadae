"""What was aimed at stands beside what came of it."""

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
