"""The bundled protocol does what the medical source says, answer by answer and rule by rule."""

import pytest

from articles.canonical.languages import LANGUAGES, Language
from tests.factories.triage import bundled, bundled_file
from tests.triage.engine.verifying.one_factor import broken, table
from triage.engine.protocol import SELF_CARE

SOURCES = {key: str(source.id) for key, source in bundled_file().references.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_and_every_rule_leads_where_the_source_says(language: Language) -> None:
    assert list(broken(bundled(language), SOURCES)) == []


def test_the_table_has_every_question_once_with_its_benign_answer() -> None:
    assert list(table()["answers"]) == list(table()["benign"]) == [one.id for one in bundled().questions]
    benign = [table()["answers"][question][option] for question, option in table()["benign"].items()]
    assert {row["rank"] for row in benign} == {SELF_CARE}
