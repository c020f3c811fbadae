"""How much a text is about a word: titles above headings above running text, rare mentions below many."""

from articles.search.entries import SPAN, entry, positions
from articles.search.impacts import LEVELS, impact, levels, shares
from articles.search.passages import Passage, Place

USUAL = (4, 3, 20, 10, 400)


def reached(place: Place, times: int = 1, sizes: tuple[int, ...] = USUAL) -> float:
    return impact([place * SPAN + number for number in range(times)], shares(sizes))


def test_a_title_says_most_and_running_text_least() -> None:
    by_place = {place: reached(place) for place in Place}
    assert max(by_place, key=by_place.__getitem__) == Place.TITLE
    assert min(by_place, key=by_place.__getitem__) == Place.BODY


def test_more_mentions_count_more_and_never_reach_one() -> None:
    several = [reached(Place.BODY, times) for times in (1, 2, 5, 50, 5000)]
    assert several == sorted(set(several))
    assert several[-1] < 1


def test_a_mention_in_a_long_text_says_less() -> None:
    assert reached(Place.BODY, sizes=(4, 0, 20, 10, 4000)) < reached(Place.BODY)
    assert reached(Place.TITLE, sizes=(12, 0, 20, 10, 400)) < reached(Place.TITLE)


def test_a_text_without_a_word_is_measured_too() -> None:
    assert shares((0, 0, 0, 0, 0))[Place.TITLE] > 0
    assert impact([], shares(USUAL)) == 0


def test_every_key_is_in_one_class_and_a_word_of_the_title_in_a_better_one() -> None:
    found = levels(entry([Passage(Place.TITLE, "Магний"), Passage(Place.BODY, "Кальций упомянут один раз.")]))
    assert list(found) == list(LEVELS)
    held = [key for keys in found.values() for key in keys]
    assert len(held) == len(set(held))
    where = {key: level for level, keys in found.items() for key in keys}
    assert where["магний"] < where["кальций"]


def test_classes_are_worth_less_one_by_one_and_are_near_to_the_impact_itself() -> None:
    assert list(LEVELS.values()) == sorted(LEVELS.values(), reverse=True)
    made = entry([Passage(Place.TITLE, "Магний и дом"), Passage(Place.BODY, "кальций " * 9 + "вода " * 3 + "хинин")])
    for level, keys in levels(made).items():
        for key in keys:
            assert abs(impact(positions(made.postings, key), shares(made.sizes)) - LEVELS[level]) <= 1 / 32


def test_a_word_that_is_a_whole_title_or_name_is_in_the_first_class() -> None:
    names = [Passage(Place.TITLE, "О магнии"), Passage(Place.NAMES, "кальций"), Passage(Place.NAMES, "белый хинин")]
    first = levels(entry([*names, Passage(Place.BODY, "вода")]))["a"]
    assert {"магний", "кальций"} <= set(first)
    assert not {"белый", "хинин", "вода"} & set(first)
