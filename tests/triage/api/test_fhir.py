"""The questions as FHIR R4: valid by the types of the standard, whole, and without a decision."""

import copy
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from fhir.resources.R4B.questionnaire import Questionnaire
from pydantic import BaseModel, ValidationError

from articles.canonical.languages import Language
from tests.articles.api.v1.conftest import Partner
from tests.factories.documents import NOON
from tests.factories.triage import SIGNED, a_protocol, bundled, bundled_file, expiring, shelve_protocol
from tests.triage.api.conftest import HOME
from triage.api.fhir import EXCLUSIVE, ORDINAL, RELATED

EACH_LANGUAGE = pytest.mark.parametrize("language", ["ru", "en"])

# The library lists the first few alone. These are all of R4: https://hl7.org/fhir/R4/valueset-item-type.html
ITEM_TYPES = {
    "group", "display", "boolean", "decimal", "integer", "date", "dateTime", "time", "string", "text", "url", "choice",
    "open-choice", "attachment", "reference", "quantity",
}  # fmt: skip


def valid(resource: dict[str, Any]) -> Questionnaire:
    """Read it by the types of the standard, which the library does, and by its closed lists of codes, which it does not
    look at; raise ValueError (as a ValidationError is) for anything else."""
    read = Questionnaire.model_validate(resource)
    if wrong := list(_wrong_codes(read, "Questionnaire")):
        raise ValueError(wrong)
    return read


def _wrong_codes(part: BaseModel, place: str) -> Iterator[str]:
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        known = (field.json_schema_extra or {}).get("enum_values")  # type: ignore[union-attr]
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, BaseModel):
                yield from _wrong_codes(one, f"{place}.{name}")
            elif known and one is not None and one not in (ITEM_TYPES if "+" in known else known):  # type: ignore[operator]
                yield f"{place}.{name}: {one}"


def answered(partner: Partner, language: Language = "en") -> dict[str, Any]:
    return json.loads(asked(partner, language).content)


def asked(partner: Partner, language: Language = "en") -> HttpResponse:
    return partner.get(f"{HOME}fhir/?lang={language}")


# valid


@EACH_LANGUAGE
def test_it_is_a_valid_questionnaire(partner: Partner, language: Language, settings: Any) -> None:
    shelve_protocol()
    valid(answered(partner, language))
    settings.OPERATOR = {"ru": "Редакция для тестов", "en": "Editors in tests"}
    settings.CONTACT_EMAIL = "desk@example.org"
    resource = answered(partner, language)
    assert valid(resource).publisher == settings.OPERATOR[language]
    assert asked(partner, language)["Content-Type"] == "application/fhir+json"


@EACH_LANGUAGE
def test_signed_it_is_valid_too(partner: Partner, language: Language, settings: Any) -> None:
    settings.TRIAGE_INTERACTIVE = True
    shelve_protocol(review=SIGNED)
    valid(answered(partner, language))


def _without(*path: Any) -> Callable[[Any], Any]:
    def spoil(resource: Any) -> None:
        *way, last = path
        for step in way:
            resource = resource[step]
        del resource[last]

    return spoil


def _with(value: Any, *path: Any) -> Callable[[Any], Any]:
    def spoil(resource: Any) -> None:
        *way, last = path
        for step in way:
            resource = resource[step]
        resource[last] = value

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        _without("status"),
        _with("ready", "status"),
        _with("soon", "effectivePeriod", "end"),
        _with("22.11.2026", "date"),
        _with("Leg cramp", "id"),
        _with(1, "answers"),
        _without("item", 0, "linkId"),
        _without("item", 0, "type"),
        _with("multi", "item", 0, "type"),
        _with("sometimes", "item", 0, "repeats"),
        _with("none", "item", 0, "answerOption", 0, "valueString"),
        _without("item", 0, "answerOption", 0, "valueCoding"),
        _with("four", "item", 0, "answerOption", 0, "valueCoding", "extension", 0, "valueDecimal"),
        _without("item", 0, "answerOption", 0, "valueCoding", "extension", 0, "url"),
        _with("read", "extension", 0, "valueRelatedArtifact", "type"),
        _without("text", "status"),
    ],
)
def test_the_validation_notices_what_is_not_fhir(partner: Partner, spoil: Callable[[Any], Any]) -> None:
    shelve_protocol()
    resource = answered(partner)
    valid(resource)
    spoilt = copy.deepcopy(resource)
    spoil(spoilt)
    with pytest.raises(ValueError, match=r"."):
        valid(spoilt)
    assert issubclass(ValidationError, ValueError)


# whole


@EACH_LANGUAGE
def test_every_question_and_option_is_there_in_order_and_in_one_language(partner: Partner, language: Language) -> None:
    shelve_protocol()
    resource, protocol = answered(partner, language), bundled(language)
    assert resource["language"] == language
    assert [(item["linkId"], item["text"], item["repeats"]) for item in resource["item"]] == [
        (one.id, one.text, one.kind == "multi") for one in protocol.questions
    ]
    for item, question in zip(resource["item"], protocol.questions, strict=True):
        assert (item["type"], item["required"]) == ("choice", True)
        told = [
            (one["valueCoding"]["code"], one["valueCoding"]["display"], _ordinal(one), _is_exclusive(one))
            for one in item["answerOption"]
        ]
        assert told == [(one.id, one.text, one.rank, one.exclusive) for one in question.options]


def _ordinal(option: dict[str, Any]) -> int:
    [extension] = option["valueCoding"]["extension"]
    assert extension["url"] == ORDINAL
    return extension["valueDecimal"]


def _is_exclusive(option: dict[str, Any]) -> bool:
    return option.get("extension", []) == [{"url": EXCLUSIVE, "valueBoolean": True}]


def test_no_two_questions_share_a_link_and_no_two_options_a_code(partner: Partner) -> None:
    shelve_protocol()
    items = answered(partner)["item"]
    links = [item["linkId"] for item in items]
    codes = [
        (one["valueCoding"]["system"], one["valueCoding"]["code"]) for item in items for one in item["answerOption"]
    ]
    assert len(links) == len(set(links))
    assert len(codes) == len(set(codes))
    assert all(system.startswith("http://testserver/api/v1/triage/protocols/") for system, _ in codes)


def test_both_languages_are_told_apart_and_name_the_same_questionnaire(partner: Partner) -> None:
    shelve_protocol()
    russian, english = answered(partner, "ru"), answered(partner, "en")
    assert russian["url"] == english["url"]
    assert russian["identifier"] == english["identifier"]
    assert russian["identifier"][0]["value"] == f"urn:uuid:{bundled_file().id}"
    assert (russian["version"], english["version"]) == ("0.2.0-draft+ru.1", "0.2.0-draft+en.1")


def test_corrected_words_are_another_version(partner: Partner) -> None:
    from datetime import timedelta

    shelve_protocol()
    shelve_protocol(at=NOON + timedelta(days=1), change="wording")
    assert answered(partner)["version"] == "0.2.0-draft+en.2"


def test_every_source_is_cited(partner: Partner) -> None:
    shelve_protocol()
    cited = answered(partner)["extension"]
    assert {one["url"] for one in cited} == {RELATED}
    assert {one["valueRelatedArtifact"]["label"] for one in cited} == {
        str(source.id) for source in bundled_file().references.values()
    }
    assert all(one["valueRelatedArtifact"]["citation"] for one in cited)


def test_its_name_is_one_that_programs_take(partner: Partner) -> None:
    from tests.factories.documents import shelve

    shelve_protocol()
    assert answered(partner)["name"] == "LegCrampTriage"
    shelve(a_protocol(slug="24-hours"), item=str(bundled_file().id), change="update")
    assert re.fullmatch(r"[A-Z][A-Za-z0-9_]{0,254}", answered(partner, "ru")["name"])


# what it says about itself


def test_unsigned_it_is_a_draft_and_an_experiment_with_its_label(partner: Partner, settings: Any) -> None:
    settings.TRIAGE_DEMONSTRATION = True
    shelve_protocol()
    resource = answered(partner)
    assert (resource["status"], resource["experimental"]) == ("draft", True)
    assert "This is a demonstration." in resource["description"]
    assert "This is a demonstration." in resource["text"]["div"]
    assert "No clinician has checked" in resource["description"]
    assert "approvalDate" not in resource
    assert "lastReviewDate" not in resource


def test_signed_by_two_it_is_active_and_says_when(partner: Partner) -> None:
    shelve_protocol(review=SIGNED)
    resource = answered(partner)
    assert (resource["status"], resource["experimental"]) == ("active", False)
    assert resource["approvalDate"] == resource["lastReviewDate"] == SIGNED.on


def test_signed_and_shown_as_a_demonstration_it_is_an_experiment(partner: Partner, settings: Any) -> None:
    settings.TRIAGE_DEMONSTRATION = True
    shelve_protocol(review=SIGNED)
    assert answered(partner)["experimental"] is True


def test_expired_it_is_no_longer_active(partner: Partner) -> None:
    shelve_protocol(expiring("2026-12-01"), review=SIGNED)
    with time_machine.travel(datetime(2026, 12, 2, tzinfo=UTC), tick=False):
        resource = answered(partner)
    assert resource["status"] == "retired"
    assert valid(resource).effectivePeriod.end == date(2026, 12, 1)


def test_without_an_operator_nobody_is_named_as_its_publisher(partner: Partner, settings: Any) -> None:
    settings.OPERATOR, settings.CONTACT_EMAIL = {"ru": "", "en": ""}, ""
    shelve_protocol()
    resource = answered(partner)
    assert "publisher" not in resource
    assert "contact" not in resource


@EACH_LANGUAGE
def test_it_never_decides_and_holds_no_answers(partner: Partner, language: Language) -> None:
    shelve_protocol()
    resource, protocol = answered(partner, language), bundled(language)
    sent = json.dumps(resource, ensure_ascii=False)
    for level in protocol.levels:
        assert level.text not in sent
        assert level.title not in sent
    for rule in protocol.rules:
        assert rule.text not in sent
        assert rule.id not in sent
    for member in ("initial", "initialSelected", "enableWhen", "calculatedExpression", "QuestionnaireResponse"):
        assert member not in sent
    assert "{emergency}" not in sent
    assert resource["purpose"]


def test_its_narrative_is_plain_and_well_formed(partner: Partner) -> None:
    from xml.etree import ElementTree

    shelve_protocol()
    narrative = ElementTree.fromstring(answered(partner)["text"]["div"])
    assert narrative.tag == "{http://www.w3.org/1999/xhtml}div"
    assert "112" in "".join(narrative.itertext())
