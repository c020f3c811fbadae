"""A protocol comes as a file and goes as a file; nothing is published by it and nothing is made up."""

from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest
from django.contrib.auth.models import User

from articles.content.aggregates import dump
from articles.content.care import CareService
from articles.content.sources import Source
from articles.editions.shelf import Change, Edition
from articles.editorial.revisions import Revision, revisions
from articles.editorial.roles import NotAllowedError
from articles.publishing.problems import RefusedError
from tests.factories import triage_desk
from tests.factories.desk import NOON, a_source, an_article
from tests.factories.triage import bundled_file
from tests.factories.triage_desk import a_clinician, a_protocol, services_of, small_file, with_rank
from triage.engine.exchange import FileSource, ProtocolFile, read_file, write_file
from triage.protocols.tables import Option, Protocol, Question
from triage.protocols.transfer import export, import_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def every_draft_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests begin with the rows of an import before."""
    monkeypatch.setattr(triage_desk, "imported", import_file)


def refusal(file: ProtocolFile, by: User) -> list[str]:
    with pytest.raises(RefusedError) as refused:
        import_file(file, by=by, at=NOON)
    return [problem.code for problem in refused.value.problems]


@pytest.mark.parametrize("file", [small_file, bundled_file], ids=["small", "bundled"])
def test_what_was_exported_and_imported_is_exported_byte_for_byte(
    file: Callable[[], ProtocolFile], editor: User
) -> None:
    first = write_file(export(a_protocol(file(), by=editor)))

    again = import_file(read_file(first), by=editor, at=NOON)

    assert write_file(export(again)) == first


def test_another_desk_exports_the_same_bytes(editor: User) -> None:
    first = write_file(export(a_protocol(by=editor)))
    Protocol.objects.all().delete()
    Source.objects.all().delete()

    assert write_file(export(import_file(read_file(first), by=editor, at=NOON))) == first


def test_the_draft_says_what_the_file_says(editor: User) -> None:
    protocol = a_protocol(by=editor)

    question = protocol.questions.get(code="danger")
    assert [(one.code, one.rank, one.exclusive) for one in question.options.all()] == [
        ("fit", 4, False),
        ("ache", 1, False),
        ("none", 0, True),
        ("unsure", 3, True),
    ]
    assert protocol.rules.get().when_all == "background.clots\ndanger.ache"
    assert question.internal_note == "СЕКРЕТНАЯ ЗАМЕТКА О ПРИЗНАКАХ"
    assert {service.number for service in protocol.services.all()} == {"103", "999"}


def test_an_import_publishes_nothing_and_is_kept_like_any_save(editor: User) -> None:
    protocol = a_protocol(by=editor)

    assert not Edition.objects.exists()
    assert not Change.objects.exists()
    assert {(one.kind, one.saved_by) for one in Revision.objects.filter(kind__startswith="triage")} == {
        ("triage_level", editor),
        ("triage_question", editor),
    }
    assert [one.number for one in revisions(protocol)] == [1]


def test_the_same_file_again_changes_nothing(editor: User) -> None:
    a_protocol(by=editor)
    kept = Revision.objects.count()

    a_protocol(by=editor)

    assert Revision.objects.count() == kept


def test_a_changed_rank_is_a_new_version_of_that_question_alone(editor: User) -> None:
    a_protocol(by=editor)
    kept, option = Revision.objects.count(), Option.objects.get(code="ache")

    import_file(with_rank(small_file(), "danger", "ache", 2), by=editor, at=NOON + timedelta(hours=1))

    assert Revision.objects.count() == kept + 1
    assert [one.number for one in revisions(Question.objects.get(code="danger"))] == [2, 1]
    # The same row, so what colleagues said about it stays with it.
    assert Option.objects.get(code="ache").pk == option.pk


def test_a_question_that_the_file_does_not_have_leaves_the_draft(editor: User) -> None:
    protocol, file = a_protocol(by=editor), small_file()
    question = protocol.questions.get(code="background")
    kept = dump(question)

    import_file(msgspec.structs.replace(file, questions=file.questions[:1], rules=[]), by=editor, at=NOON)

    assert [one.code for one in protocol.questions.all()] == ["danger"]
    assert not protocol.rules.exists()
    assert Revision.objects.get(kind="triage_question", object_id=question.pk).data == kept


def test_a_question_that_took_another_ones_id_keeps_its_row(editor: User) -> None:
    """Its row was made under the old id, which a new question has now."""
    protocol, file = a_protocol(by=editor), small_file()
    Question.objects.filter(code="background").update(code="past")
    renamed = protocol.questions.get(code="past").pk

    import_file(
        msgspec.structs.replace(
            file, rules=[], questions=[*file.questions, msgspec.structs.replace(file.questions[1], id="past")]
        ),
        by=editor,
        at=NOON,
    )

    assert [one.code for one in protocol.questions.order_by("position")] == ["danger", "background", "past"]
    assert protocol.questions.get(code="past").pk == renamed


def test_what_the_file_does_not_say_stays(editor: User) -> None:
    protocol = a_protocol(by=editor)
    level = protocol.levels.get(level="emergency")
    level.internal_note = "Спросить у кардиолога."
    level.save()
    Protocol.objects.update(original_language="en")

    again = a_protocol(with_rank(small_file(), "danger", "ache", 2), by=editor)

    assert again.levels.get(level="emergency").internal_note == "Спросить у кардиолога."
    assert again.original_language == "en"


@pytest.mark.parametrize("known", [{"doi": "10.1000/small-protocol"}, {"pmid": "123456"}])
def test_a_source_that_the_desk_has_is_the_desks(editor: User, known: dict[str, str]) -> None:
    """By DOI or PMID: the desk's own words about it stay."""
    ours, file = a_source(title="Our words", **known), small_file()
    one = msgspec.structs.replace(file.references["test-sample-2012"], pmid="123456")
    file = msgspec.structs.replace(file, references=file.references | {"test-sample-2012": one})

    protocol = a_protocol(file, by=editor)

    assert protocol.rules.get().sources.get() == ours
    ours.refresh_from_db()
    assert ours.title == "Our words"
    assert Source.objects.count() == 2


def test_the_id_of_a_source_counts_before_its_doi(editor: User) -> None:
    a_source(doi="10.1000/small-protocol")
    file = small_file()
    same = a_source(pk=file.references["test-sample-2012"].id, title="The same by id")

    assert a_protocol(file, by=editor).rules.get().sources.get() == same


def test_a_new_source_is_made_as_the_file_describes_it(editor: User) -> None:
    a_protocol(by=editor)

    source = Source.objects.get(doi="10.1000/small-protocol")
    assert (source.title, source.authors, source.issued) == ("Cramps of small tests", "Test-Sample, T.", "2012-08")
    assert [one.number for one in revisions(source)] == [1]


def test_a_copy_of_unknown_standing_is_never_linked(editor: User) -> None:
    file = small_file()
    copy = FileSource(
        id=file.references["test-sample-2012"].id,
        kind="reference",
        title="Read at somebody else's",
        access="copy",
        url="https://copies.example/tetanus",
        archive_url="https://archive.example/tetanus",
    )
    protocol = a_protocol(
        msgspec.structs.replace(file, references=file.references | {"test-sample-2012": copy}), by=editor
    )

    source = Source.objects.get(title="Read at somebody else's")
    assert (source.url, source.archive_url) == ("", "")
    Source.objects.filter(pk=source.pk).update(url="https://copies.example/tetanus")
    assert b"copies.example" not in write_file(export(protocol))


def test_a_service_is_never_made(editor: User) -> None:
    assert refusal(small_file(), editor) == ["file-service-unknown"] * 2
    assert not CareService.objects.exists()
    assert not Protocol.objects.exists()
    assert not Source.objects.exists()


def test_a_number_that_the_desk_has_otherwise_is_refused(editor: User) -> None:
    services_of(small_file())
    CareService.objects.filter(number="103").update(number="112")

    assert refusal(small_file(), editor) == ["file-service-differs"]


def test_a_file_under_an_id_of_something_else_is_refused(editor: User) -> None:
    services_of(small_file())
    an_article(pk=small_file().id)

    assert refusal(small_file(), editor) == ["file-id-taken"]


def test_a_file_with_the_address_of_another_protocol_is_refused(editor: User) -> None:
    services_of(small_file())
    Protocol.objects.create(title_ru="Другой", slug_ru="test-cramp")

    assert refusal(small_file(), editor) == ["slug-taken"] * 2


def test_every_problem_is_said_at_once(editor: User) -> None:
    Protocol.objects.create(title_ru="Другой", slug_ru="test-cramp")
    an_article(pk=small_file().id)

    assert set(refusal(small_file(), editor)) == {"file-id-taken", "slug-taken", "file-service-unknown"}


def test_what_a_column_refuses_is_refused_with_its_place(editor: User) -> None:
    services_of(small_file())
    source = msgspec.structs.replace(small_file().references["test-sample-2012"], kind="gossip")
    file = msgspec.structs.replace(small_file(), references=small_file().references | {"test-sample-2012": source})

    with pytest.raises(RefusedError) as refused:
        import_file(file, by=editor, at=NOON)

    assert "kind" in refused.value.problems[0].sentence
    assert not Protocol.objects.exists()


def test_who_may_not_change_protocols_may_not_import_one() -> None:
    services_of(small_file())

    with pytest.raises(NotAllowedError):
        import_file(small_file(), by=a_clinician(), at=NOON)


def test_an_unfinished_draft_gives_a_file_that_says_what_is_lacking(editor: User) -> None:
    file = export(Protocol.objects.create(title_ru="Черновик"))

    assert (file.expires_on, file.questions, file.references) == ("", [], {})
