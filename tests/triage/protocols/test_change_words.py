import re
from collections.abc import Callable
from itertools import product
from typing import get_args

import msgspec
import pytest
from django.utils.translation import override

from articles.canonical.languages import LANGUAGES
from tests.factories.triage import bundled, bundled_file
from triage.engine.comparing import EFFECTS, Code, Difference, Part, compare
from triage.engine.protocol import Protocol
from triage.protocols.change_words import heading, sentence


def said(change: Callable[[dict], object], language: str) -> list[str]:
    after = {}
    for one in LANGUAGES:
        plain = msgspec.to_builtins(bundled(one))
        change(plain)
        after[one] = msgspec.convert(plain, Protocol)
    with override(language):
        return [sentence(one) for one in compare({one: bundled(one) for one in LANGUAGES}, after)]


def soften(plain: dict) -> None:
    plain["questions"][0]["options"][1]["rank"] = 2


def test_an_answer_that_became_less_urgent_says_from_what_to_what():
    assert said(soften, "en") == ["Question danger, answer loc_past. Less urgent: was “today”, now “within days”."]
    assert said(soften, "ru") == [
        "Вопрос danger, ответ loc_past. Стало менее срочно: было «сегодня», теперь «в\u00a0ближайшие дни»."
    ]


def test_a_rule_that_is_gone_says_what_it_asked_for():
    assert said(lambda plain: plain["rules"].pop(2), "en") == [
        "Rule K03. Removed; the answers “background.clots, where.one_leg” together led to “today”."
    ]
    assert said(lambda plain: plain["rules"].pop(2), "ru") == [
        "Правило K03. Удалено; ответы «background.clots, where.one_leg» вместе приводили к\u00a0«сегодня»."
    ]


def test_sources_are_called_by_their_names_where_they_are_known():
    source = bundled_file().references["SFE-CA"]
    difference = Difference("sources", "sources", "rule", "K01", (str(source.id), "other"), ())

    with override("en"):
        assert (
            sentence(difference, {str(source.id): "SFE 2013"})
            == "Rule K01. Sources: was “SFE 2013, other”, now “none”."
        )


def test_words_name_their_language():
    def reword(plain: dict) -> None:
        plain["levels"][0]["title"] = "{emergency}!"

    assert said(reword, "en") == [
        "Level “emergency: call now”. Title in Russian: was “Позвоните {emergency} прямо сейчас”, now “{emergency}!”.",
        "Level “emergency: call now”. Title in English: was “Call {emergency} now”, now “{emergency}!”.",
    ]
    assert said(reword, "ru")[1] == (
        "Уровень «опасно для жизни: звонить сейчас». Заголовок по-английски: был «Call {emergency} now», "
        "стал «{emergency}!»."
    )


def test_a_percent_sign_in_words_is_a_sign():
    def reword(plain: dict) -> None:
        plain["rules"][0]["text"] = "100% (sure)s %(id)s"

    assert said(reword, "en")[0].endswith("now “100% (sure)s %(id)s”.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_effect_has_a_heading(language):
    with override(language):
        assert len({heading(effect) for effect in EFFECTS}) == len(EFFECTS)


# What `compare` can say, and with which words inside.
PAIRS = [
    *product(["added", "removed"], ["question", "option", "rule", "level", "first_aid"], [""]),
    *product(["rank-lowered", "rank-raised"], ["option", "rule"], [""]),
    *product(["one-answer-only", "several-answers"], ["question"], [""]),
    *product(["stands-alone", "stands-beside"], ["option"], [""]),
    *product(["answers"], ["rule", "first_aid"], [""]),
    *product(["sources"], ["option", "rule", "level", "first_aid"], [""]),
    *product(["version", "last-day", "language-added", "language-removed"], ["protocol"], [""]),
    *product(["reordered"], ["protocol"], ["questions", "rules", "levels"]),
    ("reordered", "question", "options"),
    ("reordered", "level", "first_aid"),
    ("words", "protocol", "danger"),
    *product(["words"], ["question"], ["text", "exclusive_because"]),
    *product(["words"], ["option", "rule", "first_aid"], ["text"]),
    *product(["words"], ["level"], ["title", "text"]),
]
IDS = {"protocol": "", "question": "danger", "option": "danger.none", "rule": "K01", "level": "emergency"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("code", "part", "inside"), PAIRS)
def test_every_difference_can_be_said_in_both_languages(code, part, inside, language):
    id = IDS.get(part, "emergency[0]")
    with override(language):
        words = sentence(Difference(code, "other", part, id, 4, 3, inside, rank=2, language="ru"))

    assert words.endswith(".")
    assert "%" not in words
    if language == "ru":
        assert re.search("[а-яё]{3}", words.replace(id, ""))
        assert not re.search("[a-z]{3}", words.replace(id, "").replace("danger", "").replace("none", ""))


def test_no_code_and_no_part_is_forgotten():
    assert {code for code, _, _ in PAIRS} == set(get_args(Code))
    assert {part for _, part, _ in PAIRS} == set(get_args(Part))
