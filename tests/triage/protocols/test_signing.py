"""A clinician signs exactly what was looked at, row by row; a changed word or rank makes the signature void."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction

from articles.canonical.languages import LANGUAGES, Language
from articles.content.care import CareService
from articles.content.sources import Source
from articles.editions.guards import immutable_models
from articles.editions.immutability import ImmutableError
from articles.editions.shelf import Change, Standing
from articles.editorial.roles import NotAllowedError
from articles.editorial.signoffs import SignOff
from articles.publishing.checking import end_check, start_check
from articles.publishing.problems import RefusedError
from articles.publishing.publish import Decision
from articles.publishing.reviewing import review
from articles.publishing.withdraw import restore, withdraw
from tests.factories.desk import NOON
from tests.factories.triage_desk import (
    NAMES,
    a_clinician,
    a_protocol,
    release_protocol,
    signed_by,
    small_file,
    the_bundled_protocol,
    with_rank,
)
from triage.protocols.signatures import Signature, SignatureRevocation
from triage.protocols.signing import sheet, sign, signatures, take_back
from triage.protocols.tables import Option, Protocol

pytestmark = pytest.mark.django_db

NEXT = date(2027, 11, 1)
FOUND = {"ru": "Проверили.", "en": "Checked."}


def refusal(protocol: Protocol, by: User, **changes: Any) -> set[str]:
    looked_at = sheet(protocol)
    given = {
        "seen": looked_at.seen,
        "ticked": [row.key for row in looked_at.rows],
        "name": NAMES,
        "next_on": NEXT,
    }
    with pytest.raises(RefusedError) as refused:
        sign(protocol, **given | changes, by=by, at=NOON)
    assert not Signature.objects.exists()
    return {problem.code for problem in refused.value.problems}


def test_a_signature_names_all_that_was_looked_at(editor: User) -> None:
    protocol, anna = the_bundled_protocol(by=editor), a_clinician()

    signature = signed_by(protocol, anna)[0]

    editions = release_protocol(protocol, by=editor)
    assert signature.logic_digest == editions["ru"].document.logic_digest  # type: ignore[attr-defined]
    assert signature.content_digest_ru == editions["ru"].content_digest
    assert signature.content_digest_en == editions["en"].content_digest
    assert signature.rows == sorted(row.key for row in sheet(protocol).rows)
    assert len(signature.rows) == 12
    assert (signature.signer, signature.signed_at) == (anna, NOON)


def test_whoever_may_not_review_may_not_sign(editor: User) -> None:
    protocol = a_protocol(by=editor)

    with pytest.raises(NotAllowedError):
        signed_by(protocol, editor)


def test_a_row_that_is_not_ticked_is_not_signed_for(editor: User) -> None:
    protocol, anna = a_protocol(by=editor), a_clinician()
    keys = [row.key for row in sheet(protocol).rows]

    assert refusal(protocol, anna, ticked=keys[1:]) == {"rows-unticked"}
    assert refusal(protocol, anna, ticked=[]) == {"rows-unticked"}
    assert refusal(protocol, anna, ticked=[*keys, "f" * 64]) == {"rows-unknown"}


@pytest.mark.parametrize(
    "change",
    [
        lambda: Option.objects.filter(code="ache").update(text_ru="Болит"),
        lambda: Option.objects.filter(code="ache").update(text_en="It hurts"),
        lambda: Option.objects.filter(code="ache").update(rank=2),
        lambda: Protocol.objects.update(danger_en="Call {emergency} first."),
        lambda: Protocol.objects.update(expires_on=date(2027, 1, 1)),
        lambda: CareService.objects.filter(number="999").update(number="112"),
        lambda: Source.objects.filter(kind="review").update(title="Another title"),
    ],
)
def test_what_changed_since_is_not_signed_and_what_was_signed_is_void(editor: User, change: Callable[[], Any]) -> None:
    protocol, anna = a_protocol(by=editor), a_clinician()
    seen = sheet(protocol).seen
    change()
    protocol = Protocol.objects.get()
    assert refusal(protocol, anna, seen=seen) == {"seen-differs"}

    signed_by(protocol, anna)
    assert [one.holds for one in signatures(protocol)] == [True]
    Option.objects.filter(code="fit").update(text_ru="Другое слово")
    assert [one.holds for one in signatures(protocol)] == [False]


def test_a_protocol_with_a_finding_is_not_signed(editor: User) -> None:
    protocol, anna = a_protocol(by=editor), a_clinician()
    Option.objects.filter(code="unsure", rank=1).update(rank=0)

    assert refusal(protocol, anna) == {"finding-unsure-harmless", "finding-unsure-in-self-care"}
    assert sheet(protocol).rows == ()


def test_names_and_the_next_day_are_asked_for_like_those_of_texts(editor: User) -> None:
    protocol, anna = a_protocol(by=editor), a_clinician()

    assert refusal(protocol, anna, name={"ru": "Анна"}, next_on=NOON.date()) == {"name-missing", "next-date-past"}
    assert refusal(protocol, anna, next_on=date(2040, 1, 1)) == {"next-date-far"}
    assert refusal(protocol, anna, next_on=None) == {"next-date-past"}
    assert refusal(protocol, anna, note="\x00") == {"words-unreadable"}


def test_only_the_signer_takes_a_signature_back_and_only_once(editor: User) -> None:
    protocol, anna, petr = a_protocol(by=editor), a_clinician(), a_clinician("petr")
    signature = signed_by(protocol, anna)[0]

    for other in (petr, editor):
        with pytest.raises(NotAllowedError):
            take_back(signature, by=other, at=NOON)
    take_back(signature, reason="Новая рекомендация.", by=anna, at=NOON)
    take_back(signature, reason="Ещё раз.", by=anna, at=NOON + timedelta(days=1))

    assert SignatureRevocation.objects.get().reason == "Новая рекомендация."
    assert [one.holds for one in signatures(protocol)] == [False]


def test_signatures_are_written_for_good(editor: User) -> None:
    signature = signed_by(a_protocol(by=editor), a_clinician())[0]

    assert {Signature, SignatureRevocation} <= set(immutable_models())
    with pytest.raises(ImmutableError):
        signature.save()
    with pytest.raises(ImmutableError):
        Signature.objects.all().delete()
    with pytest.raises(DatabaseError, match="written for good"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Signature._meta.db_table} SET note = 'x'")


def test_no_sign_off_of_a_text_counts_for_a_protocol(editor: User) -> None:
    protocol, anna = a_protocol(by=editor), a_clinician()

    with pytest.raises(RefusedError) as refused:
        review(
            "protocol",
            protocol.pk,
            "ru",
            sheet(protocol).content_digests["ru"],
            name=NAMES,
            next_on=NEXT,
            by=anna,
            at=NOON,
        )

    assert [problem.code for problem in refused.value.problems] == ["signed-elsewhere"]
    assert not SignOff.objects.exists()


def reviewed(protocol: Protocol, by: User, days: int = 0) -> dict[str, tuple[str, list[str], str]]:
    editions = release_protocol(protocol, by=by, at=NOON + timedelta(days=days))
    return {
        language: (
            one.envelope.review.state,
            [signer.name for signer in one.envelope.review.by],
            one.envelope.change.class_,
        )
        for language, one in editions.items()
    }


def test_one_signature_leaves_a_protocol_unchecked(editor: User) -> None:
    protocol = a_protocol(by=editor)
    signed_by(protocol, a_clinician())

    assert reviewed(protocol, editor) == {
        "ru": ("not_reviewed", ["Tests"], "first"),
        "en": ("not_reviewed", ["Tests"], "first"),
    }


def test_the_same_person_twice_is_one_person(editor: User) -> None:
    protocol, anna = a_protocol(by=editor), a_clinician()
    signed_by(protocol, anna)
    signed_by(protocol, anna, at=NOON + timedelta(days=1))

    assert reviewed(protocol, editor)["ru"][0] == "not_reviewed"


@pytest.mark.parametrize("same", [{"ru": "Анна  Семёнова", "en": "Anna"}, {"ru": "Анна", "en": "ANNA SEMENOVA"}])
def test_two_accounts_under_one_name_are_one_person(editor: User, same: dict[Language, str]) -> None:
    protocol = a_protocol(by=editor)
    looked_at = sheet(protocol)
    keys = [row.key for row in looked_at.rows]
    for name, username in (({"ru": "анна семенова", "en": "Anna Semenova"}, "anna"), (same, "anna2")):
        sign(protocol, seen=looked_at.seen, ticked=keys, name=name, next_on=NEXT, by=a_clinician(username), at=NOON)  # type: ignore[arg-type]

    assert reviewed(protocol, editor)["ru"][0] == "not_reviewed"


def test_two_clinicians_make_it_checked_without_a_word_of_a_decision(editor: User) -> None:
    protocol = a_protocol(by=editor)
    signed_by(protocol, a_clinician(), a_clinician("petr"))

    editions = release_protocol(protocol, by=editor, decision=Decision(""))

    for language in LANGUAGES:
        found = editions[language].envelope.review
        assert found.state == "reviewed"
        assert [one.name for one in found.by] == [f"{NAMES[language]} anna", f"{NAMES[language]} petr"]
        assert (found.on, found.next_on) == ("2026-11-22", "2027-11-22")


def test_signed_later_the_same_words_go_out_as_a_review_in_both_languages(editor: User) -> None:
    protocol = a_protocol(by=editor)
    reviewed(protocol, editor)
    signed_by(protocol, a_clinician(), a_clinician("petr"))

    again = reviewed(protocol, editor, days=1)

    assert {(state, change) for state, _by, change in again.values()} == {("reviewed", "review")}
    assert len(set(Standing.objects.values_list("edition__content_digest", flat=True))) == 2


@pytest.mark.parametrize("change", [{"text_ru": "Болит"}, {"text_en": "It hurts"}, {"rank": 2}])
def test_a_changed_word_or_rank_takes_the_review_from_both_languages(editor: User, change: dict[str, Any]) -> None:
    protocol = a_protocol(by=editor)
    signed_by(protocol, a_clinician(), a_clinician("petr"))
    Option.objects.filter(code="ache").update(**change)

    assert {state for state, _by, _change in reviewed(protocol, editor).values()} == {"not_reviewed"}


def test_two_people_who_signed_two_wordings_have_not_checked_the_same(editor: User) -> None:
    protocol = a_protocol(by=editor)
    signed_by(protocol, a_clinician())
    Option.objects.filter(code="ache").update(text_en="It hurts")
    signed_by(protocol, a_clinician("petr"))

    assert {state for state, _by, _change in reviewed(protocol, editor).values()} == {"not_reviewed"}


def test_a_correction_of_one_language_alone_is_not_checked_by_what_was_signed_before(editor: User) -> None:
    protocol = a_protocol(by=editor)
    signed_by(protocol, a_clinician(), a_clinician("petr"))
    reviewed(protocol, editor)
    Option.objects.filter(code="ache").update(text_en="It hurts")

    edition = release_protocol(protocol, by=editor, languages=["en"], change_class="wording", at=NOON)["en"]

    assert edition.envelope.review.state == "not_reviewed"


def test_whoever_wrote_the_logic_is_not_one_of_the_two(editor: User) -> None:
    """Nobody has both roles by the table; somebody may be given both."""
    anna, petr, ivan = a_clinician(), a_clinician("petr"), a_clinician("ivan")
    anna.groups.add(*editor.groups.all())
    protocol = a_protocol(by=editor)
    a_protocol(with_rank(small_file(), "danger", "ache", 2), by=anna)
    signed_by(protocol, anna, petr)
    assert reviewed(protocol, editor)["ru"][0] == "not_reviewed"

    signed_by(protocol, ivan)
    again = reviewed(protocol, editor, days=1)

    assert again["en"] == ("reviewed", ["Anna Testova petr", "Anna Testova ivan"], "review")


def test_whoever_changed_words_alone_may_be_one_of_the_two(editor: User) -> None:
    anna, petr = a_clinician(), a_clinician("petr")
    anna.groups.add(*editor.groups.all())
    file = small_file()
    protocol = a_protocol(file, by=editor)
    a_protocol(msgspec.structs.replace(file, scope=msgspec.structs.replace(file.scope, en="For grown-ups.")), by=anna)
    signed_by(protocol, anna, petr)

    assert reviewed(protocol, editor)["ru"][0] == "reviewed"


def test_a_signature_taken_back_closes_the_questions_at_once(editor: User) -> None:
    protocol, anna = a_protocol(by=editor), a_clinician()
    signature, _other = signed_by(protocol, anna, a_clinician("petr"))
    reviewed(protocol, editor)

    take_back(signature, by=anna, at=NOON + timedelta(hours=1))

    notes = {row.language: row.check_json for row in Standing.objects.all()}
    assert "Врач, проверявший эти вопросы" in notes["ru"]
    assert "A clinician who had checked" in notes["en"]
    assert [row.event for row in Change.objects.order_by("sequence")][-2:] == ["check_started"] * 2
    assert {state for state, _by, _change in reviewed(protocol, editor, days=1).values()} == {"not_reviewed"}


def test_a_check_over_too_few_signatures_ends_only_after_readers_learnt_who_checked(editor: User) -> None:
    protocol, anna = a_protocol(by=editor), a_clinician()
    signature, _other = signed_by(protocol, anna, a_clinician("petr"))
    reviewed(protocol, editor)
    take_back(signature, by=anna, at=NOON + timedelta(hours=1))

    with pytest.raises(RefusedError) as refused:
        end_check("protocol", protocol.pk, LANGUAGES, FOUND, by=editor, at=NOON + timedelta(hours=2))

    assert {problem.code for problem in refused.value.problems} == {"signatures-lacking"}
    assert all(row.check_json for row in Standing.objects.all())
    reviewed(protocol, editor, days=1)
    end_check("protocol", protocol.pk, LANGUAGES, FOUND, by=editor, at=NOON + timedelta(days=2))
    assert {row.check_json for row in Standing.objects.all()} == {""}


def test_a_check_that_ran_already_does_not_end_over_a_signature_taken_back(editor: User) -> None:
    protocol, anna = a_protocol(by=editor), a_clinician()
    signature, _other = signed_by(protocol, anna, a_clinician("petr"))
    reviewed(protocol, editor)
    start_check("protocol", protocol.pk, LANGUAGES, FOUND, by=editor, at=NOON)
    take_back(signature, by=anna, at=NOON)

    with pytest.raises(RefusedError):
        end_check("protocol", protocol.pk, LANGUAGES, FOUND, by=editor, at=NOON)


def test_a_check_of_words_that_are_still_signed_ends(editor: User) -> None:
    protocol = a_protocol(by=editor)
    signed_by(protocol, a_clinician(), a_clinician("petr"))
    reviewed(protocol, editor)
    start_check("protocol", protocol.pk, LANGUAGES, FOUND, by=editor, at=NOON)

    end_check("protocol", protocol.pk, LANGUAGES, FOUND, by=editor, at=NOON)

    assert {row.check_json for row in Standing.objects.all()} == {""}


def test_what_lost_a_signature_while_it_was_withdrawn_does_not_come_back_as_checked(editor: User) -> None:
    protocol, anna = a_protocol(by=editor), a_clinician()
    signature, _other = signed_by(protocol, anna, a_clinician("petr"))
    reviewed(protocol, editor)
    withdraw("protocol", protocol.pk, LANGUAGES, reason_code="outdated", reasons=FOUND, by=editor, at=NOON)
    take_back(signature, by=anna, at=NOON)

    with pytest.raises(RefusedError) as refused:
        restore("protocol", protocol.pk, "ru", note="Снова.", by=editor, at=NOON)

    assert {problem.code for problem in refused.value.problems} == {"signatures-lacking"}


def test_where_two_others_signed_too_nothing_is_closed(editor: User) -> None:
    protocol, anna = a_protocol(by=editor), a_clinician()
    signature, *_others = signed_by(protocol, anna, a_clinician("petr"), a_clinician("ivan"))
    reviewed(protocol, editor)

    take_back(signature, by=anna, at=NOON)

    assert {row.check_json for row in Standing.objects.all()} == {""}
    assert reviewed(protocol, editor, days=1)["en"][1:] == (["Anna Testova petr", "Anna Testova ivan"], "review")


def test_a_signature_on_a_draft_that_nobody_reads_is_taken_back_in_silence(editor: User) -> None:
    protocol, anna = a_protocol(by=editor), a_clinician()
    reviewed(protocol, editor)
    signature = signed_by(protocol, anna)[0]

    take_back(signature, by=anna, at=NOON)

    assert {row.check_json for row in Standing.objects.all()} == {""}
