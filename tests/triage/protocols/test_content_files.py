"""Protocols among the files of the desk, its saved versions and its comments: as any other object of it."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User

from articles.content.aggregates import AGGREGATES, LoadError
from articles.content.care import CareService
from articles.content.finding import find
from articles.editorial.comments import comment
from articles.editorial.confirmations import Confirmation
from articles.editorial.revisions import restore, revisions
from articles.publishing.agreeing import before, note
from articles.publishing.states import item_states
from articles.publishing.transfer import dump_content, load_content, read_content
from tests.factories.desk import NOON
from tests.factories.triage_desk import a_protocol, release_protocol, small_file, the_bundled_protocol, with_rank
from triage.engine.exchange import write_file
from triage.protocols.tables import FirstAid, Option, Protocol
from triage.protocols.transfer import export

pytestmark = pytest.mark.django_db

DIRECTORIES = ("protocols", "triage_levels", "triage_questions")


def tree(directory: Path) -> dict[str, bytes]:
    return {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()}


def empty_the_desk() -> None:
    Confirmation.objects.all().delete()
    for model in reversed(AGGREGATES.values()):
        model._default_manager.all().delete()


def test_dump_then_load_into_an_empty_desk_then_dump_is_byte_identical(tmp_path: Path, editor: User) -> None:
    protocol = the_bundled_protocol(by=editor)
    release_protocol(protocol, by=editor)
    file = write_file(export(protocol))
    dump_content(tmp_path / "first")
    assert {path.name for path in (tmp_path / "first").iterdir()} >= set(DIRECTORIES)
    empty_the_desk()

    load_content(read_content(tmp_path / "first"), by=editor, at=NOON)
    dump_content(tmp_path / "second")

    assert tree(tmp_path / "second") == tree(tmp_path / "first")
    assert write_file(export(Protocol.objects.get())) == file


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("code: ache", "code: ACHE!", "options[1].code"),
        ("rank: 1", "rank: seven", "options[1].rank: expected a number"),
        ("exclusive: false", "exclusive: perhaps", "options[0].exclusive: expected true or false"),
        ("several: true", "several: 3", "several: expected true or false"),
    ],
)
def test_a_spoilt_file_is_refused_with_its_place(tmp_path: Path, editor: User, was: str, now: str, said: str) -> None:
    a_protocol(by=editor)
    dump_content(tmp_path)
    path = next(path for path in (tmp_path / "triage_questions").iterdir() if "code: ache" in path.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").replace(was, now, 1), "utf-8")

    with pytest.raises(LoadError) as refused:
        load_content(read_content(tmp_path), by=editor, at=NOON)

    assert said in str(refused.value)


def test_every_answer_is_found_by_its_words(editor: User) -> None:
    protocol = a_protocol(by=editor)

    found = find(["тромбоз"], list(AGGREGATES))

    assert {kind: [item.id for item in items] for kind, items in found.items()} == {
        "triage_question": [protocol.questions.get(code="background").pk],
        "protocol": [protocol.pk],
    }


def test_a_saved_version_of_a_question_comes_back_with_its_answers(editor: User) -> None:
    protocol = a_protocol(by=editor)
    a_protocol(with_rank(small_file(), "danger", "ache", 4), by=editor)
    question = protocol.questions.get(code="danger")
    first = revisions(question).last()
    assert first is not None

    restore(first, expected=question.version, by=editor, at=NOON)

    assert Option.objects.get(code="ache").rank == 1
    assert [one.number for one in revisions(question)] == [3, 2, 1]


def test_a_save_says_nothing_of_parts_because_a_protocol_is_translated_as_a_whole(editor: User) -> None:
    protocol = a_protocol(by=editor)
    option = Option.objects.get(code="ache")
    service = CareService.objects.get(number="999")
    for obj in (protocol, option.parent, service):
        was = before(obj)
        note(obj, was, by=editor, at=NOON)

    assert not Confirmation.objects.filter(item__in=[protocol.pk, option.parent_id]).exists()


def test_colleagues_comment_on_one_answer(editor: User) -> None:
    question = a_protocol(by=editor).questions.get(code="danger")
    option = question.options.get(code="ache")

    said = comment("triage_question", question.pk, str(option.pk), "Откуда этот ранг?", by=editor, at=NOON)

    assert (said.kind, said.part) == ("triage_question", str(option.pk))


def test_the_desk_says_where_a_protocol_stands(editor: User) -> None:
    protocol = a_protocol(by=editor)
    states = [item_states([Protocol.objects.get()])[protocol.pk, "en"]]
    release_protocol(protocol, by=editor)
    states.append(item_states([Protocol.objects.get()])[protocol.pk, "en"])
    # A row three steps away from the protocol.
    FirstAid.objects.update(text_en="Make room.")
    states.append(item_states([Protocol.objects.get()])[protocol.pk, "en"])

    assert states == ["never", "live", "changed"]
    assert item_states([Protocol.objects.get()])[protocol.pk, "ru"] == "live"
