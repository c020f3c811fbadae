from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.canonical.languages import LANGUAGES, Language
from tests.factories.triage import bundled
from tests.triage.engine.strategies import protocols, questions
from triage.engine.comparing import EFFECTS, Difference, compare
from triage.engine.protocol import Protocol, logic

BEFORE = {language: bundled(language) for language in LANGUAGES}


def changed(change: Callable[[dict], object], *languages: Language) -> dict[Language, Protocol]:
    """The bundled protocol with a change to its plain data, in both languages if none is named."""
    after = {}
    for language in LANGUAGES:
        plain = msgspec.to_builtins(bundled(language))
        if not languages or language in languages:
            change(plain)
        after[language] = msgspec.convert(plain, Protocol)
    return after


def found(change: Callable[[dict], object], *languages: Language) -> list[tuple]:
    return [
        (one.code, one.effect, one.part, one.id, one.before, one.after)
        for one in compare(BEFORE, changed(change, *languages))
    ]


def set_(place: dict, **fields: object) -> None:
    place.update(fields)


def test_two_equal_versions_differ_in_nothing():
    assert compare(BEFORE, changed(lambda plain: None)) == []


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        (lambda one: set_(one["questions"][0]["options"][1], rank=2),
         ("rank-lowered", "milder", "option", "danger.loc_past", 3, 2)),
        (lambda one: set_(one["questions"][0]["options"][1], rank=4),
         ("rank-raised", "graver", "option", "danger.loc_past", 3, 4)),
        (lambda one: set_(one["rules"][0], rank=3), ("rank-lowered", "milder", "rule", "K01", 4, 3)),
        (lambda one: one["rules"].pop(0),
         ("removed", "milder", "rule", "K01", ("background.neck_op", "feel.mouth_hands"), None)),
        (lambda one: one["rules"].append({**one["rules"][0], "id": "K18"}),
         ("added", "graver", "rule", "K18", None, ("background.neck_op", "feel.mouth_hands"))),
        (lambda one: one["rules"][0]["when"].append("leg.sore"),
         ("answers", "milder", "rule", "K01", ("background.neck_op", "feel.mouth_hands"),
          ("background.neck_op", "feel.mouth_hands", "leg.sore"))),
        (lambda one: one["rules"][0]["when"].pop(),
         ("answers", "graver", "rule", "K01", ("background.neck_op", "feel.mouth_hands"), ("background.neck_op",))),
        (lambda one: set_(one["rules"][0], when=["background.neck_op", "feel.feet"]),
         ("answers", "milder", "rule", "K01", ("background.neck_op", "feel.mouth_hands"),
          ("background.neck_op", "feel.feet"))),
        (lambda one: one["questions"].pop(11),
         ("removed", "milder", "question", "impact", ("rare", "often", "unsure"), None)),
        (lambda one: one["questions"].append({**one["questions"][11], "id": "more"}),
         ("added", "graver", "question", "more", None, ("rare", "often", "unsure"))),
        (lambda one: set_(one["questions"][0], kind="single"),
         ("one-answer-only", "milder", "question", "danger", None, None)),
        (lambda one: set_(one["questions"][11], kind="multi"),
         ("several-answers", "graver", "question", "impact", None, None)),
        (lambda one: one["questions"][1]["options"].pop(1), ("removed", "milder", "option", "leg.tense", 4, None)),
        (lambda one: one["questions"][1]["options"].pop(5), ("removed", "graver", "option", "leg.none", 0, None)),
        (lambda one: one["questions"][8]["options"].pop(4),
         ("removed", "milder", "option", "background.clots", 0, None)),
        (lambda one: one["questions"][1]["options"].append({**one["questions"][1]["options"][0], "id": "black"}),
         ("added", "graver", "option", "leg.black", None, 4)),
        (lambda one: one["questions"][1]["options"].append({**one["questions"][1]["options"][5], "id": "fine"}),
         ("added", "milder", "option", "leg.fine", None, 0)),
        (lambda one: set_(one["questions"][1]["options"][3], exclusive=True),
         ("stands-alone", "milder", "option", "leg.sore", None, None)),
        (lambda one: set_(one["questions"][1]["options"][5], exclusive=False),
         ("stands-beside", "graver", "option", "leg.none", None, None)),
        (lambda one: one["levels"].pop(1), ("removed", "milder", "level", "same_day", None, None)),
        (lambda one: one["levels"][0]["first_aid"].pop(0),
         ("removed", "milder", "first_aid", "emergency[0]", ("danger.loc_now", "danger.jerks"), None)),
        (lambda one: one["levels"][0]["first_aid"].append({"when": ["danger.jaw"], "text": "Сразу", "references": []}),
         ("added", "graver", "first_aid", "emergency[2]", None, ("danger.jaw",))),
        (lambda one: one["levels"][0]["first_aid"][0]["when"].append("danger.jaw"),
         ("answers", "graver", "first_aid", "emergency[0]", ("danger.loc_now", "danger.jerks"),
          ("danger.loc_now", "danger.jerks", "danger.jaw"))),
        (lambda one: one["levels"][0]["first_aid"].reverse(),
         ("reordered", "other", "level", "emergency", None, None)),
        (lambda one: set_(one, expires_on="2028-11-22"),
         ("last-day", "other", "protocol", "", "2027-11-22", "2028-11-22")),
        (lambda one: set_(one, version="1.0.0"), ("version", "other", "protocol", "", "0.2.0-draft", "1.0.0")),
        (lambda one: set_(one["rules"][0], references=[]),
         ("sources", "sources", "rule", "K01", tuple(bundled().rules[0].references), ())),
    ],
)  # fmt: skip
def test_a_change_is_found_once_for_both_languages_with_what_it_does(change, difference):
    assert found(change) == [difference]


def test_an_answer_that_moves_is_a_change_of_order_and_of_nothing_else():
    def move(plain: dict) -> None:
        options = plain["questions"][11]["options"]
        options.append(options.pop(0))

    assert found(move) == [
        ("reordered", "other", "question", "impact", ("rare", "often", "unsure"), ("often", "unsure", "rare"))
    ]


def test_what_comes_or_goes_moves_nothing():
    def put_first(plain: dict) -> None:
        plain["rules"].insert(0, {**plain["rules"][0], "id": "K00"})
        plain["questions"][1]["options"].pop(0)

    assert [one[0] for one in found(put_first)] == ["removed", "added"]


def test_words_are_compared_in_each_language_by_itself():
    (one,) = compare(BEFORE, changed(lambda plain: set_(plain["levels"][1], title="See a doctor now"), "en"))

    assert one == Difference(
        "words",
        "wording",
        "level",
        "same_day",
        "Get medical help today",
        "See a doctor now",
        inside="title",
        language="en",
        texts=(("ru", "Обратитесь к врачу сегодня"), ("en", "See a doctor now")),
    )
    assert not one.is_logic


def test_every_text_is_compared():
    def reword(plain: dict) -> None:
        plain["danger"] += "!"
        plain["questions"][0]["text"] += "!"
        plain["questions"][11]["exclusive_because"] += "!"
        plain["questions"][0]["options"][0]["text"] += "!"
        plain["rules"][0]["text"] += "!"
        plain["levels"][0]["text"] += "!"
        plain["levels"][0]["first_aid"][1]["text"] += "!"

    differences = compare(BEFORE, changed(reword, "ru"))

    assert {(one.code, one.effect, one.language) for one in differences} == {("words", "wording", "ru")}
    assert {(one.part, one.id, one.inside) for one in differences} == {
        ("protocol", "", "danger"),
        ("question", "danger", "text"),
        ("question", "impact", "exclusive_because"),
        ("option", "danger.loc_now", "text"),
        ("rule", "K01", "text"),
        ("level", "emergency", "text"),
        ("first_aid", "emergency[1]", "text"),
    }
    assert all(one.after == f"{one.before}!" for one in differences)


def test_what_lowers_urgency_is_told_first_and_words_last():
    def mixed(plain: dict) -> None:
        plain["danger"] += "!"
        plain["rules"][0]["references"] = []
        plain["rules"][1]["rank"] = 3
        plain["questions"][0]["options"][1]["rank"] = 4
        plain["version"] = "1.0.0"

    assert [one.effect for one in compare(BEFORE, changed(mixed, "ru", "en"))] == [
        "milder", "other", "graver", "sources", "wording", "wording",
    ]  # fmt: skip


def test_first_aid_that_moved_and_was_reworded_is_still_the_same_first_aid():
    def move(plain: dict) -> None:
        plain["levels"][0]["first_aid"].reverse()
        plain["levels"][0]["first_aid"][0]["text"] = "Ногу не греть."

    differences = compare(BEFORE, changed(move, "ru"))

    assert [(one.code, one.id, one.before) for one in differences if one.language] == [
        ("words", "emergency[0]", "Не массируйте и не грейте ногу.")
    ]


def test_a_part_is_named_by_its_words_also_when_it_is_gone():
    (one,) = compare(BEFORE, changed(lambda plain: plain["levels"][0]["first_aid"].pop(0)))

    assert one.text("en").startswith("During a seizure")
    assert one.text("ru").startswith("При судорожном приступе")


def test_a_version_in_one_language_is_compared_in_that_language():
    both = changed(lambda plain: set_(plain["rules"][1], rank=3))

    assert [one.code for one in compare({"ru": bundled("ru")}, both)] == ["rank-lowered", "language-added"]
    assert [one.code for one in compare(both, {"ru": bundled("ru")})] == ["language-removed", "rank-raised"]
    with pytest.raises(ValueError, match="no language in common"):
        compare({"ru": bundled("ru")}, {"en": bundled("en")})


def test_a_difference_in_the_logic_of_one_language_alone_is_not_overlooked():
    differences = compare(BEFORE, changed(lambda plain: set_(plain["rules"][1], rank=3), "en"))

    assert [(one.code, one.id) for one in differences] == [("rank-lowered", "K02")]


_DECIDES = {"milder", "other", "graver"}


@given(protocols(most_questions=3), protocols(most_questions=3))
def test_there_is_a_difference_in_logic_exactly_where_the_logic_differs(before, after):
    differences = compare({"ru": before}, {"ru": after})

    assert any(one.is_logic for one in differences) == (logic(before) != logic(after))
    assert {one.effect for one in differences if one.is_logic} <= _DECIDES
    assert [one.effect for one in differences] == sorted((one.effect for one in differences), key=EFFECTS.index)


@given(protocols(), st.data())
def test_what_only_raises_is_never_said_to_make_anything_milder(protocol, data):
    question = data.draw(questions("q9"))
    more = msgspec.structs.replace(protocol, questions=[*protocol.questions, question])

    assert [one.effect for one in compare({"ru": protocol}, {"ru": more})] == ["graver"]
    assert [one.effect for one in compare({"ru": more}, {"ru": protocol})] == ["milder"]
