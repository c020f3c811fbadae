"""What keeps a protocol from a release: said all at once, each with the place to mend it."""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.utils.translation import override

from articles.canonical.languages import Language
from articles.content.care import CareService
from articles.content.problems import DeskProblem, Where
from articles.content.sources import Source
from tests.factories.desk import NOON
from tests.factories.triage_desk import a_protocol, the_bundled_protocol
from triage.protocols import findings
from triage.protocols.composing import compose
from triage.protocols.tables import FirstAid, Level, Option, Protocol, Question, Rule

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def problems(protocol: Protocol, language: Language = "ru") -> list[DeskProblem]:
    return list(compose(Protocol.objects.get(pk=protocol.pk), language).problems)


def codes(protocol: Protocol, language: Language = "ru") -> set[str]:
    return {problem.code for problem in problems(protocol, language)}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_bundled_protocol_could_be_released_in_both_languages(editor: User, language: Language) -> None:
    assert problems(the_bundled_protocol(by=editor), language) == []


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("field", ["title", "slug", "summary", "danger"])
def test_every_field_of_the_head_is_asked_for_in_its_language(editor: User, field: str, language: Language) -> None:
    protocol = a_protocol(by=editor)
    Protocol.objects.update(**{f"{field}_{language}": ""})

    found = {problem.code: problem for problem in problems(protocol, language)}

    assert found[f"{field}-missing"].where == Where("protocol", str(protocol.pk), field, language)
    assert f"{field}-missing" not in codes(protocol, "en" if language == "ru" else "ru")


@pytest.mark.parametrize("field", ["title", "summary"])
@pytest.mark.parametrize("words", ["Звоните {emergency}", "Звоните {Emergency", "Звоните emergency}"])
def test_nothing_is_filled_in_where_title_and_summary_say_it(editor: User, field: str, words: str) -> None:
    protocol = a_protocol(by=editor)
    Protocol.objects.update(**{f"{field}_ru": words})

    found = {problem.code: problem for problem in problems(protocol)}

    assert found["braces-here"].where == Where("protocol", str(protocol.pk), field, "ru")
    assert codes(protocol, "en") == set()


def test_a_protocol_without_a_number_to_call_is_not_released(editor: User) -> None:
    protocol = a_protocol(by=editor)
    CareService.objects.update(purpose="advice")

    assert codes(protocol) == {"number-missing"}


def test_a_service_without_a_name_is_named(editor: User) -> None:
    protocol = a_protocol(by=editor)
    CareService.objects.filter(number="999").update(name_en="")

    assert codes(protocol, "en") == {"service-nameless"}
    assert codes(protocol) == set()


def test_an_end_is_asked_for(editor: User) -> None:
    protocol = a_protocol(by=editor)
    Protocol.objects.update(expires_on=None)

    assert "expiry-missing" in codes(protocol)


def test_a_withdrawn_source_is_named_at_every_row_that_rests_on_it(editor: User) -> None:
    protocol = a_protocol(by=editor)
    Source.objects.filter(kind="own_policy").update(withdrawn_at=NOON)

    found = {problem.where for problem in problems(protocol)}

    assert found == {Where("option", str(one.pk), "sources") for one in Option.objects.filter(code="unsure")}


MENDED: list[tuple[str, type[Any], dict[str, Any], dict[str, Any], str, str, str]] = [
    ("text-missing", Option, {"code": "ache"}, {"text_en": ""}, "en", "text", "Answer danger.ache, in English"),
    ("text-missing", Question, {"code": "danger"}, {"text_ru": ""}, "ru", "text", "Question danger, in Russian"),
    ("text-missing", Rule, {"code": "K01"}, {"text_ru": ""}, "ru", "text", "Rule K01, in Russian"),
    ("text-missing", Level, {"level": "same_day"}, {"text_en": ""}, "en", "text", "Level"),
    ("text-missing", FirstAid, {}, {"text_en": ""}, "en", "text", "First aid no. 1"),
    ("unknown-answer", Rule, {"code": "K01"}, {"when_all": "danger.nowhere"}, "ru", "when_all", "Rule K01"),
    ("no-answers", FirstAid, {}, {"when_any": ""}, "ru", "when_any", "First aid no. 1"),
    ("unsure-harmless", Option, {"code": "unsure", "rank": 1}, {"rank": 0}, "ru", "rank", "Answer background.unsure"),
    ("single-without-reason", Question, {"code": "danger"}, {"several": False}, "ru", "exclusive_because", "Question"),
    ("rule-redundant", Rule, {"code": "K01"}, {"rank": 1}, "ru", "when_all", "Rule K01"),
]


@pytest.mark.parametrize(("code", "model", "where", "change", "language", "field", "words"), MENDED)
def test_a_finding_leads_to_its_row_and_field(
    editor: User,
    code: str,
    model: type[Any],
    where: dict[str, Any],
    change: dict[str, Any],
    language: Language,
    field: str,
    words: str,
) -> None:
    protocol = a_protocol(by=editor)
    row = model.objects.get(**where)
    model.objects.filter(pk=row.pk).update(**change)

    found = {problem.code: problem for problem in problems(protocol, language)}

    problem = found[f"finding-{code}"]
    assert (problem.where.model, problem.where.id, problem.where.field) == (model._meta.model_name, str(row.pk), field)
    with override("en"):
        assert problem.sentence.startswith(words)


def test_a_finding_in_one_language_keeps_only_that_language(editor: User) -> None:
    protocol = a_protocol(by=editor)
    Option.objects.filter(code="ache").update(text_en="Ноет")

    assert codes(protocol, "en") == {"finding-not-in-its-language", "finding-text-equal"}
    assert codes(protocol) == {"finding-text-equal"}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda: Option.objects.all().delete(),
        lambda: Question.objects.all().delete(),
        lambda: Level.objects.all().delete(),
        lambda: Option.objects.update(code="same"),
        lambda: Rule.objects.update(code="K01", when_all="\n \nnonsense\n"),
        lambda: Option.objects.update(text_ru="100 % <b>", text_en="50 %(what)s {%}"),
    ],
)
def test_however_broken_a_draft_is_it_is_told_and_not_raised(editor: User, spoil: Callable[[], Any]) -> None:
    protocol = a_protocol(by=editor)
    spoil()

    for language in ("ru", "en"):
        found = problems(protocol, language)
        assert found
        assert all(problem.sentence for problem in found)


def test_an_empty_draft_lacks_everything() -> None:
    found = codes(Protocol.objects.create())

    assert {"title-missing", "danger-missing", "number-missing", "expiry-missing", "finding-no-questions"} <= found


def test_both_languages_are_gone_through_once(editor: User) -> None:
    protocol = a_protocol(by=editor)
    findings._verified.cache_clear()

    with patch.object(findings, "verify", wraps=findings.verify) as verify:
        compose(protocol, "ru"), compose(protocol, "en"), compose(protocol, "ru")
        assert verify.call_count == 1
        Option.objects.filter(code="ache").update(rank=2)
        compose(protocol, "ru")
        assert verify.call_count == 2
