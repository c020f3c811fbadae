"""The form of a picture (replaced by another branch)."""

from django.contrib import admin

from articles.admin.desk.naming import named
from articles.admin.desk.objects import DeskAdmin
from articles.admin.site import desk_site
from articles.content.pictures import Picture


@admin.register(Picture, site=desk_site)
class PictureAdmin(DeskAdmin):
    list_display = [named(Picture)]
    search_fields = ["alt_ru", "alt_en"]
