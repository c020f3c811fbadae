"""Each refusal is of the bundled file with one change to it."""

import json

import pytest

from tests.factories.triage import BUNDLED
from tests.triage.engine.test_exchange import changed, refused
from tests.triage.engine.test_exchange import first_option as first
from triage.engine.file_problems import FileProblem

TEXT = BUNDLED.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", ("not-json", "Expecting value: line 1 column 1 (char 0)")),
        (b"protocol", ("not-json", "Expecting value: line 1 column 1 (char 0)")),
        (b"{}{}", ("not-json", "Extra data: line 1 column 3 (char 2)")),
        (TEXT.encode()[:-10], ("not-json", None)),
        (b"\xef\xbb\xbf" + TEXT.encode(), ("byte-order-mark", "")),
        (TEXT.encode("utf-16"), ("not-utf-8", "0xff @ 0")),
        (TEXT.encode("cp1251", "replace"), ("not-utf-8", None)),
        (TEXT.encode().replace("ё".encode(), b"\xd1"), ("not-utf-8", None)),
        (b"[" * 400_000, ("nested-too-deeply", "")),
        (b'{"a":' * 100_000, ("nested-too-deeply", "")),
        (b'{"version": NaN}', ("not-json", "NaN")),
        (b'{"version": -Infinity}', ("not-json", "-Infinity")),
    ],
)
def test_bytes_that_are_no_json_in_utf_8_are_refused_as_a_whole(content, problem):
    (found,) = refused(content)

    assert (found.code, found.place) == (problem[0], "$")
    assert problem[1] in (None, found.got)


@pytest.mark.parametrize("content", [b"null", b"7", b'"text"', b"[]", b"9" * 100_000, b"1e999"])
def test_a_file_is_an_object(content):
    assert [(one.code, one.place, one.expected) for one in refused(content)] == [("wrong-type", "$", "object")]


def test_a_key_that_stands_twice_is_found_where_it_stands():
    content = TEXT.replace('"rank": 4,', '"rank": 4, "rank": 0,', 1).replace('"slug":', '"slug": {}, "slug":', 1)

    assert refused(content.encode()) == [
        FileProblem("repeated-key", "$.slug", "slug"),
        FileProblem("repeated-key", "$.questions[0].options[0].rank", "rank"),
    ]


def test_a_source_that_stands_twice_under_one_key_is_found():
    content = TEXT.replace('"references": {\n', '"references": {\n  "NHS-LC": {},\n', 1)

    assert refused(content.encode()) == [FileProblem("repeated-key", "$.references.NHS-LC", "NHS-LC")]


@pytest.mark.parametrize("rank", ["4", True, False, 4.0, None, [4], {"rank": 4}])
def test_a_rank_is_a_whole_number_and_nothing_else(rank):
    (found,) = refused(changed(lambda plain: first(plain).update(rank=rank)))

    assert (found.code, found.place) == ("wrong-type", "$.questions[0].options[0].rank")
    assert found.expected == "whole number"


@pytest.mark.parametrize("rank", [-1, 5, 10**18, 10**15])
def test_a_rank_is_one_of_five(rank):
    assert refused(changed(lambda plain: first(plain).update(rank=rank))) == [
        FileProblem("out-of-range", "$.questions[0].options[0].rank", str(rank), "0–4")
    ]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda one: first(one).update(exclusive=0), ("wrong-type", "options[0].exclusive", "0", "true or false")),
        (lambda one: first(one).update(exclusive="no"), (
            "wrong-type", "options[0].exclusive", "no", "true or false",
        )),
        (lambda one: first(one).update(text="Потеря сознания"), (
            "wrong-type", "options[0].text", "Потеря сознания", "object",
        )),
        (lambda one: first(one)["text"].update(en=None), ("wrong-type", "options[0].text.en", "null", "text")),
        (lambda one: first(one)["text"].update(en=["x"]), ("wrong-type", "options[0].text.en", "list", "text")),
        (lambda one: first(one)["text"].pop("en"), ("missing-field", "options[0].text.en", "", "")),
        (lambda one: first(one)["text"].update(de="Ja"), ("unknown-field", "options[0].text.de", "de", "ru, en")),
        (lambda one: first(one).update(score=3), (
            "unknown-field", "options[0].score", "score", "id, rank, exclusive, text, references, points_to",
        )),
        (lambda one: first(one).pop("exclusive"), ("missing-field", "options[0].exclusive", "", "")),
        (lambda one: first(one).update(references="NHS-SZ"), (
            "wrong-type", "options[0].references", "NHS-SZ", "list",
        )),
        (lambda one: first(one).update(references=[7]), ("wrong-type", "options[0].references[0]", "7", "text")),
        (lambda one: first(one).update(id="x" * 61), ("too-long", "options[0].id", "x" * 59 + "…", "60")),
    ],
)  # fmt: skip
def test_a_part_of_the_wrong_shape_is_found_where_it_stands(change, problem):
    code, place, got, expected = problem

    assert refused(changed(change)) == [FileProblem(code, f"$.questions[0].{place}", got, expected)]


@pytest.mark.parametrize(
    ("change", "place", "expected"),
    [
        (lambda one: one.update(id="16BC0D4B-C3BC-5B4F-8CDD-CFE19EF9A543"), "id",
         "16bc0d4b-c3bc-5b4f-8cdd-cfe19ef9a543"),
        (lambda one: one.update(version="1.0"), "version", "1.0.0"),
        (lambda one: one.update(version="1.0.0\n"), "version", "1.0.0"),
        (lambda one: one.update(version="١.٠.٠"), "version", "1.0.0"),
        (lambda one: one["services"][0].update(number="103; 112"), "services[0].number", "103"),
        (lambda one: one["services"][0].update(country="ru"), "services[0].country", "RU"),
        (lambda one: one["references"]["NHS-LC"].update(issued="2012-13"), "references[NHS-LC].issued",
         "2012, 2012-08, 2012-08-15"),
        (lambda one: one["references"]["NHS-LC"].update(doi="https://doi.org/10.1/x"), "references[NHS-LC].doi",
         "10.1000/xyz"),
        (lambda one: one["references"].update({"": one["references"].pop("NHS-LC")}), "references[…]", "NHS-LC"),
        (lambda one: one.update(slug={"ru": "Судорога", "en": "leg-cramp-triage"}), "slug.ru", "leg-cramps"),
        (lambda one: one.update(slug={"ru": "leg--cramp", "en": "leg-cramp-triage"}), "slug.ru", "leg-cramps"),
    ],
)  # fmt: skip
def test_what_is_written_otherwise_than_it_must_be_is_refused_with_an_example(change, place, expected):
    found = refused(changed(change))

    assert ("wrong-form", f"$.{place}", expected) in [(one.code, one.place, one.expected) for one in found]


@pytest.mark.parametrize(
    ("change", "place", "choice"),
    [
        (lambda one: one.update(format="triage-protocol/2"), "format", "triage-protocol/1"),
        (lambda one: one["questions"][0].update(kind="Multi"), "questions[0].kind", "multi, single"),
        (lambda one: one["levels"][0].update(id="ambulance"), "levels[0].id",
         "appointment_days, appointment_weeks, emergency, same_day, self_care"),
    ],
)  # fmt: skip
def test_where_there_is_a_choice_the_choice_is_named(change, place, choice):
    (found,) = refused(changed(change))

    assert (found.code, found.place) == ("not-one-of", f"$.{place}")
    assert sorted(found.expected.split(", ")) == choice.split(", ")


def test_every_fault_of_the_shape_is_told_at_once():
    def spoil(plain: dict) -> None:
        del plain["scope"]
        plain["author"] = "?"
        first(plain)["rank"] = "4"
        plain["rules"][5]["when"] = "leg.sore"

    assert [(one.code, one.place) for one in refused(changed(spoil))] == [
        ("unknown-field", "$.author"),
        ("missing-field", "$.scope"),
        ("wrong-type", "$.questions[0].options[0].rank"),
        ("wrong-type", "$.rules[5].when"),
    ]


def test_lists_longer_than_anybody_needs_are_not_looked_into():
    assert refused(changed(lambda plain: plain["rules"][0].update(when=["leg.sore"] * 50_000))) == [
        FileProblem("too-many", "$.rules[0].when", "50000", "10")
    ]
    assert refused(changed(lambda plain: plain["references"].update({f"k{n}": 0 for n in range(1000)}))) == [
        FileProblem("too-many", "$.references", str(len(json.loads(TEXT)["references"]) + 1000), "300")
    ]
