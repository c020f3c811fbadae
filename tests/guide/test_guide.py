"""The editors' guide shows pictures that exist and names buttons that exist, and says the same in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.text import capfirst
from django.utils.translation import trans_real
from PIL import Image

from tests.guide.pages import GUIDE, PICTURES, interface_words, page, partners, pictures, triage, workflow

LANGUAGES = ("en", "ru")
MOST_BYTES = 160_000


def _catalogue() -> Iterator[tuple[str, str]]:
    """Every message of the interface with its Russian, Django's own among them."""
    for key, russian in trans_real.translation("ru")._catalog.items():  # type: ignore[attr-defined]
        message = key[0] if isinstance(key, tuple) else key
        if message:
            # The context of a message stands before it.
            yield _plain(message.rpartition("\x04")[2]), _plain(russian)


def _plain(words: str) -> str:
    return str(capfirst(words.replace("\u00a0", " ")))


@pytest.fixture(scope="module")
def catalogue() -> dict[str, set[str]]:
    """English message to its Russian translations; one message may have several, by its contexts."""
    found: dict[str, set[str]] = {}
    for message, russian in _catalogue():
        found.setdefault(message, set()).add(russian)
    return found


def _width(path: Path) -> int:
    with Image.open(path) as picture:
        return picture.width


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_there_and_small_and_every_picture_is_shown(language: str) -> None:
    shown = [GUIDE / address for address in pictures(language)]
    assert 8 <= len(shown) <= 14
    assert sorted(shown) == sorted((PICTURES / language).glob("*.png"))
    assert [path.name for path in shown if path.stat().st_size > MOST_BYTES] == []
    assert [path.name for path in shown if _width(path) > 1200] == []


def test_every_word_in_bold_is_in_the_interface(catalogue: dict[str, set[str]]) -> None:
    assert sorted(words for words in interface_words("en") if _plain(words) not in catalogue) == []
    russian = set().union(*catalogue.values())
    assert sorted(words for words in interface_words("ru") if _plain(words) not in russian) == []


def test_both_guides_name_the_same_buttons(catalogue: dict[str, set[str]]) -> None:
    russian = {_plain(words) for words in interface_words("ru")}
    assert len(russian) > 60
    assert sorted(words for words in interface_words("en") if not catalogue[_plain(words)] & russian) == []


def test_both_guides_have_the_same_tasks_and_pictures() -> None:
    for written in (page, triage, partners, workflow):
        levels = {language: re.findall(r"^(#+) ", written(language), re.MULTILINE) for language in LANGUAGES}
        assert levels["en"] == levels["ru"]
    names = {language: [address.rsplit("/", 1)[1] for address in pictures(language)] for language in LANGUAGES}
    assert names["en"] == names["ru"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_stays_short(language: str) -> None:
    """A guide that grows is not read."""
    words = re.sub(r"!\[[^\]]*\]\([^)]*\)|[*|#«»`]|-{3}", " ", page(language)).split()
    assert len(words) < 1650
