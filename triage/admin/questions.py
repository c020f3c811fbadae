"""The form of a question: its words, and its answers as rows."""

from typing import Any

from django.contrib import admin
from django.db.models import Max
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.desk.objects import COLLEAGUES
from articles.admin.desk.row_forms import RowWords
from articles.admin.press import addresses
from articles.admin.site import desk_site
from articles.canonical.text import excerpt
from articles.content.labels import label
from triage.admin.members import MemberAdmin, MemberInline, Neighbours
from triage.engine.protocol import EMERGENCY, SELF_CARE, UNSURE
from triage.protocols.tables import Option, Question

# What every question needs: without the first nobody could say no, and who is not sure must never end in self-care.
_FIRST_ANSWERS: list[dict[str, Any]] = [
    {"code": "none", "rank": SELF_CARE, "exclusive": True, "text_ru": "Ничего из этого", "text_en": "None of these"},
    {"code": UNSURE, "rank": EMERGENCY, "exclusive": True, "text_ru": "Не знаю, трудно сказать", "text_en": "Not sure"},
]


class OptionInline(MemberInline):
    model = Option

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else len(_FIRST_ANSWERS)

    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("text_ru", "text_en"),
                    ("rank", "code", "exclusive"),
                    "sources",
                    "points_to",
                    "ordering",
                ]
            },
        )
    ]


@admin.register(Question, site=desk_site)
class QuestionAdmin(MemberAdmin):
    new_title = _("New question")
    anchor = "triage-questions"
    inlines = [OptionInline]
    search_fields = ["text_ru", "text_en", "code"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("text_ru", "text_en"),
                    ("code", "several"),
                    ("exclusive_because_ru", "exclusive_because_en"),
                    "protocol",
                ]
            },
        ),
        COLLEAGUES,
    ]
    row_words = RowWords(
        heading=_("Answers"),
        help=_("In the order in which readers see them. Drag an answer by its name, or use its arrows."),
        insert=_("Add an answer here"),
        remove=_("Delete the answer"),
        moved=_("Answer moved: now number %(number)s of %(total)s."),
        inserted=_("Answer added: number %(number)s of %(total)s."),
        removed=_("The answer will be deleted when you save."),
        kept=_("The answer stays."),
    )

    class Media:
        js = ["triage/admin/question.js"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            last = obj.protocol.questions.aggregate(last=Max("position"))["last"]
            obj.position = (last or 0) + 10
        super().save_model(request, obj, form, change)

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if obj._state.adding and request.method != "POST":
            kwargs["initial"] = [{**answer, "ordering": n * 10} for n, answer in enumerate(_FIRST_ANSWERS, start=1)]
        return kwargs

    def neighbours(self, obj: Question) -> Neighbours:
        rows = list(obj.protocol.questions.order_by("position", "pk"))
        here = rows.index(obj)
        return Neighbours(
            _("Question %(number)s of %(total)s") % {"number": here + 1, "total": len(rows)},
            _way(rows[here - 1]) if here else None,
            _way(rows[here + 1]) if here + 1 < len(rows) else None,
        )


def _way(question: Question) -> tuple[str, str]:
    return addresses.form_of(question), excerpt(label(question), 60)
