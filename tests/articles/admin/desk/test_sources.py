from __future__ import annotations

import pytest
from django.utils.html import escape

from articles.content.sources import Source
from tests.articles.admin.desk.browser import Desk, address
from tests.factories.desk import a_source


@pytest.mark.parametrize(
    "pasted", ["10.1000/182", "https://doi.org/10.1000/182", "http://dx.doi.org/10.1000/182", "DOI: 10.1000/182"]
)
def test_a_doi_is_taken_as_pages_give_it(desk: Desk, pasted: str) -> None:
    source = a_source()
    desk.save(source, desk.open(source), doi=pasted)
    assert Source.objects.get(pk=source.pk).doi == "10.1000/182"


def test_one_doi_pasted_in_two_ways_is_still_one_source(desk: Desk) -> None:
    a_source(doi="10.1000/182")
    second = a_source(doi="")
    answer = desk.save(second, desk.open(second), doi="https://doi.org/10.1000/182")
    assert list(answer.context["adminform"].form.errors) == ["doi"]


@pytest.mark.parametrize("field", ["doi", "pmid"])
def test_a_source_that_is_there_already_can_be_opened_from_the_refusal(desk: Desk, field: str) -> None:
    there = a_source(title="Cramps <b>& salt</b>", **{field: "10.1000/182" if field == "doi" else "182"})
    second = a_source(doi="", pmid="")
    answer = desk.save(second, desk.open(second), **{field: getattr(there, field)})
    way = f'<a href="{address(there, "change")}" target="_blank">{escape(there)}</a>'
    assert f"There is already a source with this {field.upper()}. {way}" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("15.08.2012", "2012-08-15"), ("5.8.2012", "2012-08-05"), ("08.2012", "2012-08"), ("2012", "2012")],
)
def test_a_date_may_be_typed_as_russians_write_it(desk: Desk, typed: str, kept: str) -> None:
    source = a_source()
    desk.save(source, desk.open(source), issued=typed)
    assert Source.objects.get(pk=source.pk).issued == kept


@pytest.mark.parametrize(
    ("field", "typed"), [("doi", "https://example.org/10.1000/182"), ("issued", "41.13.2012"), ("issued", "август")]
)
def test_what_is_no_doi_or_date_is_refused_at_its_field(desk: Desk, field: str, typed: str) -> None:
    source = a_source()
    answer = desk.save(source, desk.open(source), **{field: typed})
    assert list(answer.context["adminform"].form.errors) == [field]
