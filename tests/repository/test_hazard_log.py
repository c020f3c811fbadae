"""The hazard log names, for every hazard, a control that is in the code and a test that exists."""

import re
from pathlib import Path

import pytest

from tests.repository.naming import is_there, proves

# The log that the triage began with. A hazard that cannot occur any more says so and stays.
STARTER = [f"H{number}" for number in range(1, 13)]
FIELDS = ["Cause", "Harm", "Control", "In the code", "Proof", "Doubt that remains", "Severity, likelihood"]
RUSSIAN_FIELDS = ["Причина", "Чем грозит", "Что сделано", "Что остаётся под сомнением", "Тяжесть, вероятность"]

Log = dict[str, dict[str, str]]


def parsed(text: str) -> Log:
    """Each hazard with its fields, in order; raise ValueError for an id that stands twice."""
    log: Log = {}
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, _, body = section.partition("\n")
        id, _, name = title.partition(" ")
        if id in log:
            raise ValueError(f"{id} stands twice")
        fields = re.findall(r"^- \*\*(.+?):\*\*(.*(?:\n(?!- |\n).*)*)", body, re.MULTILINE)
        log[id] = {"title": name.strip()} | {field: " ".join(said.split()) for field, said in fields}
    return log


def names(field: str) -> list[str]:
    return re.findall(r"`([\w./-]+\.(?:py|html|json)(?:::[\w.]+)?)`", field)


@pytest.fixture(scope="module")
def text(repository: Path) -> str:
    return (repository / "docs" / "safety" / "hazard-log.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def log(text: str) -> Log:
    return parsed(text)


@pytest.fixture(scope="module")
def russian(repository: Path) -> Log:
    return parsed((repository / "docs" / "safety" / "hazard-log.ru.md").read_text(encoding="utf-8"))


def test_every_hazard_of_the_first_log_is_there_and_numbers_have_no_gaps(log: Log) -> None:
    assert list(log) == [f"H{number}" for number in range(1, len(log) + 1)]
    assert [id for id in STARTER if id not in log] == []
    assert len(log) > len(STARTER)


def test_every_hazard_says_everything_in_its_order(log: Log) -> None:
    assert {id: list(fields) for id, fields in log.items()} == {id: ["title", *FIELDS] for id in log}
    assert [(id, name) for id, fields in log.items() for name, said in fields.items() if not said] == []


def test_every_place_in_the_code_exists(log: Log, repository: Path) -> None:
    places = {id: names(fields["In the code"]) for id, fields in log.items()}
    assert [id for id, named in places.items() if not named] == []
    assert [(id, one) for id, named in places.items() for one in named if not is_there(repository, one)] == []


def test_every_hazard_has_a_test_and_every_test_exists(log: Log, repository: Path) -> None:
    proofs = {id: names(fields["Proof"]) for id, fields in log.items()}
    assert [id for id, named in proofs.items() if not named] == []
    assert [(id, one) for id, named in proofs.items() for one in named if not proves(repository, one)] == []


def test_only_a_clinician_sets_severity_and_likelihood(log: Log, russian: Log) -> None:
    assert {fields["Severity, likelihood"] for fields in log.values()} == {"to be set by a clinician"}
    assert {fields["Тяжесть, вероятность"] for fields in russian.values()} == {"укажет врач"}


def test_the_clinicians_of_this_site_have_every_hazard_in_russian(log: Log, russian: Log) -> None:
    assert list(russian) == list(log)
    assert {id: list(fields) for id, fields in russian.items()} == {id: ["title", *RUSSIAN_FIELDS] for id in russian}
    assert [id for id, fields in russian.items() for said in fields.values() if not re.search("[а-яё]", said)] == []


def test_every_judgement_call_is_in_both_languages_and_names_what_exists(repository: Path) -> None:
    from tests.factories.triage import bundled  # only this test needs the protocol

    calls = {
        name: [
            (row.split("|")[1].strip(), re.findall(r"`[^`]+`", row.split("|")[2]), re.findall(r"V ([a-z-]+)", row))
            for row in (repository / "docs" / "safety" / name).read_text(encoding="utf-8").split("\n")
            if row.startswith("| J")
        ]
        for name in ("judgement-calls.md", "judgement-calls.ru.md")
    }
    first, second = calls.values()
    assert first == second
    assert [number for number, _, _ in first] == [f"J{number}" for number in range(1, len(first) + 1)]

    protocol = bundled()
    known = {f"{question.id}.{option.id}" for question in protocol.questions for option in question.options}
    known |= {rule.id for rule in protocol.rules} | {level.id for level in protocol.levels}
    named = {one.strip("`") for _, places, _ in first for one in places}
    assert sorted(named - known) == []
    stories = "\n".join(path.read_text() for path in (repository / "triage/evaluation/vignettes").glob("*.yaml"))
    assert [story for _, _, told in first for story in told if f"  - id: {story}\n" not in stories] == []


def test_every_hazard_names_judgement_calls_that_exist(text: str, repository: Path) -> None:
    calls = (repository / "docs" / "safety" / "judgement-calls.md").read_text(encoding="utf-8")
    assert [one for one in re.findall(r"\bJ\d+\b", text) if f"| {one} |" not in calls] == []


# The reading itself: what is not there must fail.


def test_a_test_that_does_not_exist_is_no_proof(repository: Path) -> None:
    here = "tests/repository/test_hazard_log.py"
    assert proves(repository, f"{here}::test_a_test_that_does_not_exist_is_no_proof")
    assert proves(repository, here)
    assert not proves(repository, f"{here}::test_that_nobody_wrote")
    assert not proves(repository, f"{here}::proves")
    assert not proves(repository, "tests/repository/test_nothing.py")
    assert not proves(repository, "triage/engine/deciding.py::Engine")


def test_a_place_that_does_not_exist_is_not_there(repository: Path) -> None:
    assert is_there(repository, "triage/engine/deciding.py::Engine.rank")
    assert is_there(repository, "triage/engine/deciding.py::Engine")
    assert not is_there(repository, "triage/engine/deciding.py::Engine.guess")
    assert not is_there(repository, "triage/engine/guessing.py")


def test_a_hazard_that_stands_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="H1 stands twice"):
        parsed("## H1 One\n\n- **Cause:** a\n\n## H1 Other\n")
