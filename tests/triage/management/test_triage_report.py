"""`triage_report` on the team's own files and on others, without a database."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories.triage import BUNDLED
from tests.factories.vignettes import a_file, a_vignette, written


def run(*arguments: str | Path) -> str:
    output = StringIO()
    call_command("triage_report", *map(str, arguments), stdout=output)
    return output.getvalue()


def given(tmp_path: Path, name: str, content: bytes) -> Path:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


def test_without_files_it_reports_on_the_teams_own_in_english() -> None:
    text = run()
    assert "**emergency.yaml** (16)" in text
    assert "## By expected level" in text


def test_it_speaks_russian_when_asked() -> None:
    assert "## Все расхождения" in run("--language", "ru")


def test_it_reads_files_of_others_and_only_those(tmp_path: Path) -> None:
    text = run(given(tmp_path, "others.yaml", written(a_file())))
    assert "others.yaml** (1): Only for tests." in text
    assert "emergency.yaml" not in text


def test_files_of_one_name_in_two_places_are_both_counted(tmp_path: Path) -> None:
    one = given(tmp_path, "a/same.yaml", written(a_file(a_vignette("one"))))
    other = given(tmp_path, "b/same.yaml", written(a_file(a_vignette("two"))))
    assert "1 of 1" not in run(one, other)
    assert "2 of 2" in run(one, other)


def test_a_refused_file_names_every_problem_and_measures_nothing(tmp_path: Path) -> None:
    path = given(tmp_path, "wrong.yaml", written(a_file(a_vignette(answers={"leg": ["swolen"], "none": ["x"]}))))
    with pytest.raises(CommandError, match=r"unknown-option swolen[\s\S]*unknown-question[\s\S]*2 problem"):
        run(path)


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere\.yaml: No such file"):
        run(tmp_path / "nowhere.yaml")


def test_another_protocol_may_be_measured(tmp_path: Path) -> None:
    """A rule that was weakened by mistake shows as people who are sent later."""
    weakened = BUNDLED.read_text().replace('"id": "breath",\n     "rank": 4', '"id": "breath",\n     "rank": 1')
    assert weakened != BUNDLED.read_text()
    path = given(tmp_path, "weaker.json", weakened.encode())
    assert "**breathless-after-a-flight**, later than expected" in run("--protocol", path)


def test_what_is_no_protocol_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Nothing was measured"):
        run("--protocol", given(tmp_path, "none.json", b"{}"))
