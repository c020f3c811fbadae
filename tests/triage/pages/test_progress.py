"""What is signed comes back as it was, for two hours, and nothing else is believed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.pages.progress import LONGEST, OutOfDateError, Progress, TamperedError, read, signed

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PROGRESS = Progress(
    protocol="p",
    language="ru",
    words="digest",
    country="RU",
    begun=int(NOON.timestamp()),
    answers={"danger": ["none"], "leg": ["sore", "veins"]},
    asked="feel",
    changes=True,
)


def test_progress_comes_back_as_it_was_with_its_answers_in_their_order() -> None:
    back = read(signed(PROGRESS), at=NOON)
    assert back == PROGRESS
    assert list(back.answers) == ["danger", "leg"]


def test_it_lasts_two_hours_from_the_first_question() -> None:
    text = signed(PROGRESS)
    assert read(text, at=NOON + LONGEST) == PROGRESS
    with pytest.raises(OutOfDateError):
        read(text, at=NOON + LONGEST + timedelta(seconds=1))


@given(st.text(max_size=300))
def test_no_text_of_somebody_else_is_believed(text: str) -> None:
    with pytest.raises(TamperedError):
        read(text, at=NOON)


@given(st.integers(0, len(signed(PROGRESS)) - 1), st.characters(codec="utf-8"))
def test_not_one_letter_can_be_another(place: int, letter: str) -> None:
    text = signed(PROGRESS)
    changed = text[:place] + letter + text[place + 1 :]
    if changed != text:
        with pytest.raises(TamperedError):
            read(changed, at=NOON)


def test_a_refusal_does_not_repeat_what_was_sent() -> None:
    with pytest.raises(TamperedError) as refused:
        read("thunderclap:x", at=NOON)
    assert "thunderclap" not in f"{refused.value!r}"
    assert refused.value.__suppress_context__
