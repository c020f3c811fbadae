import json
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.triage import BUNDLED, bundled_file
from triage.engine.exchange import (
    LARGEST_BYTES,
    FileProblem,
    FileRefusedError,
    ProtocolFile,
    both,
    read_file,
    write_file,
)
from triage.engine.faults import faults
from triage.engine.protocol import logic_digest

PLAIN = json.loads(BUNDLED.read_bytes())


def changed(change: Callable[[dict], object]) -> bytes:
    """The bundled file with a change to its plain data."""
    plain = json.loads(BUNDLED.read_bytes())
    change(plain)
    return json.dumps(plain, ensure_ascii=False).encode("utf-8", "surrogatepass")


def refused(content: bytes) -> list[FileProblem]:
    with pytest.raises(FileRefusedError) as refusal:
        read_file(content)
    return refusal.value.problems


def problems(content: bytes) -> list[tuple[str, str]]:
    return [(problem.code, problem.place) for problem in refused(content)]


def test_the_bundled_file_is_read_and_both_its_languages_decide_alike():
    protocols = both(read_file(BUNDLED.read_bytes()))

    assert {len(protocol.questions) for protocol in protocols.values()} == {12}
    assert len({logic_digest(protocol) for protocol in protocols.values()}) == 1
    assert [faults(protocol) for protocol in protocols.values()] == [[], []]


def test_a_file_that_is_written_and_read_is_the_same_file():
    file = bundled_file()

    assert read_file(write_file(file)) == file
    assert write_file(read_file(write_file(file))) == write_file(file)


def test_the_same_protocol_is_written_in_the_same_bytes_whatever_the_order_of_its_sources():
    file = bundled_file()
    turned = msgspec.structs.replace(file, references=dict(reversed(file.references.items())))

    assert turned == file
    assert write_file(turned) == write_file(file)


def test_a_file_keeps_russian_words_readable():
    assert "Судорога в ноге: нужен ли врач и как скоро".encode() in write_file(bundled_file())


def first_option(plain: dict) -> dict:
    return plain["questions"][0]["options"][0]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        # Ids that are there twice.
        (lambda one: one["questions"].append(one["questions"][11]), [("repeated-id", "$.questions[12].id")]),
        (lambda one: one["questions"][11]["options"].append(one["questions"][11]["options"][1]), [
            ("repeated-id", "$.questions[11].options[3].id"),
        ]),
        (lambda one: one["rules"].append(one["rules"][0]), [("repeated-id", "$.rules[17].id")]),
        (lambda one: one["levels"].__setitem__(1, one["levels"][0]), [
            ("repeated-id", "$.levels[1].id"),
            ("level-missing", "$.levels"),
        ]),
        (lambda one: one["services"].append(one["services"][0]), [("repeated-id", "$.services[8].id")]),
        (lambda one: one["references"].update(COPY=one["references"]["NHS-LC"]), [
            ("repeated-id", "$.references[COPY].id"),
        ]),
        # Rules that lead nowhere, or to themselves.
        (lambda one: one["rules"][3].update(when=["K04", "leg.sore"]), [("names-a-rule", "$.rules[3].when[0]")]),
        (lambda one: one["rules"][3].update(when=["K01", "K02"]), [
            ("names-a-rule", "$.rules[3].when[0]"),
            ("names-a-rule", "$.rules[3].when[1]"),
        ]),
        (lambda one: one["rules"][3].update(when=["leg.wooden"]), [("unknown-answer", "$.rules[3].when[0]")]),
        (lambda one: one["rules"][3].update(when=["leg.sore", "leg.sore"]), [
            ("repeated-answer", "$.rules[3].when[1]"),
        ]),
        (lambda one: one["rules"][3].update(when=[]), [("no-answers", "$.rules[3].when")]),
        (lambda one: one["levels"][0]["first_aid"][1].update(when=["leg.wooden"]), [
            ("unknown-answer", "$.levels[0].first_aid[1].when[0]"),
        ]),
        (lambda one: one["levels"][1].update(first_aid=one["levels"][0]["first_aid"][1:]), [
            ("first-aid-not-for-emergencies", "$.levels[1].first_aid[0]"),
        ]),
        (lambda one: one["levels"].pop(2), [("level-missing", "$.levels")]),
        (lambda one: one["questions"][11].update(options=[]), [("no-options", "$.questions[11].options")]),
        (lambda one: one["questions"][11].update(id="Impact"), [("not-an-id", "$.questions[11].id")]),
        (lambda one: one["questions"][11].update(id="impact\n"), [("not-an-id", "$.questions[11].id")]),
        (lambda one: first_option(one).update(id="danger.loc_now"), [
            ("not-an-id", "$.questions[0].options[0].id"),
            ("unknown-answer", "$.levels[0].first_aid[0].when[0]"),
        ]),
        # Sources.
        (lambda one: first_option(one).update(references=["NHS-99"]), [
            ("unknown-reference", "$.questions[0].options[0].references[0]"),
        ]),
        (lambda one: first_option(one).update(references=["NHS-SZ", "NHS-SZ"]), [
            ("repeated-reference", "$.questions[0].options[0].references[1]"),
        ]),
        (lambda one: one["references"]["NHS-LC"].update(url="javascript:alert(1)"), [
            ("not-an-address", "$.references[NHS-LC].url"),
        ]),
        (lambda one: one["references"]["NHS-LC"].update(archive_url="https://a@b/"), [
            ("not-an-address", "$.references[NHS-LC].archive_url"),
        ]),
        # Days.
        (lambda one: one.update(expires_on="2027-02-30"), [("not-a-day", "$.expires_on")]),
        (lambda one: one.update(expires_on="20271122"), [("not-a-day", "$.expires_on")]),
        (lambda one: one.update(expires_on="2027-W47-1"), [("not-a-day", "$.expires_on")]),
        (lambda one: one.update(expires_on="2027-11-22\n"), [("not-a-day", "$.expires_on")]),
        (lambda one: one.update(expires_on="٢٠٢٧-١١-٢٢"), [("not-a-day", "$.expires_on")]),
        (lambda one: one.update(expires_on="2027-11-22T00:00:00Z"), [("not-a-day", "$.expires_on")]),
        (lambda one: one.update(expires_on=""), [("not-a-day", "$.expires_on")]),
        (lambda one: one["references"]["NHS-LC"].update(accessed_on="2026-13-01"), [
            ("not-a-day", "$.references[NHS-LC].accessed_on"),
        ]),
    ],
)  # fmt: skip
def test_what_a_file_says_is_refused_with_its_place(change, expected):
    assert problems(changed(change)) == expected


def test_every_problem_of_a_file_is_told_at_once():
    def spoil(plain: dict) -> None:
        plain["title"]["en"] = ""
        first_option(plain)["text"]["ru"] = "<b>Потеря сознания</b>"
        plain["rules"][0]["when"][0] = "K02"
        plain["rules"][1]["references"] = ["NOWHERE"]
        plain["expires_on"] = "soon"

    assert problems(changed(spoil)) == [
        ("blank", "$.title.en"),
        ("not-plain-text", "$.questions[0].options[0].text.ru"),
        ("names-a-rule", "$.rules[0].when[0]"),
        ("unknown-reference", "$.rules[1].references[0]"),
        ("not-a-day", "$.expires_on"),
    ]


def test_ten_thousand_questions_are_refused_without_being_looked_at_one_by_one():
    def many(plain: dict) -> None:
        small = {**plain["questions"][11], "options": [], "text": {"ru": "", "en": ""}}
        plain["questions"] = [{**small, "id": f"q{number}"} for number in range(10_000)]

    content = changed(many)
    assert refused(content[:-1] + b" " * 10 + b"}") == [
        FileProblem("too-large", "$", str(len(content) + 10), "1000000")
    ]

    def bare(plain: dict) -> None:
        plain["questions"] = [{}] * 10_000

    assert refused(changed(bare)) == [FileProblem("too-many", "$.questions", "10000", "40")]


def test_ten_megabytes_are_refused_unread():
    assert refused(b" " * 10_000_000) == [FileProblem("too-large", "$", "10000000", str(LARGEST_BYTES))]


def test_a_refusal_tells_a_hundred_problems_at_most():
    assert len(refused(json.dumps({f"field {number}": 1 for number in range(10_000)}).encode())) == 100


_junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def _spots(value: object, path: tuple = ()):
    yield path
    held = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in held:
        yield from _spots(one, (*path, key))


SPOTS = [path for path in _spots(PLAIN) if path]


@given(st.sampled_from(SPOTS), _junk)
def test_junk_in_any_place_is_refused_there_or_is_what_the_file_then_says(path, junk):
    plain = json.loads(BUNDLED.read_bytes())
    place = plain
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = junk

    try:
        file = read_file(json.dumps(plain).encode())
    except FileRefusedError as refusal:
        found = refusal.problems
        json.dumps([[problem.place, problem.got] for problem in found], ensure_ascii=False).encode()
    else:
        assert read_file(write_file(file)) == file
        assert faults(file.protocol("ru")) == faults(file.protocol("en")) == []


@given(st.sampled_from(SPOTS))
def test_a_part_that_is_taken_out_is_missed_or_was_not_needed(path):
    plain = json.loads(BUNDLED.read_bytes())
    place = plain
    for key in path[:-1]:
        place = place[key]
    del place[path[-1]]

    try:
        file = read_file(json.dumps(plain).encode())
    except FileRefusedError:
        return
    assert isinstance(file, ProtocolFile)
    assert faults(file.protocol("ru")) == []


@given(st.binary(max_size=200) | _junk.map(lambda value: json.dumps(value).encode()))
def test_bytes_that_are_no_protocol_are_always_refused(content):
    assert refused(content)


@given(st.integers(0, len(BUNDLED.read_bytes()) - 1), st.binary(min_size=1, max_size=3))
def test_a_file_that_was_damaged_on_the_way_is_refused_or_still_fit_for_deciding(at, junk):
    content = BUNDLED.read_bytes()
    try:
        file = read_file(content[:at] + junk + content[at + 1 :])
    except FileRefusedError:
        return
    assert faults(file.protocol("ru")) == []
    assert read_file(write_file(file)) == file
