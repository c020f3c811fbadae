"""The form of a picture."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import Field
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles.admin.desk.naming import named
from articles.admin.desk.objects import DeskAdmin, DeskForm
from articles.admin.desk.picture_fields import PictureField, chosen_name
from articles.admin.desk.picture_uploads import receive
from articles.admin.press.standing import StateFilter
from articles.admin.site import desk_site
from articles.answers.pictures import address
from articles.content.pictures import NAMING, Picture
from articles.content.renditions import RenditionsField, smallest

_FILE = "renditions"


class PictureForm(DeskForm):
    """Asks for the name that a licence asks for, and takes over what follows from the file."""

    @cached_property
    def changed_data(self) -> list[str]:
        changed = super().changed_data
        return [*changed, "width", "height", "original_name"] if _FILE in changed else changed

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("licence") in NAMING and not cleaned.get("credit") and "credit" not in self.errors:
            self.add_error("credit", _("This licence requires the author’s name. Say whom to name."))
        if _FILE in cleaned and (name := chosen_name(self.data, _FILE)):
            self.instance.original_name = name
        return cleaned


@admin.register(Picture, site=desk_site)
class PictureAdmin(DeskAdmin):
    form = PictureForm
    new_title = _("New picture")
    list_display = ["thumbnail", named(Picture), "licence", "credit", "extent", "state_ru", "state_en"]
    list_display_links = [list_display[1]]
    list_filter = ["licence", StateFilter]
    search_fields = [
        "alt_ru", "alt_en", "caption_ru", "caption_en", "credit", "original_name", "source_url"
    ]  # fmt: skip
    fieldsets = [
        (None, {"fields": [_FILE, ("alt_ru", "alt_en"), ("caption_ru", "caption_en")]}),
        (_("Rights"), {"fields": [("licence", "credit"), ("source_url", "licence_url")]}),
        (_("For colleagues"), {"fields": ["internal_note"], "classes": ["collapse"]}),
    ]

    class Media:
        css = {"all": ["articles/admin/desk/pictures.css"]}

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Keep the chosen file first, whatever then becomes of the form."""
        may_save = self.has_change_permission(request) if object_id else self.has_add_permission(request)
        if request.method == "POST" and may_save:
            receive(request, _FILE)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Field | None:
        if isinstance(db_field, RenditionsField):
            return PictureField(
                label=capfirst(str(db_field.verbose_name)),
                help_text=_(
                    "JPEG, PNG, WebP, AVIF or a still GIF, at most 10 MB; 1600 pixels wide is best. "
                    "Place, time and camera that are noted in the file are removed."
                ),
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("Thumbnail"))
    def thumbnail(self, picture: Picture) -> SafeString:
        file = smallest(picture.renditions, "webp")
        return format_html(
            '<img class="desk-thumbnail" src="{}" width="{}" height="{}" alt="" loading="lazy">',
            address(file["path"]),
            file["width"],
            file["height"],
        )

    @admin.display(description=_("pixels"))
    def extent(self, picture: Picture) -> str:
        return f"{picture.width}\u00a0×\u00a0{picture.height}"
