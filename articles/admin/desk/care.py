"""The forms of care services and care boxes."""

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.admin.desk.countries import CODES, country_code
from articles.admin.desk.naming import named, other_name
from articles.admin.desk.objects import COLLEAGUES, DeskAdmin, DeskForm
from articles.admin.press.standing import StateFilter
from articles.admin.site import desk_site
from articles.content.care import CareBox, CareService


class NumberField(forms.CharField):
    """A telephone number as it is printed: with spaces, hyphens and brackets, or as it is dialled."""

    def to_python(self, value: Any) -> str:
        """Return the number as it is dialled; the column's own rule refuses what is none."""
        return re.sub(r"(?<=[\d+() -])[\s().\u00a0\u2010-\u2013-]+|^[\s(]+", "", super().to_python(value) or "")


class CountryField(forms.CharField):
    """A country's code in any case, or what people usually write for it."""

    def to_python(self, value: Any) -> str:
        return country_code(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        """Raise ValidationError for two letters that are no country."""
        super().validate(value)
        if re.fullmatch(r"[A-Z]{2}", value) and value not in CODES:
            raise ValidationError(_("No country has the code %(code)s."), code="no-country", params={"code": value})


class CareServiceForm(DeskForm):
    """Takes numbers and countries as people write them."""

    class Meta:
        field_classes = {"number": NumberField, "country": CountryField}


@admin.register(CareService, site=desk_site)
class CareServiceAdmin(DeskAdmin):
    form = CareServiceForm
    new_title = _("New care service")
    list_display = [named(CareService), "number", "country", "purpose", "position", "state_ru", "state_en"]
    list_filter = ["purpose", "country", StateFilter]
    search_fields = ["name_ru", "name_en", "number", "country", "note_ru", "note_en"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name_ru", "name_en"),
                    ("number", "country"),
                    ("note_ru", "note_en"),
                    ("purpose", "position"),
                ]
            },
        ),
        COLLEAGUES,
    ]


@admin.register(CareBox, site=desk_site)
class CareBoxAdmin(DeskAdmin):
    new_title = _("New care box")
    list_display = [named(CareBox), other_name, "level", "called", "state_ru", "state_en"]
    list_reads = ("services",)
    list_filter = ["level", StateFilter]
    search_fields = ["title_ru", "title_en", "triggers_ru", "triggers_en", "advice_ru", "advice_en"]
    autocomplete_fields = ["services", "sources"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "level",
                    ("title_ru", "title_en"),
                    ("triggers_ru", "triggers_en"),
                    ("advice_ru", "advice_en"),
                    ("services", "sources"),
                ]
            },
        ),
        COLLEAGUES,
    ]

    @admin.display(description=_("Services"))
    def called(self, box: CareBox) -> str:
        """Return the numbers that the box shows."""
        return ", ".join(service.number for service in box.services.all())
