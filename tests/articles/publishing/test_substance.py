"""What a signature covers: nothing that readers act on may change under it, and the table alone says what may."""

import copy
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.editions.document import Document
from articles.editions.kinds import kind
from articles.editions.store import Part
from articles.editions.value import digest, plain
from articles.publishing.covering import as_signed
from articles.publishing.substance import NOT_VOIDING, holds, substance, waiting
from tests.factories.documents import a_person, a_source

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "documents").glob("*.json"))

# Written down apart from the table, so that nobody widens it in passing: class and field that may differ in part.
MAY_DIFFER = {
    ("ItemDocument", "schema"),
    ("Source", "url"),
    ("Source", "accessed_on"),
    ("Organisation", "url"),
    ("Person", "post"),
    ("Picture", "licence_url"),
    ("Picture", "source_url"),
}
_FIELDS = {name for _kind, name in MAY_DIFFER}


def read(found: dict[str, Any]) -> Document:
    return msgspec.convert(found, kind(found["kind"]).document)


def example(name: str) -> dict[str, Any]:
    path = next(path for path in EXAMPLES if path.name == f"{name}.json")
    return json.loads(path.read_bytes())


def covers(before: Document, after: Document, moves: Any = ()) -> bool:
    return holds(as_signed(substance(before)), substance(after), moves)


def leaves(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The places of everything in a document that is a value by itself, and of every list and optional object."""
    found = [at] if at else []
    if isinstance(value, dict):
        for key, one in value.items():
            found += leaves(one, (*at, key))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            found += leaves(one, (*at, number))
    return found


def changed(found: dict[str, Any], at: tuple[Any, ...], how: str) -> dict[str, Any]:
    """The document with one place changed: a word more, another number, an entry gone, doubled or moved."""
    made = copy.deepcopy(found)
    holder: Any = made
    for key in at[:-1]:
        holder = holder[key]
    old = holder[at[-1]]
    if how == "gone" and isinstance(holder, list):
        del holder[at[-1]]
    elif how == "twice" and isinstance(holder, list):
        holder.insert(at[-1], copy.deepcopy(old))
    elif how == "moved" and isinstance(holder, list):
        holder.insert(0, holder.pop(at[-1]))
    elif isinstance(old, bool):
        holder[at[-1]] = not old
    elif isinstance(old, str):
        holder[at[-1]] = {"gone": "", "twice": f"{old} not", "moved": old[:-1]}[how]
    elif isinstance(old, int):
        holder[at[-1]] = old + 1
    return made


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_whatever_changes_takes_the_signature_back_unless_the_table_names_it(data: st.DataObject) -> None:
    found = json.loads(data.draw(st.sampled_from(EXAMPLES)).read_bytes())
    at = data.draw(st.sampled_from(leaves(found)))
    made = changed(found, at, data.draw(st.sampled_from(["gone", "twice", "moved"])))
    before = read(found)
    try:
        after = read(made)
    except (msgspec.ValidationError, KeyError):
        return

    if digest(before) == digest(after):
        assert covers(before, after)
    elif at[-1] in _FIELDS:
        # What of it counts is said below, field by field.
        return
    elif "sources" in at and sorted(map(str, plain(before)["sources"])) == sorted(map(str, plain(after)["sources"])):
        assert covers(before, after) == ({**plain(before), "sources": 0} == {**plain(after), "sources": 0})
    else:
        assert not covers(before, after), at


def test_the_table_is_what_was_agreed_and_gives_its_reasons() -> None:
    assert {(one.__name__, name) for one, name in NOT_VOIDING} == MAY_DIFFER
    assert all(len(left.because) > 20 for left in NOT_VOIDING.values())


URLS = [
    ("http://www.who.int/old", "https://who.int/new/page?x=1", True),
    ("https://who.int/old", "https://who.int.evil.test/old", False),
    ("https://who.int/old", "https://who.int@evil.test/old", False),
    ("https://who.int/old", "https://who.int:8443/old", False),
    ("https://who.int/old", "", False),
    ("", "https://who.int/old", False),
    ("https://doi.org/10.1/a", "https://doi.org/10.1/b", False),
    ("https://web.archive.org/a", "https://web.archive.org/b", False),
    ("https://[broken", "https://[broken/other", False),
]


@pytest.mark.parametrize(("before", "after", "is_covered"), URLS)
def test_a_source_may_move_within_its_site_and_nowhere_else(before: str, after: str, is_covered: bool) -> None:
    assert covers(*(with_source(url=url) for url in (before, after))) is is_covered


@pytest.mark.parametrize(
    ("fields", "is_covered"),
    [
        ({"issued": "2012"}, True),
        ({"issued": "", "doi": "", "pmid": ""}, False),
        ({"issued": "", "doi": "10.1/x"}, True),
    ],
)
def test_the_day_of_the_last_look_counts_where_it_alone_says_which_state_of_a_page_is_meant(
    fields: dict[str, str], is_covered: bool
) -> None:
    days = ("2026-01-01", "2026-11-01")
    assert covers(*(with_source(accessed_on=day, **fields) for day in days)) is is_covered


@pytest.mark.parametrize(
    ("before", "after", "is_covered"),
    [
        ("врач-терапевт отделения «Надёжда»", 'Врач терапевт отделения "Надежда"', True),
        ("врач", "главный врач", False),
        ("заведующий отделением № 1", "заведующий отделением № 2", False),
        ("physician", "former physician", False),
        ("врач", "", False),
    ],
)
def test_of_a_post_the_spelling_may_change_and_no_word(before: str, after: str, is_covered: bool) -> None:
    assert covers(*(with_person(post=post) for post in (before, after))) is is_covered


def test_the_file_of_a_picture_counts_and_where_its_licence_is_read_does_not() -> None:
    found = example("figure.en")
    picture = found["blocks"][0]["picture"]
    elsewhere = copy.deepcopy(found)
    elsewhere["blocks"][0]["picture"]["licence_url"] = "https://licences.test/other"
    another = copy.deepcopy(found)
    another["blocks"][0]["picture"]["renditions"][0]["path"] = f"x{picture['renditions'][0]['path'][1:]}"

    assert covers(read(found), read(elsewhere))
    assert not covers(read(found), read(another))


def test_one_confirmed_difference_leads_on_and_no_other_does() -> None:
    first, second, third = (with_person(post=post) for post in ("врач", "главный врач", "директор"))
    part = Part("expert", a_person().id)
    digests = [substance(one).parts[part] for one in (first, second, third)]

    assert waiting(as_signed(substance(first)), substance(second), ()) == [(part, digests[0], digests[1])]
    assert covers(first, second, [(part, digests[0], digests[1])])
    assert covers(first, third, [(part, digests[0], digests[1]), (part, digests[1], digests[2])])
    assert not covers(second, first, [(part, digests[0], digests[1])])
    assert not covers(first, third, [(part, digests[1], digests[2])])
    assert not covers(first, second, [(Part("expert", a_source().id), digests[0], digests[1])])
    assert not covers(first, second, [(part, digests[0], digests[2])])


def test_a_change_beside_the_part_is_not_confirmed_with_it() -> None:
    first, second = with_person(post="врач"), with_person(post="главный врач")
    part = Part("expert", a_person().id)
    moves = [(part, substance(first).parts[part], substance(second).parts[part])]
    reworded = msgspec.structs.replace(second, summary=f"{second.summary} Иначе.")

    assert covers(first, second, moves)
    assert not covers(first, reworded, moves)


def test_what_a_confirmed_change_brings_into_a_box_is_confirmed_itself() -> None:
    found = example("care_box-emergency.en")
    more = copy.deepcopy(found)
    box = more["blocks"][0]["box"]
    box["services"].append(box["services"][0] | {"id": a_source().id, "number": "999"})
    before, after = substance(read(found)), substance(read(more))
    name = Part("care_box", box["id"])
    of_the_box = (name, before.parts[name], after.parts[name])
    service = Part("care_service", a_source().id)

    assert not covers(read(found), read(more), [of_the_box])
    assert waiting(as_signed(before), after, [of_the_box]) == [(service, "", after.parts[service])]
    assert covers(read(found), read(more), [of_the_box, (service, "", after.parts[service])])


def test_a_part_in_two_wordings_is_neither_of_them() -> None:
    found = example("care_box-emergency.en")
    twice = copy.deepcopy(found)
    twice["blocks"].append(copy.deepcopy(twice["blocks"][0]))
    second = copy.deepcopy(twice)
    second["blocks"][1]["box"]["services"][0]["number"] = "999"

    assert not covers(read(twice), read(second))
    service = second["blocks"][1]["box"]["services"][0]
    alone = copy.deepcopy(found)
    alone["blocks"][0]["box"]["services"][0]["number"] = "999"
    part = Part("care_service", service["id"])
    move = (part, substance(read(found)).parts[part], substance(read(alone)).parts[part])
    assert not covers(read(twice), read(second), [move])


def test_a_signature_without_a_frame_stands_for_the_bytes_alone() -> None:
    first, moved = with_source(url="https://who.int/old"), with_source(url="https://who.int/new")
    old = msgspec.structs.replace(first)
    bare = as_signed(substance(old)).__class__(digest(old), "", {})

    assert holds(bare, substance(first), ())
    assert not holds(bare, substance(moved), ())


def with_source(**fields: str) -> Document:
    found = example("text.ru")
    found["sources"] = [one | fields for one in found["sources"]]
    return read(found)


def with_person(**fields: str) -> Document:
    found = example("quote-verbatim.ru")
    speaker = found["blocks"][0]["quote"]["speaker"]
    found["blocks"][0]["quote"]["speaker"] = speaker | fields | {"id": a_person().id}
    return read(found)
