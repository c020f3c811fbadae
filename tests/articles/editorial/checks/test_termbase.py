"""The glossary in texts: forms to avoid in every case, and terms that the translation lost."""

from articles.editorial.checks.termbase import TermWords, avoided, read_avoided, untranslated

CRAMP = TermWords("1", ("Судорога", "крампи"), (("крампи", "читатели не знают"), ("судорожный синдром", "")))
SEIZURE = TermWords("2", ("Судорожный приступ",), (("судорога", "это другое"),))


def test_a_line_gives_a_form_and_its_reason() -> None:
    assert read_avoided(["крампи — не знают; только в списке", "cast – no", "x-ray"]) == (
        ("крампи", "не знают; только в списке"),
        ("cast", "no"),
        ("x-ray", ""),
    )
    assert read_avoided(["", "   "]) == ()


def test_a_form_is_found_in_every_case_and_says_what_to_write_instead() -> None:
    text = "При судорожном синдроме и крампи."
    found = list(avoided(text, "ru", [CRAMP]))
    assert sorted(one.phrase for one in found) == ["крампи", "судорожном синдроме"]
    assert all(dict(one.params)["better"] == "Судорога" and text[one.start : one.end] == one.phrase for one in found)


def test_the_right_word_for_another_thing_is_not_forbidden() -> None:
    assert list(avoided("Судороги в ногах.", "ru", [CRAMP, SEIZURE])) == []
    assert [one.phrase for one in avoided("Судороги в ногах.", "ru", [SEIZURE])] == ["Судороги"]


def test_a_part_of_a_word_is_no_form() -> None:
    assert list(avoided("Скрампился.", "ru", [CRAMP])) == []


def test_a_term_without_its_counterpart_is_found_in_either_direction() -> None:
    pair = (SEIZURE, TermWords("2", ("Seizure", "fit")))
    text = "После судорожного приступа человек устаёт."
    (one,) = untranslated(text, "ru", "Afterwards people are tired.", "en", [pair])
    assert dict(one.params) == {"term": "Судорожный приступ", "counterpart": "Seizure"}
    assert list(untranslated(text, "ru", "After a fit people are tired.", "en", [pair])) == []
    assert list(untranslated(text, "ru", "Afterwards.", "en", [pair], linked={"2"})) == []
    assert list(untranslated("После отдыха.", "ru", "After rest.", "en", [pair])) == []
    assert [one.code for one in untranslated("A seizure.", "en", "Это.", "ru", [pair[::-1]])] == ["term-missing"]


def test_a_term_that_is_named_in_one_language_only_asks_for_nothing() -> None:
    assert list(untranslated("Судорожный приступ.", "ru", "It.", "en", [(SEIZURE, TermWords("2", ()))])) == []
    assert list(untranslated("It.", "en", "Судорога.", "ru", [(TermWords("2", ()), SEIZURE)])) == []
