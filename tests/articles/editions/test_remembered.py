"""What many answers are made of is read once, until a line touches it, and never kept when it may be old."""

from articles.editions.remembered import Remembered


def test_a_value_is_read_once_until_a_step_touches_what_it_depends_on() -> None:
    remembered, read = Remembered(), []

    def reading(name: str) -> str:
        read.append(name)
        return f"{name} {len(read)}"

    def asked(name: str, tag: str) -> str:
        return remembered.get(name, {tag, "everything"}, lambda: reading(name))

    assert [asked("ru", "calls:ru"), asked("en", "calls:en"), asked("ru", "calls:ru")] == ["ru 1", "en 2", "ru 1"]
    remembered.touch({"calls:ru", "item:1"})
    assert [asked("ru", "calls:ru"), asked("en", "calls:en")] == ["ru 3", "en 2"]
    remembered.clear()
    assert [asked("ru", "calls:ru"), asked("en", "calls:en")] == ["ru 4", "en 5"]


def test_what_was_read_before_a_step_that_passes_meanwhile_is_not_kept() -> None:
    """The reading may have seen what was there before, and its step will not come again."""
    remembered = Remembered()

    def overtaken() -> str:
        remembered.touch({"calls:ru"})
        return "old"

    assert remembered.get("ru", {"calls:ru"}, overtaken) == "old"
    assert remembered.get("ru", {"calls:ru"}, lambda: "new") == "new"


def test_a_child_of_the_process_begins_anew_whatever_lock_was_held() -> None:
    remembered = Remembered()
    remembered.get("ru", {"calls:ru"}, lambda: "of the parent")
    remembered._lock.acquire()
    remembered.forked()

    assert remembered.get("ru", {"calls:ru"}, lambda: "of the child") == "of the child"
