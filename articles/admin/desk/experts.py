"""The form of an expert."""

from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.desk.naming import named, other_name
from articles.admin.desk.objects import DeskAdmin
from articles.admin.desk.slugs import AddressedForm
from articles.admin.press.standing import StateFilter
from articles.admin.site import desk_site
from articles.content.experts import Disclosure, Expert


class ExpertForm(AddressedForm):
    """Asks for what a declaration lacks at the fields that lack it."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("disclosure") in (Disclosure.NONE_DECLARED, Disclosure.DECLARED):
            if not cleaned.get("disclosed_on"):
                self.add_error("disclosed_on", _("Say on which date it was declared."))
            # The database's own constraint looks at the column of the default language.
            if not cleaned.get("disclosed_by_ru"):
                self.add_error("disclosed_by_ru", _("Say who declared it."))
        return cleaned


@admin.register(Expert, site=desk_site)
class ExpertAdmin(DeskAdmin):
    form = ExpertForm
    new_title = _("New expert")
    list_display = [named(Expert), other_name, "part", "organisation", "disclosure", "state_ru", "state_en"]
    list_filter = ["part", "disclosure", StateFilter]
    list_select_related = ["organisation"]
    search_fields = [
        "name_ru", "name_en", "specialty_ru", "specialty_en", "slug_ru", "slug_en", "organisation__name_ru",
        "organisation__name_en",
    ]  # fmt: skip
    autocomplete_fields = ["organisation"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name_ru", "name_en"),
                    ("credentials_ru", "credentials_en"),
                    ("specialty_ru", "specialty_en"),
                    ("post_ru", "post_en"),
                    ("organisation", "workplace_basis"),
                    "part",
                ]
            },
        ),
        (
            _("Page of the person"),
            {
                "description": _("A person may be quoted without a page. With an address, a page can be published."),
                "fields": [("slug_ru", "slug_en"), ("biography_ru", "biography_en"), "original_language"],
            },
        ),
        (
            _("Conflict of interest"),
            {
                "fields": [
                    ("disclosure", "disclosed_on"),
                    ("disclosed_by_ru", "disclosed_by_en"),
                    ("interests_ru", "interests_en"),
                ]
            },
        ),
        (_("For colleagues"), {"fields": ["internal_note"], "classes": ["collapse"]}),
    ]

    class Media:
        js = ["articles/admin/desk/person.js"]

    def other_places(self, obj: Expert) -> list[tuple[str, str]]:
        quote = reverse("admin:articles_quote_add")
        return [
            (f"{quote}?expert={obj.pk}", gettext("Add a quote")),
            (
                f"{reverse('admin:articles_quote_changelist')}?expert__id__exact={obj.pk}",
                gettext("Quotes of this speaker"),
            ),
        ]
