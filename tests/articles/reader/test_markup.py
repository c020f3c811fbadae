"""The strict reading itself: a checker that finds nothing would let everything through."""

import pytest

from tests.articles.reader.markup import UnsoundError, read


@pytest.mark.parametrize(
    "html",
    [
        "<body><p>one</body>",
        "<body><p><div></div></p></body>",
        "<body><b id=a></b><i id=a></i></body>",
        "<body><a href='#gone'>x</a></body>",
        "<body><a href='/'><a href='/'>x</a></a></body>",
        "<body><p class=a class=b></p></body>",
        "<body><section aria-labelledby=gone></section></body>",
        "<body></b></body>",
    ],
)
def test_unsound_pages_are_refused(html: str) -> None:
    with pytest.raises(UnsoundError):
        read(html)


def test_a_sound_page_is_read() -> None:
    page = read("<body><p id=a>one<br>two</p><a href='#a'>three</a></body>")

    assert page.text == "onetwothree"
