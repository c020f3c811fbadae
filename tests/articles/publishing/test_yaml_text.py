"""Plain data survives YAML, and what would be lost or guessed is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.publishing.yaml_text import UnreadableError, read, write

LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t -:#'\"|>"))
VALUES = st.recursive(
    st.none() | st.booleans() | LETTERS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(LETTERS, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(LETTERS, VALUES))
def test_whatever_is_written_is_read_back(data: dict[str, object]) -> None:
    assert read(write(data).encode()) == data


@given(st.dictionaries(LETTERS, VALUES))
def test_the_same_data_is_always_the_same_text(data: dict[str, object]) -> None:
    assert write(read(write(data).encode())) == write(data)


@pytest.mark.parametrize("word", ["1907", "2012-08-15", "no", "Yes", "0x10", "1e3", ".5", "12:30", "~x", "=", "<<"])
def test_a_word_that_yaml_takes_for_something_else_stays_text(word: str) -> None:
    assert read(f"issued: {word}\n".encode()) == {"issued": word}
    assert read(write({"issued": word}).encode()) == {"issued": word}


def test_long_and_many_lined_texts_are_blocks_of_lines() -> None:
    assert write({"text": {"ru": "Первый абзац.\n\nВторой.", "en": ""}}) == (
        "text:\n  ru: |-\n    Первый абзац.\n\n    Второй.\n  en: ''\n"
    )
    assert write({"summary": "слово " * 20 + "конец"}).startswith("summary: |-\n  слово слово")


def test_no_break_spaces_stay_as_they_are() -> None:
    assert read(write({"text": "10\u00a0минут, p.\u202f5\nвторая строка"}).encode())["text"] == (
        "10\u00a0минут, p.\u202f5\nвторая строка"
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"id: 1\nid: 2\n", "line 2: the key 'id' stands twice"),
        (b"title:\n  ru: a\n  ru: b\n", "line 3: the key 'ru' stands twice"),
        (b"- a\n- b\n", "expected fields with values"),
        (b"", "expected fields with values"),
        (b"title: \xff\n", "byte 8 is not UTF-8"),
        (b"title: [a\n", "line 2: expected ',' or ']', but got '<stream end>'"),
        (b"a: 1\n---\nb: 2\n", "line 2: but found another document"),
        (b"? [a]\n: b\n", "line 1: a key is not text"),
    ],
)
def test_what_is_not_the_yaml_of_one_object_is_refused_with_its_line(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableError) as refusal:
        read(content)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("content", [b"a: !!python/object/apply:os.getcwd []\n", b"a: &x [*x]\n", b"[" * 100_000])
def test_a_hostile_file_is_refused_and_runs_nothing(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        read(content)
