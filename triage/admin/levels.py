"""The form of a level: what a reader is told whose answers end there, and first aid for some of them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin.desk.objects import COLLEAGUES
from articles.admin.desk.row_forms import RowWords
from articles.admin.site import desk_site
from triage.admin.members import MemberAdmin, MemberInline
from triage.protocols.tables import FirstAid, Level


class FirstAidInline(MemberInline):
    model = FirstAid
    conditions = "when_any"
    fieldsets = [(None, {"fields": [("text_ru", "text_en"), "when_any", "sources", "ordering"]})]


@admin.register(Level, site=desk_site)
class LevelAdmin(MemberAdmin):
    new_title = _("New triage level")
    anchor = "triage-levels"
    inlines = [FirstAidInline]
    autocomplete_fields = ["sources"]
    search_fields = ["title_ru", "title_en", "text_ru", "text_en"]
    fieldsets = [
        (None, {"fields": ["level", ("title_ru", "title_en"), ("text_ru", "text_en"), "sources", "protocol"]}),
        COLLEAGUES,
    ]
    row_words = RowWords(
        heading=_("First aid"),
        help=_("What to do at once, told only to readers who gave one of the answers chosen here."),
        insert=_("Add first aid here"),
        remove=_("Delete this first aid"),
        moved=_("First aid moved: now number %(number)s of %(total)s."),
        inserted=_("First aid added: number %(number)s of %(total)s."),
        removed=_("The first aid will be deleted when you save."),
        kept=_("The first aid stays."),
    )
