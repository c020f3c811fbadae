"""The forms of care services and care boxes."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin.desk.naming import named
from articles.admin.desk.objects import DeskAdmin
from articles.admin.press.standing import StateFilter
from articles.admin.site import desk_site
from articles.content.care import CareBox, CareService

_COLLEAGUES = (_("For colleagues"), {"fields": ["internal_note"], "classes": ["collapse"]})


@admin.register(CareService, site=desk_site)
class CareServiceAdmin(DeskAdmin):
    new_title = _("New care service")
    list_display = [named(CareService), "number", "country", "purpose", "state_ru", "state_en"]
    list_filter = ["country", "purpose", StateFilter]
    search_fields = ["name_ru", "name_en", "number", "country"]
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
        _COLLEAGUES,
    ]


@admin.register(CareBox, site=desk_site)
class CareBoxAdmin(DeskAdmin):
    new_title = _("New care box")
    list_display = [named(CareBox), "level", "state_ru", "state_en"]
    list_filter = ["level", StateFilter]
    search_fields = ["title_ru", "title_en", "triggers_ru", "triggers_en"]
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
                    "services",
                    "sources",
                ]
            },
        ),
        _COLLEAGUES,
    ]
