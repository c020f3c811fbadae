"""Care boxes: how soon, whom to call, and what may be linked where."""

from typing import Any, get_args, get_type_hints

import pytest
from django.utils.translation import override

from articles.canonical.languages import Language
from articles.editions.parts import CareBox
from articles.reader.presenters.care import RANKS, CareView, care_view
from articles.reader.presenters.setting import Setting
from tests.factories.documents import a_source
from tests.factories.documents_of_kinds import a_care_box, a_service

SERVICES = [
    a_service("112", "KZ", name="Службы", note="в Казахстане"),
    a_service("111", "GB", name="Совет", note="в Великобритании", purpose="advice"),
    a_service("103", "KZ", note="в Казахстане"),
    a_service("103", "RU", note="в России"),
    a_service("112", "RU", name="Службы", note="в России"),
]


def shown(language: Language = "ru", **fields: Any) -> CareView:
    with override(language):
        return care_view(a_care_box(**fields), Setting([a_source()], language))


def test_every_level_has_a_rank_and_both_appointments_share_one() -> None:
    assert set(RANKS) == set(get_args(get_type_hints(CareBox)["level"]))
    assert RANKS["appointment_days"] == RANKS["appointment_weeks"] == 2


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("emergency", "Level 4 of 4 · danger to life"),
        ("same_day", "Level 3 of 4 · today"),
        ("appointment_days", "Level 2 of 4 · within days"),
        ("appointment_weeks", "Level 2 of 4 · within weeks"),
        ("self_care", "Level 1 of 4 · you can manage at home"),
    ],
)
def test_the_level_is_told_in_words(level: str, words: str) -> None:
    assert shown("en", level=level).level == words


def test_the_placeholder_becomes_numbers_to_touch_each_once_the_readers_own_first() -> None:
    services = [a_service("103", "RU", note="in Russia"), a_service("112", "EU", note="in the EU")]
    view = shown("en", services=services, title="Call {emergency} if", advice="Not sure? Call {emergency}.")

    # Where each works, the list under the box says.
    numbers = '<a href="tel:112">112</a> or <a href="tel:103">103</a>'
    assert view.title == f"Call {numbers} if"
    assert view.advice == [f"Not sure? Call {numbers}."]
    assert 'tel:103">103</a>' in shown("ru", services=SERVICES).title.partition("112")[0]


def test_what_an_editor_typed_into_a_box_is_never_markup() -> None:
    view = shown("en", title="<b>Call</b> {emergency}", advice="<i>x</i>")

    assert view.title.startswith("&lt;b&gt;Call&lt;/b&gt; <a href=")
    assert view.advice == ["&lt;i&gt;x&lt;/i&gt;"]


@pytest.mark.django_db
def test_a_box_without_services_still_names_numbers() -> None:
    assert 'href="tel:999"' in shown("en", services=[], title="Call {emergency} if").title


def test_services_of_one_name_and_number_are_one_line_emergencies_first() -> None:
    assert [(call.number, call.words) for call in shown(services=SERVICES).calls] == [
        ("103", "Скорая помощь: в России, в Казахстане"),
        ("112", "Службы: в России, в Казахстане"),
        ("111", "Совет: в Великобритании"),
    ]


@pytest.mark.parametrize(("level", "is_linked"), [("emergency", False), ("same_day", True)])
def test_sources_of_an_emergency_are_named_but_lead_nowhere(level: str, is_linked: bool) -> None:
    marks = shown(level=level, cited=[a_source().id]).marks

    assert ["<a " in mark for mark in marks] == [is_linked]
    assert "[1]" in marks[0]
