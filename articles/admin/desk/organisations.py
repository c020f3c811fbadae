"""The form of an organisation."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin.desk.naming import named
from articles.admin.desk.objects import DeskAdmin
from articles.admin.site import desk_site
from articles.content.organisations import Organisation


@admin.register(Organisation, site=desk_site)
class OrganisationAdmin(DeskAdmin):
    new_title = _("New organisation")
    list_display = [named(Organisation), "state_ru", "state_en"]
    search_fields = ["name_ru", "name_en", "url"]
    fieldsets = [(None, {"fields": [("name_ru", "name_en"), "url", "internal_note"]})]
