"""Two languages that are live never differ in their logic, whatever anybody publishes, withdraws or restores."""

from datetime import date, timedelta
from itertools import count

import msgspec
import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.canonical.languages import LANGUAGES, Language
from articles.editions.envelope import Review
from articles.editions.shelf import Change, Edition, Standing
from articles.editions.verifying import verify_editions
from articles.editions.withdrawals import WithdrawalReason
from articles.editorial.roles import NotAllowedError
from articles.publishing.preflight import preflight
from articles.publishing.problems import RefusedError
from articles.publishing.publish import Terms, publish
from articles.publishing.withdraw import restore, withdraw
from tests.factories.desk import NOON
from tests.factories.triage import bundled, bundled_file, shelve_protocol
from tests.factories.triage_desk import (
    UNCHECKED,
    a_clinician,
    a_protocol,
    release_protocol,
    small_file,
    the_bundled_protocol,
    with_rank,
)
from tests.services.examples import examples
from triage.engine.document import ProtocolDocument
from triage.protocols.tables import Option, Protocol

pytestmark = pytest.mark.django_db

# What partners act on.
CODE = WithdrawalReason.OUTDATED
WHY = {"ru": "Проверяем.", "en": "We are checking."}


def live() -> dict[str, ProtocolDocument]:
    rows = Standing.objects.filter(state=Standing.State.LIVE).select_related("edition")
    return {row.language: row.edition.document for row in rows}  # type: ignore[misc]


def refusals(protocol: Protocol, by: User, *languages: Language) -> set[tuple[str, str]]:
    with pytest.raises(RefusedError) as refused:
        release_protocol(protocol, by=by, languages=languages or LANGUAGES)
    return {(problem.code, problem.language) for problem in refused.value.problems}


def take_down(protocol: Protocol, *languages: Language, by: User) -> None:
    withdraw("protocol", protocol.pk, languages or LANGUAGES, reason_code=CODE, reasons=WHY, by=by, at=NOON)


def test_both_languages_go_out_together_and_in_step(editor: User) -> None:
    editions = release_protocol(the_bundled_protocol(by=editor), by=editor)

    documents = live()
    assert set(editions) == {"ru", "en"}
    assert documents["ru"].logic_digest == documents["en"].logic_digest
    assert documents["ru"].protocol.danger != documents["en"].protocol.danger
    agreed = editions["en"].envelope.translation_of
    assert agreed is not None
    assert agreed.parts == documents["ru"].parts()
    assert list(verify_editions()) == []


def test_the_reason_of_the_decision_stands_in_both_languages(editor: User) -> None:
    editions = release_protocol(a_protocol(by=editor), by=editor)

    assert editions["ru"].envelope.review == Review(
        "not_reviewed", editions["ru"].envelope.review.by, "2026-11-22", "", "Этот протокол врач не проверял."
    )
    assert editions["en"].envelope.review.reason == "No clinician has checked this protocol."


def test_the_first_release_is_in_both_languages(editor: User) -> None:
    protocol = a_protocol(by=editor)

    assert refusals(protocol, editor, "ru") == {("both-languages", "ru")}
    assert refusals(protocol, editor, "en") == {("both-languages", "en")}
    assert not Edition.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_may_be_put_right_in_one_language(editor: User, language: Language) -> None:
    protocol = a_protocol(by=editor)
    release_protocol(protocol, by=editor)
    Option.objects.filter(code="ache").update(**{f"text_{language}": {"ru": "Болит", "en": "It hurts"}[language]})

    release_protocol(protocol, by=editor, languages=[language], change_class="wording")

    assert Edition.objects.count() == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rank_never_goes_out_in_one_language(editor: User, language: Language) -> None:
    protocol = a_protocol(by=editor)
    release_protocol(protocol, by=editor)
    Option.objects.filter(code="ache").update(rank=2)

    assert refusals(protocol, editor, language) == {("both-languages", language)}
    assert set(release_protocol(protocol, by=editor)) == set(LANGUAGES)


def test_another_last_day_never_goes_out_in_one_language(editor: User) -> None:
    protocol = a_protocol(by=editor)
    release_protocol(protocol, by=editor)
    Protocol.objects.update(expires_on=date(2028, 1, 1))

    assert refusals(protocol, editor, "ru") == {("both-languages", "ru")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_other_door_of_the_press_lets_a_rank_out_alone(editor: User, language: Language) -> None:
    protocol = a_protocol(by=editor)
    release_protocol(protocol, by=editor)
    Option.objects.filter(code="ache").update(rank=2)

    terms = {language: Terms("wording", "Тихо.")}
    with pytest.raises(RefusedError):
        publish("protocol", protocol.pk, terms, decision=UNCHECKED, by=editor, at=NOON)


def test_one_language_may_be_withdrawn_and_the_other_put_right(editor: User) -> None:
    protocol = a_protocol(by=editor)
    release_protocol(protocol, by=editor)
    take_down(protocol, "en", by=editor)
    Option.objects.filter(code="ache").update(text_ru="Болит")

    release_protocol(protocol, by=editor, languages=["ru"], change_class="wording")
    assert set(live()) == {"ru"}

    restore("protocol", protocol.pk, "en", note="It is back.", by=editor, at=NOON)
    assert set(live()) == {"ru", "en"}


def test_a_language_alone_gets_no_other_logic_even_where_the_other_is_withdrawn(editor: User) -> None:
    protocol = a_protocol(by=editor)
    release_protocol(protocol, by=editor)
    take_down(protocol, "en", by=editor)
    Option.objects.filter(code="ache").update(rank=2)

    assert refusals(protocol, editor, "ru") == {("both-languages", "ru")}


def test_an_old_logic_is_not_restored_beside_a_new_one(editor: User) -> None:
    """The press lets no two logics come about, so the shelf is filled past it here."""
    graver = bundled("en")
    graver = msgspec.structs.replace(graver, rules=graver.rules[:-1])
    shelve_protocol(languages=("ru",))
    take_down(Protocol(pk=bundled_file().id), "ru", by=editor)
    shelve_protocol({"en": graver}, languages=("en",))

    with pytest.raises(RefusedError) as refused:
        restore("protocol", bundled_file().id, "ru", note="Снова здесь.", by=editor, at=NOON)

    assert {problem.code for problem in refused.value.problems} >= {"logic-differs"}
    assert set(live()) == {"en"}


def test_whoever_may_not_publish_may_not_release(editor: User) -> None:
    protocol = a_protocol(by=editor)

    with pytest.raises(NotAllowedError):
        release_protocol(protocol, by=a_clinician())


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 11, 21), "expiry-past"),
        (date(2026, 11, 22), None),
        (date(2028, 11, 22), None),
        (date(2028, 11, 23), "expiry-far"),
    ],
)
def test_a_protocol_holds_until_a_day_within_24_months(editor: User, day: date, code: str | None) -> None:
    protocol = a_protocol(by=editor)
    Protocol.objects.update(expires_on=day)

    if code is None:
        release_protocol(protocol, by=editor)
    else:
        assert refusals(protocol, editor) == {(code, "ru"), (code, "en")}


def test_before_the_button_is_pressed_no_day_is_too_late(editor: User) -> None:
    a_protocol(by=editor)
    Protocol.objects.update(expires_on=date(2020, 1, 1))

    assert all(not proof.problems for proof in preflight("protocol", Protocol.objects.get(), LANGUAGES).values())
    assert any(proof.problems for proof in preflight("protocol", Protocol.objects.get(), LANGUAGES, at=NOON).values())


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["publish", "withdraw", "restore", "rank", "word", "import"]),
        st.sampled_from([("ru",), ("en",), ("ru", "en")]),
        st.integers(1, 3),
    ),
    max_size=12,
)


@pytest.fixture
def released(editor: User) -> Protocol:
    """What every series of acts begins with; each is taken back before the next."""
    protocol = a_protocol(by=editor)
    release_protocol(protocol, by=editor)
    return protocol


@settings(
    max_examples=examples(40),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=ACTS)
@pytest.mark.django_db(transaction=False)
def test_whatever_is_done_two_live_languages_have_one_logic(
    editor: User, released: Protocol, acts: list[tuple[str, tuple[Language, ...], int]]
) -> None:
    from django.db import transaction

    words = count()
    with transaction.atomic():
        protocol = Protocol.objects.get(pk=released.pk)
        for number, (act, languages, rank) in enumerate(acts, start=1):
            at = NOON + timedelta(minutes=number)
            try:
                match act:
                    case "publish":
                        release_protocol(protocol, by=editor, languages=languages, at=at)
                    case "withdraw":
                        withdraw("protocol", protocol.pk, languages, reason_code=CODE, reasons=WHY, by=editor, at=at)
                    case "restore":
                        for language in languages:
                            restore("protocol", protocol.pk, language, note="Снова.", by=editor, at=at)
                    case "rank":
                        Option.objects.filter(code="ache").update(rank=rank)
                    case "word":
                        for language in languages:
                            said = {"ru": "Слово", "en": "Word"}[language] + f" {next(words)}"
                            Option.objects.filter(code="fit").update(**{f"text_{language}": said})
                    case "import":
                        a_protocol(with_rank(small_file(), "danger", "ache", rank), by=editor, at=at)
            except RefusedError:
                pass
            assert len({document.logic_digest for document in live().values()}) <= 1
        assert Change.objects.exists()
        transaction.set_rollback(True)
