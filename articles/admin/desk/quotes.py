"""The form of a quote: somebody's words with their whole context."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.desk.naming import named
from articles.admin.desk.objects import DeskAdmin, DeskForm
from articles.admin.press.standing import StateFilter
from articles.admin.site import desk_site
from articles.content.quotes import Attribution, Quote


class QuoteForm(DeskForm):
    """Says at the field itself what the database would refuse."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("attribution") == Attribution.UNNAMED and cleaned.get("expert"):
            self.add_error(
                "expert",
                _(
                    "The source names nobody, so no speaker may be set. "
                    "Clear the speaker or choose another attribution."
                ),
            )
        if cleaned.get("approved_on") and not cleaned.get("expert"):
            self.add_error("approved_on", _("Without a speaker nobody can have approved the wording."))
        if (cleaned.get("reply_ru") or cleaned.get("reply_en")) and not cleaned.get("replied_on"):
            self.add_error("replied_on", _("Add the date of the speaker's reply."))
        return cleaned


@admin.register(Quote, site=desk_site)
class QuoteAdmin(DeskAdmin):
    form = QuoteForm
    new_title = _("New quote")
    list_display = [named(Quote), "speaker", "source_name", "verdict", "state_ru", "state_en"]
    list_filter = ["verdict", "attribution", "obtained", StateFilter]
    search_fields = [
        "text_ru", "text_en", "expert__name_ru", "expert__name_en", "source__authors", "source__title",
        "source__publisher", "source__issued",
    ]  # fmt: skip
    autocomplete_fields = ["expert", "source", "verdict_sources"]
    list_select_related = ["expert", "source"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("source", "locator"),
                    "attribution",
                    "expert",
                    ("text_ru", "text_en"),
                    ("original_language", "obtained"),
                    "approved_on",
                ]
            },
        ),
        (_("What evidence says"), {"fields": ["verdict", ("verdict_note_ru", "verdict_note_en"), "verdict_sources"]}),
        (_("Reply of the speaker"), {"fields": [("reply_ru", "reply_en"), "replied_on"]}),
        (_("For colleagues"), {"fields": ["internal_note"], "classes": ["collapse"]}),
    ]

    class Media:
        js = ["articles/admin/desk/speaker.js"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quote]:
        # A quote is named by its speaker too, in lists and in the picker of a block.
        return super().get_queryset(request).select_related("expert", "source")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Lists of one speaker's or one source's quotes are linked from their forms."""
        return lookup in ("expert__id__exact", "source__id__exact") or super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("Speaker"))
    def speaker(self, quote: Quote) -> str:
        return str(quote.expert or _("nobody is named"))

    @admin.display(description=_("Source"))
    def source_name(self, quote: Quote) -> str:
        return quote.source.short_name
