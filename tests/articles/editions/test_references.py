"""Sources as a line of text and as CSL-JSON."""

from articles.editions.references import address, csl, reference
from tests.factories.documents import a_news_source, a_source


def test_a_reference_tells_authors_title_place_and_address() -> None:
    assert reference(a_source(), "en") == (
        "Sample T., Example U. Cramps of test muscles. Journal of Tests, 2012. https://doi.org/10.1234/tests.57.1"
    )


def test_a_translated_title_stands_in_brackets_behind_the_own_one() -> None:
    told = reference(a_source(translated_title="Судороги тестовых мышц"), "ru")
    assert "Cramps of test muscles [Судороги тестовых мышц]. " in told


def test_a_news_item_without_a_title_is_named_by_author_publisher_and_date() -> None:
    day = "27\N{NO-BREAK SPACE}January\N{NO-BREAK SPACE}2026"
    assert reference(a_news_source(), "en") == f"Пишущий Пётр. Test News, {day}"


def test_a_source_of_which_nothing_is_known_is_an_empty_line() -> None:
    assert reference(a_news_source(authors=[], publisher="", issued=""), "ru") == ""


def test_the_surest_address_comes_first() -> None:
    known = {"doi": "10.1/x", "url": "https://x.invalid/", "pmid": "123", "archive_url": "https://archive.invalid/"}
    expected = [
        "https://doi.org/10.1/x",
        "https://x.invalid/",
        "https://pubmed.ncbi.nlm.nih.gov/123/",
        "https://archive.invalid/",
    ]
    for name, found in zip(list(known), expected, strict=True):
        assert address(a_source(**{"doi": ""} | known)) == found
        del known[name]
    assert address(a_source(doi="")) == ""


def test_csl_leaves_out_what_is_not_known() -> None:
    assert csl(a_news_source(authors=[], publisher="", issued="")) == {
        "id": a_news_source().id, "type": "article-newspaper", "language": "ru",
    }  # fmt: skip


def test_csl_never_splits_the_name_of_a_body() -> None:
    names = csl(a_source(authors=["Rare Disease Society", "Иванов, И. И.", "Comma,"]))["author"]
    assert names == [{"literal": "Rare Disease Society"}, {"family": "Иванов", "given": "И. И."}, {"literal": "Comma,"}]


def test_csl_dates_are_as_exact_as_they_are_known() -> None:
    assert csl(a_source(issued="2012-08"))["issued"] == {"date-parts": [[2012, 8]]}
    assert csl(a_source(accessed_on="2026-11-05"))["accessed"] == {"date-parts": [[2026, 11, 5]]}


def test_every_kind_of_source_has_a_type() -> None:
    from articles.content.sources import Source as WorkingSource

    for kind in WorkingSource.Kind.values:
        assert csl(a_source(kind=kind))["type"] in {
            "article-journal",
            "report",
            "webpage",
            "book",
            "article-newspaper",
            "document",
        }
