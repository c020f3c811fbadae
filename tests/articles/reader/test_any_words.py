"""Whatever words an editor gets past the desk, the page is sound and shows them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.canonical.languages import Language
from articles.editions.document import ArticleDocument, Document
from articles.editions.parts import Account, PartWithdrawal
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
from tests.factories.documents_of_kinds import (
    a_care_box,
    a_faq,
    a_page,
    a_picture,
    a_row,
    a_service,
    a_term,
    a_topic,
    accounts,
    an_account,
    an_expert,
    care_box,
    evidence_table,
    figure,
    key_points,
    note,
    steps,
    table,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# What the desk's fields let through: no control characters, no lone surrogates.
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp", "Cf"]), max_size=40)
PARTIAL_DATES = st.sampled_from(["", "2012", "2012-08", "2026-01-27"])
# Nothing is written, so one empty shelf serves every example.
EXAMPLES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)


def article(words: str, other: str, issued: str) -> ArticleDocument:
    news = a_news_source(publisher=words, authors=[other, words], title=other, issued=issued)
    review = a_source(title=words, container=other, url=words, doi=words, translated_title=other, issued=issued)
    quote = a_quote(
        text=f"{words}\n\n{other}",
        locator=other,
        source=news.id,
        speaker=a_person(name=words, post=other),
        verdict=a_verdict("supported", words, [review.id]),
    )
    gone = Account(id="gone", quote=None, withdrawn=PartWithdrawal("source", words))
    picture = a_picture(alt=words, caption=other, credit=words, licence=other, licence_url=words, source_url=other)
    service = a_service(name=words, note=other)
    return a_document(
        key_points(words, other),
        care_box(a_care_box(title=words, triggers=[other, words], advice=other, services=[service], cited=[review.id])),
        heading(words, name="h"), text(said(f"{words}.", cite(review, other)), name="t"), quoted(quote),
        steps(words, title=other), note(words, title=other), table([words, other], [other, words], caption=words),
        evidence_table(a_row(words, finding=other, conclusion=words), title=other, note=words),
        accounts(an_account(a_quote("other", text=other)), gone, title=words, note=other), figure(picture),
        sources=[news, review], title=words, summary=other,
    )  # fmt: skip


@EXAMPLES
@given(words=WORDS, other=WORDS, issued=PARTIAL_DATES, language=st.sampled_from(["ru", "en"]))
def test_any_words_make_a_sound_article(words: str, other: str, issued: str, language: Language) -> None:
    page = read(render_preview(article(words, other, issued), language=language))

    assert ["".join(heading.split()) for heading in page.words("h1")] == ["".join(words.split())]
    assert page.all("script") == []


@EXAMPLES
@given(words=WORDS, other=WORDS, language=st.sampled_from(["ru", "en"]))
def test_any_words_make_a_sound_page_of_every_kind(words: str, other: str, language: Language) -> None:
    documents: list[Document] = [
        a_faq(title=words, summary=other),
        a_page(title=words, summary=other),
        a_topic(words, summary=other),
        a_term(words, summary=other, synonyms=[other, words]),
        an_expert(a_person(name=words, post=other, part="participates"), title=words, summary=other),
    ]
    for document in documents:
        page = read(render_preview(document, language=language))

        # Where letters of the other language are marked, even within a word, the text has a space that no reader sees.
        assert "".join(words.split()) in "".join(page.text.split())
        assert page.all("script") == []
