"""What is said in each language and what it rests on, one fault at a time."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from articles.canonical.languages import LANGUAGES, Language
from tests.factories.small_protocols import SOURCE, small
from triage.engine.protocol import Level, Option, Protocol
from triage.engine.verifying.verification import verify

SMALL = small(
    {"a": {"x": 4, "y": 0, "unsure": "1!"}, "b": {"x": 1, "unsure": "1!"}}, [(3, "a.y b.x")], first_aid=["a.x"]
)

Change = Callable[[Protocol], Protocol]


def danger(words: str) -> Change:
    return lambda whole: replace(whole, danger=words)


def question(words: str) -> Change:
    return lambda whole: replace(whole, questions=[replace(whole.questions[0], text=words), *whole.questions[1:]])


def option(**parts: object) -> Change:
    def of(whole: Protocol) -> Protocol:
        first, *others = whole.questions
        changed: list[Option] = [replace(first.options[0], **parts), *first.options[1:]]
        return replace(whole, questions=[replace(first, options=changed), *others])

    return of


def harmless(**parts: object) -> Change:
    def of(whole: Protocol) -> Protocol:
        first, *others = whole.questions
        changed = [first.options[0], replace(first.options[1], **parts), *first.options[2:]]
        return replace(whole, questions=[replace(first, options=changed), *others])

    return of


def rule(**parts: object) -> Change:
    return lambda whole: replace(whole, rules=[replace(whole.rules[0], **parts)])


def emergency(**parts: object) -> Change:
    def of(whole: Protocol) -> Protocol:
        levels: list[Level] = [replace(one, **parts) if one.id == "emergency" else one for one in whole.levels]
        return replace(whole, levels=levels)

    return of


def first_aid(**parts: object) -> Change:
    def of(whole: Protocol) -> Protocol:
        aids = [replace(aid, **parts) for level in whole.levels for aid in level.first_aid]
        return emergency(first_aid=aids)(whole)

    return of


def found(change: Change, *languages: Language) -> list[tuple[str, str, str, Language | None]]:
    both = {one: change(protocol) if one in languages else protocol for one, protocol in SMALL.items()}
    return [(one.code, one.part, one.id, one.language) for one in verify(both, {SOURCE}).findings]


def test_nothing_is_wrong_with_the_protocol_that_is_changed_below() -> None:
    assert found(lambda whole: whole, "ru", "en") == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", ["", " ", "\n\t", "\u00a0"])
@pytest.mark.parametrize(
    ("change", "part", "id"),
    [
        (question, "question", "a"),
        (lambda words: option(text=words), "option", "a.x"),
        (lambda words: rule(text=words), "rule", "K1"),
        (lambda words: emergency(text=words), "level", "emergency"),
        (lambda words: first_aid(text=words), "first_aid", "emergency[0]"),
    ],
)
def test_a_text_that_is_missing_in_one_language_is_found_there(
    change: Callable[[str], Change], part: str, id: str, words: str, language: Language
) -> None:
    assert found(change(words), language) == [("text-missing", part, id, language)]


def test_whoever_is_told_to_call_is_told_whom() -> None:
    assert found(danger("Call"), "en") == [
        ("number-missing", "protocol", "", "en"),
        ("placeholders-differ", "protocol", "", None),
    ]
    assert found(emergency(title="Call"), "en") == [
        ("number-missing", "level", "emergency", "en"), ("placeholders-differ", "level", "emergency", None),
    ]  # fmt: skip


@pytest.mark.parametrize("got", ["{phone}", "{ emergency }", "{Emergency}", "{", "}", "{emergency"])
def test_only_the_emergency_numbers_are_filled_in(got: str) -> None:
    (one, *_others) = [
        one
        for one in verify({**SMALL, "en": danger(f"Call {{emergency}} or {got}")(SMALL["en"])}, {SOURCE}).findings
        if one.code == "placeholder-unknown"
    ]
    assert (one.part, one.language) == ("protocol", "en")
    assert dict(one.params)["got"] in got


@pytest.mark.parametrize(
    ("change", "part", "id"),
    [
        (question("Call {emergency}"), "question", "a"),
        (option(text="Call {emergency}"), "option", "a.x"),
        (rule(text="Call {emergency}"), "rule", "K1"),
    ],
)
def test_numbers_are_filled_in_only_where_there_is_something_to_do(change: Change, part: str, id: str) -> None:
    assert found(change, "en") == [
        ("placeholder-not-here", part, id, "en"), ("placeholders-differ", part, id, None),
    ]  # fmt: skip


def test_a_number_named_once_more_in_one_language_is_found() -> None:
    assert found(first_aid(text="Call {emergency}"), "en") == [
        ("placeholders-differ", "first_aid", "emergency[0]", None)
    ]


def test_a_text_left_in_the_other_language_is_found() -> None:
    assert found(question("Слова"), "en") == [
        ("not-in-its-language", "question", "a", "en"), ("text-equal", "question", "a", None),
    ]  # fmt: skip
    assert found(question("Другие слова"), "en") == [("not-in-its-language", "question", "a", "en")]
    assert found(question("Other words"), "ru") == [("not-in-its-language", "question", "a", "ru")]


def test_a_text_without_a_word_may_be_the_same_in_both_languages() -> None:
    assert found(option(text="103"), "ru", "en") == []


@pytest.mark.parametrize("words", ["Words <b>here</b>", "a < b", "a > b", "<script>alert(1)</script>"])
def test_markup_is_found(words: str) -> None:
    assert found(question(words), "en") == [("markup", "question", "a", "en")]


@pytest.mark.parametrize(
    ("change", "part", "id"),
    [
        (option(references=[]), "option", "a.x"),
        (rule(references=[]), "rule", "K1"),
        (emergency(references=[]), "level", "emergency"),
        (first_aid(references=[]), "first_aid", "emergency[0]"),
    ],
)
def test_whatever_raises_a_result_names_a_source(change: Change, part: str, id: str) -> None:
    assert found(change, "ru", "en") == [("reference-missing", part, id, one) for one in LANGUAGES]


def test_an_answer_that_raises_nothing_needs_no_source_but_those_it_names_must_be_there() -> None:
    assert found(harmless(references=[]), "ru", "en") == []
    assert found(harmless(references=["nowhere"]), "ru", "en") == [
        ("reference-unknown", "option", "a.y", one) for one in LANGUAGES
    ]


def test_a_source_named_twice_and_one_named_in_one_language_are_found() -> None:
    assert found(rule(references=[SOURCE, SOURCE]), "ru", "en") == [
        ("reference-repeated", "rule", "K1", one) for one in LANGUAGES
    ]
    assert found(harmless(references=[]), "en") == [("references-differ", "option", "a.y", None)]


def test_nothing_is_known_of_any_source_where_none_can_be_shown() -> None:
    codes = {one.code for one in verify(SMALL, set()).findings}
    assert codes == {"reference-unknown"}
