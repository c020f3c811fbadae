"""`verify_protocol` reads a file, the desk or the shelf, and its exit code says whether anything was found."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from msgspec.structs import replace

from tests.factories.desk import an_editor
from tests.factories.triage import BUNDLED, SLUG, bundled_file, shelve_protocol
from tests.factories.triage_desk import a_protocol, with_rank
from triage.engine.exchange import write_file


def called(*arguments: object) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("verify_protocol", *(str(one) for one in arguments), stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(str(end.code))
    return out.getvalue(), 0


def test_the_bundled_protocol_is_verified_by_default() -> None:
    text, code = called()
    assert code == 0
    assert "Combinations of answers: 1" in text
    assert "Findings: 0" in text
    assert called(BUNDLED)[0].partition("Seconds")[0] == text.partition("Seconds")[0]


def test_the_report_is_in_the_language_asked_for() -> None:
    text, code = called("--language", "ru")
    assert code == 0
    assert "«Ничего из этого»" in text.replace("\u00a0", " ")
    assert "None of these" not in text


def test_a_file_with_a_finding_ends_with_one(tmp_path: Path) -> None:
    path = tmp_path / "protocol.json"
    path.write_bytes(write_file(with_rank(bundled_file(), "danger", "unsure", 0)))
    text, code = called(path)
    assert code == 1
    assert "- answer danger.unsure: “Not sure” asks for self-care. It must ask for more." in text


def test_a_file_that_is_no_protocol_is_refused_with_its_problems(tmp_path: Path) -> None:
    path = tmp_path / "protocol.json"
    path.write_bytes(b'{"format": "triage-protocol/1"}')
    with pytest.raises(CommandError, match="is no protocol"):
        called(path)
    with pytest.raises(CommandError, match="cannot be read"):
        called(tmp_path / "nothing.json")


@pytest.mark.django_db
def test_a_live_protocol_is_verified_with_the_sources_that_readers_see() -> None:
    shelve_protocol()
    text, code = called("--slug", SLUG)
    assert (code, "Findings: 0" in text) == (0, True)


@pytest.mark.django_db
def test_a_protocol_that_is_live_in_one_language_is_not_whole() -> None:
    shelve_protocol(languages=("en",))
    text, code = called("--slug", SLUG, "--language", "ru")
    assert code == 1
    assert ", по-русски: " in text
    assert "None of these" not in text  # nothing was gone through, so no answer is quoted


@pytest.mark.django_db
def test_a_draft_is_verified_as_it_stands_at_the_desk() -> None:
    working = a_protocol(bundled_file(), by=an_editor())
    assert called("--draft", working.slug_ru)[1] == 0
    working.questions.get(code="danger").options.filter(code="unsure").update(rank=0)
    text, code = called("--draft", working.slug_en)
    assert code == 1
    assert "danger.unsure" in text


@pytest.mark.django_db
def test_an_address_that_nothing_has_is_refused() -> None:
    with pytest.raises(CommandError, match="nowhere"):
        called("--slug", "nowhere")
    with pytest.raises(CommandError, match="nowhere"):
        called("--draft", "nowhere")


def test_a_file_with_faults_of_form_is_refused_in_plain_words(tmp_path: Path) -> None:
    file = bundled_file()
    path = tmp_path / "protocol.json"
    path.write_bytes(write_file(replace(file, levels=file.levels[1:])))
    with pytest.raises(CommandError, match=r"\$\.levels: The level “emergency” is missing\. All five are needed\."):
        called(path)


@pytest.mark.django_db
def test_a_draft_with_faults_of_form_gets_no_counts() -> None:
    working = a_protocol(bundled_file(), by=an_editor())
    working.rules.filter(code="K03").update(when_all="background.clots\nwhere.nothing")
    text, code = called("--draft", working.slug_en)
    assert code == 1
    assert "were not checked" in text
    assert "rule K03: There is no answer “where.nothing”." in text
