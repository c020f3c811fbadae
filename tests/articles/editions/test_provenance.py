"""The lines under a quote that say how we came by it."""

from typing import Any

import pytest

from articles.editions.provenance import provenance
from tests.factories.documents import a_news_source, a_person, a_quote

DAY = "27\N{NO-BREAK SPACE}January\N{NO-BREAK SPACE}2026"


def lines(quote: dict[str, Any] | None = None, source: dict[str, Any] | None = None) -> list[str]:
    return provenance(a_quote(**quote or {}), a_news_source(**source or {}), "en")


def test_a_summary_says_whose_publication_it_is_of_and_that_the_doctor_has_not_seen_it() -> None:
    assert lines() == [
        f"Our summary of what Test News published on {DAY}.",
        "We did not speak to the doctor, who has not approved this summary. Seen an error? Tell us and we will put it"
        " right.",
    ]


def test_a_statement_of_nobody_speaks_of_no_doctor_and_asks_for_errors_too() -> None:
    told = lines({"speaker": None, "attribution": "unnamed"})
    assert told[1:] == [
        "The publication does not say whose words these are. Seen an error? Tell us and we will put it right."
    ]
    assert not [line for line in told if "doctor" in line]


def test_words_that_their_speaker_has_not_seen_ask_for_errors_in_both_languages() -> None:
    quote = a_quote(mode="verbatim", original_language="ru")
    assert provenance(quote, None, "en") == [
        "We did not speak to the doctor, who has not approved this wording. Seen an error? Tell us and we will put it"
        " right."
    ]
    assert [line.replace("\N{NO-BREAK SPACE}", " ") for line in provenance(quote, None, "ru")] == [
        "Мы не беседовали с врачом, и врач эту формулировку не согласовывал. Нашли неточность? Напишите нам, исправим."
    ]


def test_an_approved_wording_says_when_it_was_approved() -> None:
    assert lines({"approved_on": "2026-01-27"})[1] == f"The speaker approved this wording on {DAY}."


def test_who_takes_part_is_not_said_to_be_a_stranger() -> None:
    told = lines({"speaker": a_person(part="participates"), "mode": "verbatim"})
    assert told[1] == "The speaker has not approved this wording yet."


@pytest.mark.parametrize(
    ("mode", "language", "line"),
    [
        ("verbatim", "ru", f"Published by Test News, {DAY}."),
        ("translation", "ru", f"Our translation from Russian. Published by Test News, {DAY}."),
        ("translation", "en", f"Our translation from English. Published by Test News, {DAY}."),
    ],
)
def test_words_and_translations_are_told_apart(mode: str, language: str, line: str) -> None:
    assert lines({"mode": mode, "original_language": language})[0] == line


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ({"issued": "2026"}, "Our summary of what Test News published (2026)."),
        ({"issued": "2026-01"}, "Our summary of what Test News published (January\N{NO-BREAK SPACE}2026)."),
        ({"issued": ""}, "Our summary of what Test News published."),
        ({"publisher": "", "container": "Journal"}, f"Our summary of what Journal published on {DAY}."),
    ],
)
def test_a_line_says_no_more_than_is_known_of_the_source(source: dict[str, Any], line: str) -> None:
    assert lines(source=source)[0] == line


def test_nothing_is_said_of_a_source_without_any_name() -> None:
    assert len(lines(source={"publisher": "", "title": ""})) == 1
    assert len(provenance(a_quote(), None, "en")) == 1
