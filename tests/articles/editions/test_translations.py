"""Two languages are honest about each other, part by part."""

from articles.editions.envelope import TranslationOf
from articles.editions.translations import PartState, TranslationState, Wording, states

FIRST = Wording({"head": "h1", "a": "a1", "b": "b1"}, "first")
IN_STEP = TranslationState("in_step", "", [])


def agreed(**parts: str) -> TranslationOf:
    return TranslationOf("ru", parts)


def test_languages_are_in_step_when_every_part_was_confirmed_against_the_live_wording():
    translation = Wording({"head": "H", "a": "A", "b": "B"}, "first")

    assert states([FIRST], translation, agreed(head="h1", a="a1", b="b1")) == (IN_STEP, IN_STEP)


def test_a_part_that_nobody_confirmed_is_behind():
    translation = Wording({"head": "H", "a": "A", "b": "B"}, "first")

    original, translated = states([FIRST], translation, agreed(head="h1", a="a1"))

    assert translated == TranslationState("behind", "first", [PartState("b", "behind", "first")])
    assert original == TranslationState("ahead", "", [PartState("b", "ahead", "")])


def test_a_translation_is_behind_by_the_worst_of_the_changes_that_touched_the_part():
    history = [
        FIRST,
        Wording({"head": "h1", "a": "a2", "b": "b1"}, "safety"),
        Wording({"head": "h1", "a": "a3", "b": "b1"}, "wording"),
        Wording({"head": "h1", "a": "a3", "b": "b2"}, "advice"),
    ]
    translation = Wording({"head": "H", "a": "A", "b": "B"}, "first")

    _, translated = states(history, translation, agreed(head="h1", a="a1", b="b1"))

    assert translated == TranslationState(
        "behind", "safety", [PartState("a", "behind", "safety"), PartState("b", "behind", "advice")]
    )


def test_a_later_confirmation_counts_only_what_came_after_it():
    history = [
        FIRST,
        Wording({"head": "h1", "a": "a2", "b": "b1"}, "safety"),
        Wording({"head": "h1", "a": "a3", "b": "b1"}, "wording"),
    ]
    translation = Wording({"head": "H", "a": "A", "b": "B"}, "first")

    _, translated = states(history, translation, agreed(head="h1", a="a2", b="b1"))

    assert translated.lacks == "wording"


def test_a_new_block_of_the_original_is_missing_in_the_translation():
    history = [FIRST, Wording({"head": "h1", "a": "a1", "b": "b1", "c": "c1"}, "advice")]
    translation = Wording({"head": "H", "a": "A", "b": "B"}, "first")

    original, translated = states(history, translation, agreed(head="h1", a="a1", b="b1"))

    assert translated == TranslationState("behind", "advice", [PartState("c", "missing", "advice")])
    assert original == TranslationState("ahead", "", [PartState("c", "ahead", "")])


def test_a_block_that_only_the_translation_has_is_missing_in_the_original():
    translation = Wording({"head": "H", "a": "A", "b": "B", "x": "X"}, "update")

    original, translated = states([FIRST], translation, agreed(head="h1", a="a1", b="b1"))

    assert original == TranslationState("behind", "update", [PartState("x", "missing", "update")])
    assert translated == TranslationState("ahead", "", [PartState("x", "ahead", "")])


def test_a_translation_confirmed_against_a_wording_that_is_not_live_yet_is_ahead():
    translation = Wording({"head": "H", "a": "A2", "b": "B"}, "correction")

    original, translated = states([FIRST], translation, agreed(head="h1", a="a2-draft", b="b1"))

    assert translated.state == "ahead"
    assert original == TranslationState("behind", "correction", [PartState("a", "behind", "correction")])


def test_a_wording_that_was_restored_is_in_step_with_its_old_confirmation():
    history = [FIRST, Wording({"head": "h1", "a": "a2", "b": "b1"}, "update"), FIRST]
    translation = Wording({"head": "H", "a": "A", "b": "B"}, "first")

    assert states(history, translation, agreed(head="h1", a="a1", b="b1")) == (IN_STEP, IN_STEP)


def test_what_the_original_said_after_a_confirmation_against_words_that_never_came_out_was_not_followed():
    history = [FIRST, Wording({"head": "h1", "a": "a3", "b": "b1"}, "safety")]
    translation = Wording({"head": "H", "a": "A", "b": "B"}, "update")

    waiting = states(history, translation, agreed(head="h1", a="a2", b="b1"), seen={"a": 2})
    overtaken = states(history, translation, agreed(head="h1", a="a2", b="b1"), seen={"a": 1})
    before_any = states(history, translation, agreed(head="h1", a="a2", b="b1"), seen={"a": 0})

    assert waiting[1] == TranslationState("ahead", "", [PartState("a", "ahead", "")])
    assert overtaken[1] == TranslationState("behind", "safety", [PartState("a", "behind", "safety")])
    assert before_any[1] == overtaken[1]
