"""How a source is called in a citation."""

import pytest

from articles.content.sources import Source


@pytest.mark.parametrize(
    ("authors", "issued", "name"),
    [
        ("Allen, R. E.\nKirby, K. A.", "2012-08", "Allen 2012"),
        ("Allen RE\nKirby KA", "2012", "Allen 2012"),
        ("US Preventive Services Task Force", "2021-04-13", "US Preventive Services Task Force 2021"),
        ("Тищенко, Мария", "2026-01-27", "Тищенко 2026"),
        ("van der Schans C", "", "van der Schans"),
        ("", "2020", "Publisher 2020"),
    ],
)
def test_a_source_is_called_by_its_first_author_and_year(authors, issued, name):
    assert Source(authors=authors, issued=issued, publisher="Publisher").short_name == name


def test_a_source_of_nobody_is_called_by_its_title():
    assert Source(title="Leg cramps", issued="2020").short_name == "Leg cramps 2020"


@pytest.mark.parametrize(
    ("given", "label"),
    [
        ({"authors": "Allen RE", "issued": "2012", "title": "Nocturnal leg cramps"}, "Allen 2012"),
        ({"publisher": "NHS", "title": "Leg cramps"}, "NHS: Leg cramps"),
        ({"publisher": "NHS", "issued": "2023", "title": "Leg cramps"}, "NHS 2023: Leg cramps"),
        ({"authors": "Allen RE", "title": "Nocturnal leg cramps"}, "Allen: Nocturnal leg cramps"),
        ({"title": "Leg cramps", "issued": "2020"}, "Leg cramps 2020"),
        ({"publisher": "NHS"}, "NHS"),
    ],
)
def test_where_one_is_chosen_a_source_that_author_and_year_do_not_tell_shows_its_title(given, label):
    assert str(Source(**given)) == label


def test_a_long_title_is_cut_where_a_source_is_chosen():
    assert str(Source(publisher="NHS", title="cramps " * 40)).endswith("cramps…")
    assert len(str(Source(publisher="NHS", title="cramps " * 40))) <= 90
