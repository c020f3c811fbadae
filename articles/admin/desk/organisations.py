"""The form of an organisation."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin.desk.naming import named, other_name
from articles.admin.desk.objects import DeskAdmin
from articles.admin.press.standing import StateFilter
from articles.admin.site import desk_site
from articles.content.organisations import Organisation


@admin.register(Organisation, site=desk_site)
class OrganisationAdmin(DeskAdmin):
    new_title = _("New organisation")
    list_display = [named(Organisation), other_name, "url", "state_ru", "state_en"]
    list_filter = [StateFilter]
    search_fields = ["name_ru", "name_en", "url"]
    fieldsets = [(None, {"fields": [("name_ru", "name_en"), "url", "internal_note"]})]
