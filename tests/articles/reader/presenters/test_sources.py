"""How a source is written down for a reader."""

import msgspec
import pytest
from django.utils.translation import override

from articles.canonical.languages import Language
from articles.editions.parts import Source
from articles.reader.presenters.citing import Citing
from articles.reader.presenters.sources import SourceWords, source_views
from tests.factories.documents import a_news_source, a_source


def shown(source: Source, language: Language = "ru") -> SourceWords:
    with override(language):
        return source_views([source], language, Citing([source]))[0].words


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ([], ""),
        (["Allen, R. E.", "Kirby, K. A."], "Allen R. E., Kirby K. A."),
        (["Joint Formulary Committee"], "Joint Formulary Committee."),
        (["A, B.", "C, D.", "E, F.", "G, H."], "A B., C D., E F. и др."),
    ],
)
def test_authors(authors: list[str], expected: str) -> None:
    assert shown(a_source(authors=authors)).authors.replace("\N{NO-BREAK SPACE}", " ") == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "Journal of Tests, 2012; 57(1): 5–15"),
        ({"volume": "", "issue": "", "pages": ""}, "Journal of Tests, 2012"),
        ({"container": "", "publisher": "NICE", "issued": "2012-08", "volume": "", "pages": "", "issue": ""},
         "NICE, август 2012"),
        ({"container": "", "issued": "", "volume": "", "issue": "", "pages": ""}, ""),
        ({"volume": "", "issue": "3"}, "Journal of Tests, 2012; (3): 5–15"),
    ],
)  # fmt: skip
def test_where_and_when(fields: dict[str, str], expected: str) -> None:
    assert shown(a_source(**fields)).where.replace("\N{NO-BREAK SPACE}", " ") == expected


def test_every_way_to_find_it_is_linked() -> None:
    source = a_source(
        doi="10.1016/S1836-9553(12)70068-1",
        pmid="22341378",
        url="https://www.example.invalid/a?b=1",
        archive_url="https://archive.invalid/x",
    )

    assert [(link.words.replace("\N{NO-BREAK SPACE}", " "), link.address) for link in shown(source).links] == [
        ("DOI", "https://doi.org/10.1016/S1836-9553(12)70068-1"),
        ("PubMed", "https://pubmed.ncbi.nlm.nih.gov/22341378/"),
        ("example.invalid", "https://www.example.invalid/a?b=1"),
        ("копия в архиве", "https://archive.invalid/x"),
    ]


def test_an_odd_doi_stays_inside_its_link() -> None:
    assert shown(a_source(doi='10.1000/a<b>"c#d?e')).links[0].address == "https://doi.org/10.1000/a%3Cb%3E%22c%23d%3Fe"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.invalid/x", "data:text/html,x", ""])
def test_only_addresses_of_the_web_are_linked(url: str) -> None:
    assert [link.words for link in shown(a_source(doi="", url=url)).links] == []


def test_the_readers_language_needs_no_mark_and_no_translation() -> None:
    source = a_source(language="ru", title="Обзор", translated_title="A review")

    assert (shown(source, "ru").foreign, shown(source, "ru").translated_title) == ("", "")
    assert (shown(source, "en").foreign, shown(source, "en").translated_title) == ("ru", "A review")


def test_our_own_policy_was_not_read_anywhere() -> None:
    assert shown(a_news_source(kind="own_policy", title="Правило")).about == "правило редакции сайта"


def test_how_and_when_we_read_it() -> None:
    about = shown(a_source(access="publisher", accessed_on="2026-11-01"), "en").about

    assert about.replace("\N{NO-BREAK SPACE}", " ") == ("review article; read at the publisher’s page, 1 November 2026")


@pytest.mark.parametrize(("title", "end"), [("Why?", ""), ("Cramps", "."), ("Cramps.", "")])
def test_a_title_ends_with_one_mark(title: str, end: str) -> None:
    assert shown(a_source(title=title)).title_end == end


def test_a_source_that_says_something_else_is_shown_anew_and_each_language_has_its_own_words() -> None:
    source = a_source(archive_url="https://archive.invalid/x")
    changed = msgspec.structs.replace(source, title="Corrected title", publisher="")

    assert [shown(one, "en").title for one in (source, changed, source)] == [
        source.title,
        "Corrected title",
        source.title,
    ]
    in_english, in_russian = shown(source, "en").links[-1].words, shown(source, "ru").links[-1].words
    assert (in_english, in_russian) == ("archived copy", "копия в\N{NO-BREAK SPACE}архиве")
