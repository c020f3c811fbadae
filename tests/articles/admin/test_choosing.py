"""Whatever grows with the desk is chosen by typing, in forms and in filters: no page lists every object of a kind."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple, ForeignKeyRawIdWidget
from django.contrib.auth.models import User
from django.db import models
from django.forms import HiddenInput
from django.http import HttpRequest

from articles.admin.desk.chosen_filter import ChosenFilter
from articles.admin.site import desk_site
from articles.content.aggregates import AGGREGATES
from articles.content.desk_object import DeskObject
from articles.content.ordered_row import OrderedRow

_BY_TYPING = (AutocompleteSelect, AutocompleteSelectMultiple, ForeignKeyRawIdWidget, HiddenInput)


def a_request() -> HttpRequest:
    request = HttpRequest()
    request.user = User(is_superuser=True, is_active=True, is_staff=True)
    return request


def forms() -> Iterator[tuple[str, Any]]:
    """Every form of the desk, and the form of every row in it."""
    for model, page in desk_site._registry.items():
        if issubclass(model, DeskObject):
            request = a_request()
            yield model.__name__, page.get_form(request)
            for inline in page.get_inline_instances(request):
                yield f"{model.__name__}: {inline.model.__name__}", inline.get_formset(request).form


@pytest.mark.django_db
def test_every_relation_in_a_form_is_chosen_by_typing() -> None:
    listed, looked_at = [], 0
    for name, form in forms():
        for field_name, field in form.base_fields.items():
            if not hasattr(field, "queryset") or issubclass(field.queryset.model, OrderedRow):
                continue
            looked_at += 1
            widget = getattr(field.widget, "widget", field.widget)
            if not isinstance(widget, _BY_TYPING):
                listed.append(f"{name}.{field_name}")
    assert looked_at > 10
    assert listed == []


def test_every_filter_by_a_relation_is_chosen_by_typing() -> None:
    for model, page in desk_site._registry.items():
        for one in page.list_filter:
            name, kind = one if isinstance(one, tuple) else (one, None)
            if isinstance(name, str):
                field = model._meta.get_field(name)
                assert kind is ChosenFilter or not isinstance(field, models.ForeignKey | models.ManyToManyField), name


def test_every_list_reads_at_once_what_its_columns_show() -> None:
    """A column that follows a relation asks for each row unless the list says that it is read with them."""
    for model, page in desk_site._registry.items():
        for column in page.list_display:
            field = next((one for one in model._meta.get_fields() if one.name == column), None)
            if isinstance(field, models.ForeignKey):
                assert column in (page.list_select_related or ()), f"{model.__name__}.{column}"


def test_every_kind_can_be_found_by_typing() -> None:
    for model in AGGREGATES.values():
        if model in desk_site._registry:
            page: admin.ModelAdmin = desk_site._registry[model]
            assert page.get_search_fields(a_request()), model.__name__
