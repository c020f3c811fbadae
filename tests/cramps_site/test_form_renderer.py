"""Labels and plain widgets are what Django's own templates make of the same values."""

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, override

from cramps_site.form_renderer import FormRenderer

UGLY = "<b> & \"two\" 'one' ё {{ x }}"
ATTRS = {"class": UGLY, "data-html": SafeString("a&amp;b"), "disabled": True, "hidden": False, "rows": 3, "none": None}
CHOICES = [
    ("", "---"), (UGLY, UGLY), (7, 7), (1.5, 1.5), ("safe", SafeString("<i>x</i>")), ("word", gettext_lazy("Search")),
    (UGLY + "group", [("a", "A"), ("b", UGLY)]),
]  # fmt: skip


def squeezed(html: str) -> str:
    return re.sub(r">\s+<", "><", html)


@pytest.mark.parametrize("value", [None, "", UGLY, "\nline", SafeString("<b>"), 0, 1234567, "two\nlines"])
@pytest.mark.parametrize(
    "widget",
    [
        forms.TextInput, forms.HiddenInput, forms.NumberInput, forms.EmailInput, forms.URLInput, forms.PasswordInput,
        forms.DateInput, forms.TimeInput, forms.CheckboxInput, forms.Textarea,
    ],
)  # fmt: skip
@pytest.mark.parametrize("attrs", [{}, ATTRS])
def test_widgets_are_those_of_django(widget: type[forms.Widget], value: Any, attrs: dict[str, Any]) -> None:
    ours, stock = (
        widget(attrs).render(UGLY, value, {"id": "id_a"}, renderer) for renderer in (FormRenderer(), DjangoTemplates())
    )

    assert ours == stock


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple])
def test_choices_are_those_of_django(widget: type[forms.Select], language: str) -> None:
    with override(language):
        ours, stock = (
            widget(ATTRS, CHOICES).render("a", [UGLY, "b"], {}, renderer)
            for renderer in (FormRenderer(), DjangoTemplates())
        )

    assert squeezed(ours) == squeezed(stock)
    assert "<optgroup" in ours
    assert ours.count(" selected") == (2 if widget.allow_multiple_selected else 1)


@pytest.mark.parametrize("auto_id", ["id_%s", False])
@pytest.mark.parametrize("label", ["Plain", UGLY, SafeString("<b>marked</b>"), gettext_lazy("Search")])
def test_labels_are_those_of_django(label: Any, auto_id: Any) -> None:
    class Form(forms.Form):
        a = forms.CharField(label=label)

    both: tuple[Any, Any] = (None, ATTRS)
    for attrs in both:
        ours, stock = (
            Form(auto_id=auto_id, renderer=renderer)["a"].label_tag(attrs=attrs)
            for renderer in (FormRenderer(), DjangoTemplates())
        )

        assert ours == stock


def test_what_is_not_written_here_comes_from_its_template() -> None:
    values: tuple[str, None, dict[str, Any]] = ("a", None, {})

    assert forms.RadioSelect(choices=[("1", "One")]).render(*values, FormRenderer()) == forms.RadioSelect(
        choices=[("1", "One")]
    ).render(*values, DjangoTemplates())
