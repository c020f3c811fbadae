"""What happens to a live protocol later: numbers and sources that change, days that pass, languages that go."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from articles.canonical.languages import LANGUAGES
from articles.content.care import CareService
from articles.content.sources import Source
from articles.editions.shelf import Change, Edition, Standing
from articles.editions.store import Part
from articles.editions.verifying import verify_editions
from articles.publishing.dues import Due
from articles.publishing.impact import impact, propagate
from articles.publishing.problems import RefusedError
from articles.publishing.settle import settle
from articles.publishing.uses import drafts_using, uses
from articles.publishing.withdraw import restore, withdraw, withdraw_part
from tests.factories.desk import NOON
from tests.factories.triage_desk import a_clinician, a_protocol, release_protocol, signed_by
from triage.engine.document import ProtocolDocument
from triage.live.protocols import found, live
from triage.protocols.signing import take_back
from triage.protocols.tables import Option, Protocol, Question

pytestmark = pytest.mark.django_db

NOTES = {"ru": "Номер изменился.", "en": "The number changed."}
LAST = date(2027, 11, 1)


def documents() -> dict[str, ProtocolDocument]:
    rows = Standing.objects.filter(state=Standing.State.LIVE).select_related("edition")
    return {row.language: row.edition.document for row in rows}  # type: ignore[misc]


def send_out(kind: str, part: CareService | Source, by: User) -> list[Edition]:
    looked_at = impact(Part(kind, str(part.pk)))
    seen = [text.seen for text in looked_at.differing]
    return propagate(
        Part(kind, str(part.pk)), change_class="safety", notes=NOTES, seen=seen, by=by, at=NOON + timedelta(hours=1)
    )


def test_another_number_reaches_both_languages_and_keeps_logic_review_and_step(editor: User) -> None:
    protocol = a_protocol(by=editor)
    signed_by(protocol, a_clinician(), a_clinician("petr"))
    release_protocol(protocol, by=editor)
    before = documents()
    service = CareService.objects.get(number="999")
    service.number = "112"
    service.save()

    send_out("care_service", service, editor)

    after = documents()
    for language in LANGUAGES:
        assert [one.number for one in after[language].services] == ["112", "103"]
        assert after[language].logic_digest == before[language].logic_digest
        assert after[language].protocol == before[language].protocol
        standing = Standing.objects.get(language=language)
        assert standing.edition.envelope.review.state == "reviewed"
        assert '"in_step"' in standing.translation_json
    assert list(verify_editions()) == []


def test_after_an_amendment_the_same_words_are_still_signed(editor: User) -> None:
    protocol = a_protocol(by=editor)
    signed_by(protocol, a_clinician(), a_clinician("petr"))
    release_protocol(protocol, by=editor)
    service = CareService.objects.get(number="999")
    service.number = "112"
    service.save()
    send_out("care_service", service, editor)
    kept = Edition.objects.count()

    editions = release_protocol(protocol, by=editor, at=NOON + timedelta(hours=2))

    assert {one.envelope.review.state for one in editions.values()} == {"reviewed"}
    assert Edition.objects.count() == kept


def test_a_signature_taken_back_after_an_amendment_closes_the_questions_too(editor: User) -> None:
    protocol, anna = a_protocol(by=editor), a_clinician()
    signature, _other = signed_by(protocol, anna, a_clinician("petr"))
    release_protocol(protocol, by=editor)
    service = CareService.objects.get(number="999")
    service.number = "112"
    service.save()
    send_out("care_service", service, editor)

    take_back(signature, by=anna, at=NOON + timedelta(hours=2))

    assert all(row.check_json for row in Standing.objects.all())


def test_no_protocol_is_left_without_a_number_to_call(editor: User) -> None:
    protocol = a_protocol(by=editor)
    protocol.services.remove(CareService.objects.get(number="103"))
    release_protocol(protocol, by=editor)
    service = CareService.objects.get(number="999")
    service.purpose = "advice"
    service.save()

    with pytest.raises(RefusedError) as refused:
        send_out("care_service", service, editor)

    assert {problem.code for problem in refused.value.problems} == {"no-number-left"}


def test_a_corrected_source_reaches_both_languages(editor: User) -> None:
    release_protocol(a_protocol(by=editor), by=editor)
    source = Source.objects.get(kind="review")
    source.title = "Cramps of small tests, corrected"
    source.save()

    send_out("source", source, editor)

    assert all(
        "Cramps of small tests, corrected" in [one.title for one in document.sources]
        for document in documents().values()
    )


def test_a_withdrawn_source_is_marked_in_both_languages_and_cannot_come_back(editor: User) -> None:
    protocol = a_protocol(by=editor)
    release_protocol(protocol, by=editor)
    source = Source.objects.get(kind="review")

    withdraw_part("source", source.pk, reason_code="source", reasons=NOTES, by=editor, at=NOON)

    for document in documents().values():
        withdrawn = [one for one in document.sources if one.withdrawn]
        assert [one.id for one in withdrawn] == [str(source.pk)]
    with pytest.raises(RefusedError) as refused:
        release_protocol(protocol, by=editor)
    assert {problem.code for problem in refused.value.problems} == {"source-withdrawn"}


def test_sources_and_services_know_the_drafts_that_use_them(editor: User) -> None:
    protocol = a_protocol(by=editor)
    question = protocol.questions.get(code="background")
    rule = Source.objects.get(kind="own_policy")

    assert set(drafts_using(rule)) == set(protocol.questions.all())
    assert set(drafts_using(Source.objects.get(kind="review"))) == {
        protocol,
        *protocol.questions.all(),
        *protocol.levels.all(),
    }
    assert drafts_using(CareService.objects.get(number="103")) == [protocol]
    assert uses(rule).forbid_deletion
    # What is deleted with a protocol belongs to it and does not hold it.
    assert not uses(protocol).forbid_deletion
    assert not uses(question).forbid_deletion


def test_a_released_protocol_may_not_be_deleted(editor: User) -> None:
    protocol = a_protocol(by=editor)
    release_protocol(protocol, by=editor)

    assert uses(protocol).forbid_deletion
    assert [row.language for row in uses(CareService.objects.get(number="103")).live] == ["ru", "en"]


def test_both_languages_fall_due_on_the_day_after_the_last(editor: User) -> None:
    release_protocol(a_protocol(by=editor), by=editor)
    moment = datetime(2027, 11, 2, tzinfo=UTC)
    assert set(Due.objects.values_list("due_at", flat=True)) == {moment}

    assert settle(moment - timedelta(seconds=1)) == 0
    assert settle(moment) == 2

    assert [row.event for row in Change.objects.order_by("sequence")][-2:] == ["fell_due"] * 2
    assert all(row.overdue_since == moment for row in Standing.objects.all())
    for language in LANGUAGES:
        shown = live(found("test-cramp"), language, today=LAST)
        assert shown
        assert shown.is_expired
        assert shown.mode == "table"
    assert list(verify_editions()) == []


def test_a_review_that_is_promised_earlier_falls_due_earlier(editor: User) -> None:
    protocol = a_protocol(by=editor)
    Protocol.objects.update(expires_on=date(2028, 11, 1))
    protocol.refresh_from_db()
    signed_by(protocol, a_clinician(), a_clinician("petr"))

    release_protocol(protocol, by=editor)

    assert set(Due.objects.values_list("due_at", flat=True)) == {datetime(2027, 11, 23, tzinfo=UTC)}


def test_a_later_day_takes_the_notice_away(editor: User) -> None:
    protocol = a_protocol(by=editor)
    release_protocol(protocol, by=editor)
    later = datetime(2027, 11, 2, tzinfo=UTC)
    settle(later)
    Protocol.objects.update(expires_on=date(2028, 11, 1))

    release_protocol(protocol, by=editor, at=later + timedelta(hours=1))

    assert {row.overdue_since for row in Standing.objects.all()} == {None}
    waiting = Due.objects.filter(settled_at=None)
    assert set(waiting.values_list("due_at", flat=True)) == {datetime(2028, 11, 2, tzinfo=UTC)}


def test_what_is_restored_after_its_day_is_overdue_at_once(editor: User) -> None:
    protocol = a_protocol(by=editor)
    release_protocol(protocol, by=editor)
    withdraw("protocol", protocol.pk, ["ru"], reason_code="outdated", reasons=NOTES, by=editor, at=NOON)
    late = datetime(2028, 1, 1, tzinfo=UTC)

    restore("protocol", protocol.pk, "ru", note="Снова.", by=editor, at=late)

    shown = live(found("test-cramp"), "ru", today=late.date())
    assert shown
    assert shown.shelved.is_overdue
    assert not shown.may_decide


def test_a_withdrawn_protocol_decides_nothing(editor: User) -> None:
    protocol = a_protocol(by=editor)
    release_protocol(protocol, by=editor)

    withdraw("protocol", protocol.pk, LANGUAGES, reason_code="safety", reasons=NOTES, by=editor, at=NOON)

    assert all(live(found("test-cramp"), language, today=NOON.date()) is None for language in LANGUAGES)
    assert list(verify_editions()) == []


def test_the_draft_is_not_read_when_a_number_goes_out(editor: User) -> None:
    release_protocol(a_protocol(by=editor), by=editor)
    Option.objects.filter(code="ache").update(rank=4, text_ru="ЧЕРНОВИК", text_en="A DRAFT")
    Question.objects.filter(code="background").delete()
    service = CareService.objects.get(number="999")
    service.number = "112"
    service.save()

    send_out("care_service", service, editor)

    assert all(
        [one.id for one in document.protocol.questions] == ["danger", "background"] for document in documents().values()
    )
