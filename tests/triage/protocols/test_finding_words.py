"""Every finding has words, and the words name what they are about."""

import re
from typing import get_args

import pytest
from django.utils import translation

from articles.canonical.languages import LANGUAGES
from tests.factories.small_protocols import SOURCE, small
from triage.engine.verifying.findings import Code, Part, finding
from triage.engine.verifying.verification import verify
from triage.protocols.finding_words import WORDS, count_in_words, place, sentence

# With every param that a finding of any code has.
PARAMS = {"got": "G0T", "combinations": 1234567, "met": 7654321, "reference": "R3F", "answer": "danger.jaw"}


def test_every_code_has_words_and_no_words_are_left_over() -> None:
    assert set(WORDS) == set(get_args(Code))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", get_args(Code))
def test_every_sentence_is_whole_and_fills_in_what_it_names(code: Code, language: str) -> None:
    with translation.override(language):
        words = sentence(finding(code, "question", "danger", **PARAMS))
    assert words[0].isupper() or words[0] in "“«{0123456789GЕК"
    assert re.search(r"%\(|%s|\{got\}", words) is None
    if code != "wrong-type":
        assert words.endswith((".", "?"))


@pytest.mark.parametrize("part", get_args(Part))
def test_every_part_is_named(part: Part) -> None:
    id = {"protocol": "", "level": "emergency", "first_aid": "emergency[1]"}.get(part, "danger.jaw")
    with translation.override("en"):
        words = place(finding("text-missing", part, id, "en"))
    assert words.endswith(", in English")
    assert {
        "protocol": "the protocol", "level": "level “emergency: call now”",
        "first_aid": "first aid no. 2 of the level “emergency: call now”",
    }.get(part, "danger.jaw") in words  # fmt: skip


def test_numbers_are_readable_in_each_language() -> None:
    assert [_in(language, 103389442041600000) for language in LANGUAGES] == [
        "103\u00a0389\u00a0442\u00a0041\u00a0600\u00a0000", "103,389,442,041,600,000",
    ]  # fmt: skip


def _in(language: str, number: int) -> str:
    with translation.override(language):
        return count_in_words(number)


def test_ids_of_any_kind_are_named_and_break_nothing() -> None:
    """A draft may hold anything: what is wrong with an id is said with that id in it."""
    for id in ("", "[", "a[0", "emergency[x]", "%s", "%(id)s", "]]\n[1]"):
        assert id in place(finding("not-an-id", "question", id))
        assert place(finding("level-missing", "level", id))


def test_a_faulty_draft_is_told_what_is_wrong_in_plain_words() -> None:
    both = small({"a": {"x": 3, "unsure": "1!"}, "b": {"y": 1, "unsure": "1!"}}, [(2, "a.x b.y")])
    with translation.override("en"):
        (found,) = verify(both, {SOURCE}).findings
        assert f"{place(found)}: {sentence(found)}" == (
            "rule K1: The rule is never a reason for a result: it cannot be met, or its answers always mean more by "
            "themselves. Combinations in which it is met: 1."
        )
