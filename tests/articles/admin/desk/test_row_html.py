"""A form with many rows: what is made for it is made once, and each row is told apart from one that is still empty."""

from collections import Counter

import pytest
from django.forms.formsets import BaseFormSet

from articles.content.blocks import BLOCKS
from tests.articles.admin.desk.browser import Desk, address
from tests.factories.desk_kinds import an_article_with_everything

pytestmark = pytest.mark.django_db


def test_an_empty_row_of_each_kind_is_made_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    article = an_article_with_everything()
    made: Counter[str] = Counter()
    stock = BaseFormSet.empty_form.fget  # type: ignore[attr-defined]

    def counted(formset: BaseFormSet) -> object:
        made[str(formset.prefix)] += 1
        return stock(formset)

    monkeypatch.setattr(BaseFormSet, "empty_form", property(counted))

    assert desk.client.get(address(article, "change")).status_code == 200
    assert len(made) == len(BLOCKS)
    assert set(made.values()) == {1}


def test_the_page_loads_the_scripts_of_every_kind_of_row(desk: Desk) -> None:
    """Of kinds that the article does not have too: such a row may be inserted."""
    page = desk.client.get(address(an_article_with_everything().__class__, "add")).content.decode()

    for script in ("rich_text", "table_grid", "autocomplete", "RelatedObjectLookups"):
        assert f"{script}." in page


def test_rows_have_their_objects_and_empty_ones_none(desk: Desk) -> None:
    article = an_article_with_everything()

    page = desk.client.get(address(article, "change")).content.decode()

    rows, blank = page.split("<template data-blank", 1)
    assert rows.count('<li class="desk-block') == len(BLOCKS)
    assert 'data-id=""' not in rows
    assert blank.count('data-id=""') == len(BLOCKS)
