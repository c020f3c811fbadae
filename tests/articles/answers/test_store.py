"""Finished answers are dropped by tag, never kept when they may be old, and take no more than they may."""

from collections.abc import Collection

from articles.answers.encoding import Whole
from articles.answers.finished import Finished
from articles.answers.store import Store


def finished(*tags: str, length: int = 1000) -> Finished:
    whole = Whole(b"x" * length, '"t"', is_packable=True, with_care=False)
    return Finished.of("page", "200 OK", [("Content-Type", "text/html")], whole, frozenset(tags))


def test_a_step_drops_what_depends_on_one_of_its_tags_and_nothing_else() -> None:
    store = Store(10**6)
    for name, tags in {"a": ("item:1", "calls:ru"), "b": ("item:2",), "c": ("item:3", "item:2")}.items():
        assert store.put(name, finished(*tags), since=store.step)

    assert set(store.touch({"item:2", "item:9"})) == {"b", "c"}
    assert [name for name in "abc" if store.get(name)] == ["a"]
    store.touch({"calls:ru"})
    assert (len(store), store.size, store._by_tag) == (0, 0, {})


def test_what_was_read_before_a_step_that_touches_it_is_not_kept() -> None:
    """The reading may have seen what was there before, and its step will not come again."""
    store = Store(10**6)
    begun = store.step
    store.touch({"item:1"})

    assert not store.put("a", finished("item:1"), since=begun)
    assert store.put("b", finished("item:2"), since=begun)
    assert store.put("a", finished("item:1"), since=store.step)


def test_what_was_read_before_everything_was_dropped_is_not_kept() -> None:
    store = Store(10**6)
    begun = store.step
    store.clear()

    assert not store.put("a", finished("item:1"), since=begun)
    assert store.put("a", finished("item:1"), since=store.step)


def test_a_reading_that_is_older_than_what_is_remembered_is_not_kept() -> None:
    store = Store(10**6)
    begun = store.step
    for _ in range(600):
        store.touch({"item:9"})

    assert not store.put("a", finished("item:1"), since=begun)


def test_the_longest_unused_goes_first_and_the_size_stays_within_bounds() -> None:
    size = finished("item:1").size
    store = Store(size * 10 - 1)
    for number in range(9):
        store.put(number, finished(f"item:{number}"), since=store.step)
    assert store.get(0) is not None
    store.put(9, finished("item:9"), since=store.step)

    assert [number for number in range(10) if store.get(number)] == [0, 2, 3, 4, 5, 6, 7, 8, 9]
    assert store.size == size * 9
    assert sorted(store._by_tag) == sorted(f"item:{number}" for number in (0, 2, 3, 4, 5, 6, 7, 8, 9))


def test_nothing_is_kept_that_would_push_out_much_of_the_rest() -> None:
    store = Store(100_000)

    assert not store.put("large", finished("item:1", length=90_000), since=store.step)
    assert not Store(0).put("any", finished("item:1"), since=0)


def test_an_answer_that_is_kept_anew_is_counted_once() -> None:
    store = Store(10**6)
    for _ in range(3):
        store.put("a", finished("item:1"), since=store.step)

    assert (len(store), store.size) == (1, finished("item:1").size)


def test_what_nobody_has_asked_for_drives_nothing_out() -> None:
    size = finished("item:1").size
    store = Store(size * 10 - 1)
    for number in range(9):
        store.put(number, finished(f"item:{number}"), since=store.step)

    assert not store.put(9, finished("item:9"), since=store.step, instead=False)
    assert 9 not in store
    assert len(store) == 9
    store.touch({"item:0"})
    assert store.put(9, finished("item:9"), since=store.step, instead=False)


def test_an_answer_that_is_made_of_what_a_step_drops_has_begun_before_it() -> None:
    """Were it the other way round, an answer could begin behind the step, take the old value and be kept."""
    store = Store(10**6)
    store.remembered.get("calls", {"calls:ru"}, lambda: "old")
    seen: list[tuple[int, str]] = []
    touch = store.remembered.touch

    def watched(tags: Collection[str]) -> None:
        touch(tags)
        seen.append((store.step, store.remembered.get("calls", {"calls:ru"}, lambda: "new")))

    store.remembered.touch = watched  # type: ignore[method-assign]
    begun = store.step
    store.touch({"calls:ru"})

    assert seen == [(begun, "new")]


def test_whoever_drops_everything_drops_what_is_remembered_too() -> None:
    store = Store(10**6)
    for drop in (store.clear, store.forked):
        store.remembered.get("calls", {"calls:ru"}, lambda: "old")
        drop()
        assert store.remembered.get("calls", {"calls:ru"}, lambda: "new") == "new"
        store.clear()
