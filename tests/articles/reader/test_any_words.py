"""Whatever words an editor gets past the desk, the page is sound and shows them."""

from hypothesis import given
from hypothesis import strategies as st

from articles.canonical.languages import Language
from articles.reader.previews import render_preview
from tests.articles.reader.markup import read
from tests.factories.documents import (
    a_document,
    a_news_source,
    a_person,
    a_quote,
    a_source,
    a_verdict,
    cite,
    heading,
    quoted,
    said,
    text,
)

# What the desk's fields let through: no control characters, no lone surrogates.
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp", "Cf"]), max_size=40)
PARTIAL_DATES = st.sampled_from(["", "2012", "2012-08", "2026-01-27"])


@given(words=WORDS, other=WORDS, issued=PARTIAL_DATES, language=st.sampled_from(["ru", "en"]))
def test_any_words_make_a_sound_page(words: str, other: str, issued: str, language: Language) -> None:
    news = a_news_source(publisher=words, authors=[other, words], title=other, issued=issued)
    review = a_source(title=words, container=other, url=words, doi=words, translated_title=other, issued=issued)
    quote = a_quote(
        text=f"{words}\n\n{other}",
        locator=other,
        source=news.id,
        speaker=a_person(name=words, post=other),
        verdict=a_verdict("supported", words, [review.id]),
    )
    document = a_document(
        heading(words, name="h"), text(said(f"{words}.", cite(review, other)), name="t"), quoted(quote),
        sources=[news, review], title=words, summary=other,
    )  # fmt: skip

    page = read(render_preview(document, language=language))

    assert page.words("h1") == [" ".join(words.split())]
    assert page.all("script") == []
