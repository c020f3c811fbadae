"""The form of a source."""

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.desk.naming import named
from articles.admin.desk.objects import DeskAdmin, DeskForm
from articles.admin.press import addresses
from articles.admin.press.standing import StateFilter
from articles.admin.site import desk_site
from articles.content.sources import Source
from articles.content.word_parts import SOURCES


class DoiField(forms.CharField):
    """A DOI as it is copied from a page: with the address of its resolver, or without."""

    def to_python(self, value: Any) -> str:
        """Return the DOI alone; the column's own rule refuses what is none."""
        return re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", super().to_python(value) or "", flags=re.IGNORECASE)


class IssuedField(forms.CharField):
    """A year, a month or a day, also in the order in which Russians write it."""

    def to_python(self, value: Any) -> str:
        """Return 2012-08-15 for 15.08.2012 and 2012-08 for 08.2012; anything else as it is, for the column's rule."""
        typed = super().to_python(value) or ""
        if not (written := re.fullmatch(r"(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})", typed)):
            return typed
        day, month, year = written.groups()
        return "-".join([year, month.zfill(2), *([day.zfill(2)] if day else [])])


class SourceForm(DeskForm):
    """Names a source that is here already at the field that tells, and leads to it."""

    class Meta:
        field_classes = {"doi": DoiField, "issued": IssuedField}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        for field, sentence in (
            ("doi", _("There is already a source with this DOI.")),
            ("pmid", _("There is already a source with this PMID.")),
        ):
            value = cleaned.get(field)
            if value and (other := Source.objects.filter(**{field: value}).exclude(pk=self.instance.pk).first()):
                way = format_html('<a href="{}" target="_blank">{}</a>', addresses.form_of(other), other)
                self.add_error(field, format_html("{} {}", sentence, way))
        return cleaned


@admin.register(Source, site=desk_site)
class SourceAdmin(DeskAdmin):
    form = SourceForm
    new_title = _("New source")
    list_display = [named(Source), "title", "kind", "issued", "state_ru", "state_en"]
    list_filter = ["kind", "access", StateFilter]
    search_fields = SOURCES.columns
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "kind",
                    ("title", "language"),
                    ("translated_title_ru", "translated_title_en"),
                    "authors",
                    ("issued", "accessed_on"),
                    "access",
                ]
            },
        ),
        (
            _("Where it was published"),
            {"fields": [("publisher", "container"), ("volume", "issue", "pages")]},
        ),
        (_("Where to find it"), {"fields": [("doi", "pmid"), ("url", "archive_url")]}),
        (_("For colleagues"), {"fields": ["internal_note"], "classes": ["collapse"]}),
    ]

    def other_places(self, obj: Model) -> list[tuple[str, str]]:
        quote = reverse("admin:articles_quote_add")
        return [
            (f"{quote}?source={obj.pk}", gettext("Add a quote")),
            (
                f"{reverse('admin:articles_quote_changelist')}?source__id__exact={obj.pk}",
                gettext("Quotes from this source"),
            ),
        ]
