"""Which lines partners must act on at once."""

from datetime import timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from articles.editions.envelope import CHANGE_CLASSES
from articles.editions.shelf import Change
from articles.editions.urgency import act_by, is_urgent, urgent

EVENTS = (
    "published", "amended", "withdrawn", "restored", "redirected", "reviewed", "language_state", "check_started",
    "check_ended", "expunged", "fell_due",
)  # fmt: skip


def a_line(event: str, change_class: str = "", sequence: int = 1) -> Change:
    values: dict[str, Any] = {"recorded_at": timezone.now(), "effective_at": timezone.now(), "tags_json": "[]"}
    return Change(
        sequence=sequence, event=event, change_class=change_class, item=uuid4(), kind="article", language="en",
        hash=f"{sequence:064}", **values,
    )  # fmt: skip


@pytest.mark.parametrize("event", EVENTS)
def test_whatever_is_of_the_class_safety_is_urgent(event: str) -> None:
    assert is_urgent(a_line(event, "safety"))


@pytest.mark.parametrize("event", ["withdrawn", "expunged", "check_started"])
@pytest.mark.parametrize("change_class", ["", *CHANGE_CLASSES])
def test_what_takes_a_text_away_or_puts_it_in_doubt_is_urgent_for_whatever_reason(
    event: str, change_class: str
) -> None:
    assert is_urgent(a_line(event, change_class))


@pytest.mark.parametrize("event", ["published", "amended"])
def test_new_words_are_urgent_where_the_old_ones_were_wrong_or_told_readers_to_act_otherwise(event: str) -> None:
    urgent_classes = {one for one in CHANGE_CLASSES if is_urgent(a_line(event, one))}
    assert urgent_classes == {"safety", "advice", "correction"}


@pytest.mark.parametrize("event", ["restored", "check_ended", "fell_due", "language_state", "reviewed"])
@pytest.mark.parametrize("change_class", ["", "correction", "review", "wording"])
def test_what_brings_back_or_only_says_how_a_text_stands_can_wait(event: str, change_class: str) -> None:
    assert not is_urgent(a_line(event, change_class))


@pytest.mark.django_db
def test_the_query_finds_the_same_lines() -> None:
    every = list(product(EVENTS, ["", *CHANGE_CLASSES]))
    lines = [a_line(event, one, sequence) for sequence, (event, one) in enumerate(every, start=1)]
    Change.objects.bulk_create(lines)

    found = set(Change.objects.filter(urgent()).values_list("sequence", flat=True))

    assert found == {line.sequence for line in lines if is_urgent(line)}
    assert 0 < len(found) < len(lines)


@pytest.mark.parametrize(
    ("event", "change_class", "span"),
    [
        ("withdrawn", "safety", timedelta(hours=1)),
        ("amended", "safety", timedelta(hours=1)),
        ("language_state", "safety", timedelta(hours=1)),
        ("check_started", "review", timedelta(hours=1)),
        ("withdrawn", "correction", timedelta(days=1)),
        ("expunged", "correction", timedelta(days=1)),
        ("published", "advice", timedelta(days=1)),
    ],
)
def test_what_could_harm_must_be_acted_on_within_the_hour(event: str, change_class: str, span: timedelta) -> None:
    line = a_line(event, change_class)
    assert act_by(line) - line.recorded_at == span
