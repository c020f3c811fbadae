"""Codes of ICD-10 are brought into one form, and what is none is refused by its name."""

import pytest

from articles.canonical.icd10 import codes, is_cyrillic, sought
from articles.canonical.problems import Refused


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("R25.2", "R25.2"),
        (" r25.2 ", "R25.2"),
        ("g40", "G40"),
        ("M62.80", "M62.80"),
        ("G25.8,R25.2", "G25.8, R25.2"),
        ("R25.2;G25.8 \n R25.2,,", "R25.2, G25.8"),
        ("R25.2\N{NO-BREAK SPACE}G40", "R25.2, G40"),
        ("R25.2\N{ZERO WIDTH SPACE}", "R25.2"),
    ],
)
def test_codes_have_one_form(typed: str, kept: str) -> None:
    assert codes(typed) == kept
    assert codes(kept) == kept


@pytest.mark.parametrize(
    "typed", ["25.2", "R2", "R252", "RR25", "R25.", "R25.123", "R25-R29", "G63.2*", "R25.A", "cramp"]
)
def test_what_is_no_code_is_named(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        codes(f"G40, {typed}")

    assert [(one.code, one.values["value"]) for one in refused.value.problems] == [("code-malformed", typed.upper())]


def test_a_cyrillic_letter_is_not_taken_for_the_latin_one_that_looks_like_it() -> None:
    with pytest.raises(Refused) as refused:
        codes("Р25.2, с50, R25.2")

    assert [one.code for one in refused.value.problems] == ["code-cyrillic"] * 2


def test_letters_that_grow_longer_in_capitals_and_digits_of_other_scripts_are_no_codes() -> None:
    for typed in ("ß25", "R٢٥", "R２５"):
        with pytest.raises(Refused):
            codes(typed)


def test_what_must_not_be_stored_is_refused_first() -> None:
    with pytest.raises(Refused) as refused:
        codes("R25.2\N{RIGHT-TO-LEFT OVERRIDE}")

    assert [one.code for one in refused.value.problems] == ["bidi-control"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("R25.2", "R25.2"), (" r25.2 ", "R25.2"), ("R252", "R25.2"), ("R25", "R25"), ("R25.-", "R25"),
        ("G2581", "G25.81"),
        ("G63.2*", "G63.2"), ("E10.4+", "E10.4"), ("E10.4†", "E10.4"), ("R 25.2", "R25.2"),
        ("", None), ("R25.", None), ("R25-R29", None), ("R2", None), ("Р25", None), ("R٢٥", None), ("R25.222", None),
        ("R25.2.1", None), ("25.2", None), ("\0", None), ("\ud800", None), ("**", None), ("R25**", None),
    ],
)  # fmt: skip
def test_a_code_that_is_looked_for_is_read_where_it_can_mean_one_code_only(typed: str, found: str | None) -> None:
    assert sought(typed) == found


def test_a_cyrillic_letter_is_known_as_one() -> None:
    assert is_cyrillic("Р25.2")
    assert not is_cyrillic("R25.2")
