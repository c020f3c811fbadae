from __future__ import annotations

import pytest

from articles.content.quotes import Quote
from tests.articles.admin.desk.browser import Desk, address
from tests.factories.desk import a_quote, a_source, an_expert


def test_a_quote_from_its_form_shows_the_rule_of_its_speaker_at_the_field(desk: Desk) -> None:
    quote = a_quote(source=a_source(doi="10.1000/x"))
    answer = desk.save(quote, desk.open(quote), attribution="unnamed", approved_on="2026-01-01")
    assert "clear the speaker" in str(answer.context["adminform"].form.errors["expert"]).lower()


def test_a_new_quote_is_prefilled_from_a_speaker_or_a_source(desk: Desk) -> None:
    quote = a_quote()
    page = desk.client.get(f"/admin/articles/quote/add/?expert={quote.expert_id}&source={quote.source_id}")
    chosen = page.context["adminform"].form.initial
    assert (chosen["expert"], chosen["source"]) == (str(quote.expert_id), str(quote.source_id))
    assert f'value="{quote.expert_id}" selected' in page.content.decode()
    assert desk.client.get("/admin/articles/quote/add/?expert=nonsense").status_code == 200


@pytest.mark.parametrize(("make", "asked"), [(an_expert, "expert"), (a_source, "source")])
def test_a_quote_is_added_from_its_speaker_or_its_source(desk: Desk, make, asked: str) -> None:
    obj = make()
    page = desk.client.get(address(obj, "change")).content.decode()
    assert f'href="{address(Quote, "add")}?{asked}={obj.pk}"' in page


def test_the_quotes_of_one_speaker_are_listed_from_the_speaker(desk: Desk) -> None:
    quote = a_quote()
    a_quote(text_en="Somebody else said this.")
    page = desk.client.get(f"{address(Quote, 'changelist')}?expert__id__exact={quote.expert_id}")
    assert [row.pk for row in page.context["cl"].result_list] == [quote.pk]


def test_a_tampered_choice_is_an_error_at_its_field(desk: Desk) -> None:
    quote = a_quote()
    answer = desk.save(quote, desk.open(quote), source="nonsense", verdict_sources=["nonsense"])
    assert answer.status_code == 200
    assert {"source", "verdict_sources"} <= set(answer.context["adminform"].form.errors)
