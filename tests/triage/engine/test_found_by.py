"""By what a protocol is found: every sign that calls for help, and nothing that could calm anybody when read alone."""

import pytest

from articles.canonical.languages import LANGUAGES, Language
from articles.search.passages import Place, passages
from tests.factories.triage import bundled, protocol_document
from triage.engine.protocol import UNSURE

SAME_DAY = 3


def found(language: Language) -> list[str]:
    return [one.words for one in protocol_document(language).found_by()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_that_raises_the_level_is_found_by(language: Language) -> None:
    words = "\n".join(found(language))

    raising = [one for question in bundled(language).questions for one in question.options if one.rank]
    assert len(raising) > 40
    assert [one.text for one in raising if one.id != UNSURE and one.text not in words] == []
    assert [question.text for question in bundled(language).questions if question.text not in words] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_is_harmless_or_milder_than_today_is_told_alone(language: Language) -> None:
    """«You can manage this yourself» holds after all the answers and never after one."""
    words = "\n".join(found(language))

    protocol = bundled(language)
    mild = [text for level in protocol.levels if level.rank < SAME_DAY for text in (level.title, level.text)]
    harmless = [one.text for question in protocol.questions for one in question.options if one.rank == 0]
    rules = [rule.text for rule in protocol.rules if rule.rank < SAME_DAY]
    said = [one for one in (*mild, *rules) if one in words]
    # "No" alone is part of other words, and a risk is no calming answer by itself.
    said += [one for one in harmless if f"\n{one}\n" in f"\n{words}\n"]
    assert said == []


def test_an_urgent_sign_stands_below_what_to_do_and_with_its_question() -> None:
    stretches = protocol_document("en").found_by()

    at = next(number for number, one in enumerate(stretches) if "jaw" in one.words.lower() and number)
    above = next(one for one in reversed(stretches[:at]) if one.is_heading)
    assert above.words == "Call {emergency} now"
    assert stretches[at].words.startswith("Is any of this happening now")


def test_a_milder_sign_stands_below_its_question_and_promises_nothing() -> None:
    stretches = protocol_document("en").found_by()

    at = next(number for number, one in enumerate(stretches) if one.words == "Diabetes")
    above = next(one for one in reversed(stretches[:at]) if one.is_heading)
    assert above.words == "Which of these apply to you?"


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_shows_numbers_and_never_a_placeholder(language: Language) -> None:
    read = passages(protocol_document(language), language)

    assert [one.text for one in read if "{" in one.text] == []
    danger = next(one for one in read if one.place is Place.BODY)
    assert "103" in danger.text
    assert "999" in danger.text
    assert [one.block for one in read if one.block] == []
