"""What the one scorer thinks better, said case by case."""

from hypothesis import given
from hypothesis import strategies as st

from articles.search import scoring
from articles.search.entries import Entry, entry, written
from articles.search.passages import Passage, Place
from articles.search.scoring import NOTHING, Scored, Scorer, Wanted, best_stretch, telling
from articles.search.words.stems import is_stop, weighted_keys

FILLER = " ".join(["вода", "дом", "стол", "окно", "река"] * 40)


def text(*passages: tuple[Place, str]) -> Entry:
    return entry(Passage(place, words) for place, words in passages)


def wanted(query: str) -> list[Wanted]:
    words = query.lower().split()
    return [Wanted(weighted_keys(word), {"ru": 2.0}, is_small=is_stop(word)) for word in words]


def scored(query: str, made: Entry, kind: str = "article") -> Scored:
    scorer = Scorer(wanted(query), "ru")
    return scorer.score(kind, sizes=made.sizes, postings=made.postings, stretches=written(made.stretches))


def value(query: str, *passages: tuple[Place, str], kind: str = "article") -> float:
    return scored(query, text(*passages), kind).score


TITLE, NAMES, SUMMARY, HEADING, BODY = Place


def test_a_text_without_the_words_is_nothing() -> None:
    assert scored("барсук", text((TITLE, "Магний"))) == NOTHING


def test_the_title_counts_more_than_the_text() -> None:
    assert value("магний", (TITLE, "Магний"), (BODY, FILLER)) > value("магний", (TITLE, "Вода"), (BODY, "магний"))


def test_a_title_that_is_the_question_comes_before_one_that_has_it_too() -> None:
    assert value("магний", (TITLE, "Магний")) > value("магний", (TITLE, "Магний, вода, дом"))
    assert value("спазм мышц", (TITLE, "Судорога"), (NAMES, "спазм мышц")) > value(
        "спазм мышц", (TITLE, "Судорога"), (NAMES, "спазм мышц ног")
    )


def test_two_names_are_not_read_as_one() -> None:
    apart = value("спазм мышц", (TITLE, "Судорога"), (NAMES, "спазм"), (NAMES, "мышц"))
    assert apart < value("спазм мышц", (TITLE, "Судорога"), (NAMES, "спазм мышц"), (NAMES, "вода"))


def test_all_words_are_better_than_one_of_them_more_often() -> None:
    both = value("магний беременность", (TITLE, "Дом"), (BODY, f"{'магний вода ' * 3} {FILLER} {'беременность ' * 3}"))
    assert both > value("магний беременность", (TITLE, "Дом"), (BODY, f"{FILLER} {'магний ' * 10}"))


def test_words_side_by_side_are_better_than_apart_and_in_their_order_best() -> None:
    near = value("холодная нога", (BODY, f"холодная нога {FILLER}"))
    turned = value("холодная нога", (BODY, f"нога холодная {FILLER}"))
    apart = value("холодная нога", (BODY, f"холодная {FILLER} нога"))
    assert near > turned > apart


def test_words_of_two_passages_are_not_side_by_side() -> None:
    assert value("холодная нога", (BODY, "холодная"), (BODY, "нога")) < value("холодная нога", (BODY, "холодная нога"))


def test_a_word_of_the_family_is_worth_less_however_often_it_stands() -> None:
    assert value("боль", (BODY, "боль"), (TITLE, "Дом")) > 0
    family = value("боль", (TITLE, "Болит"), (BODY, "болит " * 50))
    assert family < value("боль", (TITLE, "Боль"), (BODY, "вода"))


def test_small_words_count_where_a_title_asks_with_them_and_nowhere_else() -> None:
    query = "что делать если свело"
    assert value(query, (TITLE, "Что делать, если свело ногу")) > value(query, (TITLE, "Почему свело ногу"))
    assert value(query, (TITLE, "Свело"), (BODY, "что если вот так")) == value(
        query, (TITLE, "Свело"), (BODY, "вот бы так и")
    )


def test_pages_about_the_site_come_after_texts_that_say_the_same() -> None:
    kinds = {kind: value("магний", (TITLE, "Магний"), kind=kind) for kind in ("article", "faq", "page", "unheard of")}
    assert min(kinds, key=kinds.__getitem__) == "page"
    assert kinds["unheard of"] > 0


def test_a_rare_word_is_more_telling_and_one_that_all_texts_have_says_something_too() -> None:
    assert telling(100, 1) > telling(100, 50) > telling(100, 100) > 0
    assert telling(0, 0) > 0
    assert telling(5, 9) > 0


def best(query: str, *passages: tuple[Place, str]) -> int:
    made = text(*passages)
    found = scored(query, made)
    return best_stretch(wanted(query), "ru", found, made.stretches)


def test_the_best_passage_has_most_of_the_words_and_is_the_first_of_equals() -> None:
    passages = [
        (TITLE, "Магний"),
        (SUMMARY, "Магний."),
        (BODY, "Вода."),
        (BODY, "Магний ночью."),
        (BODY, "Ночью магний."),
    ]
    assert best("магний ночью", *passages) == 3
    assert best("магний", *passages) == 1


def test_where_only_the_title_has_the_words_no_passage_is_better() -> None:
    assert best("магний", (TITLE, "Магний"), (BODY, "Вода.")) == 0


PLACES = st.dictionaries(st.integers(0, 60), st.sampled_from([1.0, 0.7, 0.5]), min_size=1, max_size=12)


@given(PLACES, PLACES)
def test_how_near_words_stand_is_told_as_by_looking_at_every_pair(
    first: dict[int, float], second: dict[int, float]
) -> None:
    pairs = [
        (1.0 if at < there else 0.8) * min(worth, second[there]) / abs(there - at)
        for at, worth in first.items()
        for there in second
        if 0 < abs(there - at) <= 8
    ]
    assert scoring._nearest(first, second) == max(pairs, default=0.0)


@given(PLACES)
def test_the_best_share_of_what_a_word_reaches_counts(places: dict[int, float]) -> None:
    counts = scoring.shares([3, 2, 10, 5, 100])
    reached = [
        weight * scoring.impact([at for at, worth in places.items() if worth >= weight], counts)
        for weight in places.values()
    ]
    assert scoring._reached(places, counts) == max(reached)


@given(st.lists(st.integers(0, 3000), min_size=5, max_size=5))
def test_what_a_mention_counts_is_told_place_by_place(sizes: list[int]) -> None:
    assert list(map(scoring._share, range(5), sizes)) == scoring.shares(sizes)
