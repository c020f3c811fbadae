"""The form of a protocol: whom it is for, its rules, and below them its questions and levels in short."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.desk.naming import named, other_name
from articles.admin.desk.objects import COLLEAGUES
from articles.admin.desk.row_forms import RowWords
from articles.admin.desk.slugs import AddressedForm
from articles.admin.press import addresses
from articles.admin.press.standing import StateFilter
from articles.admin.site import desk_site
from articles.canonical.text import excerpt
from articles.content.labels import label
from articles.content.problems import DeskProblem
from articles.editorial.roles import right
from triage.admin.findings import Found, of_request
from triage.admin.marks import level_mark
from triage.admin.rows import TriageRowInline, TriageRowsAdmin
from triage.engine.protocol import LEVELS
from triage.protocols.tables import Level, Option, Protocol, Question, Rule

_SHOWN = 110


class RuleInline(TriageRowInline):
    model = Rule
    conditions = "when_all"
    fieldsets = [
        (
            None,
            {"fields": [("code", "rank"), "when_all", ("text_ru", "text_en"), "sources", "ordering"]},
        )
    ]


@dataclass(frozen=True)
class ShownAnswer:
    code: str
    text: str
    level: SafeString
    stands_alone: bool


@dataclass(frozen=True)
class ShownQuestion:
    """A question as the protocol's form lists it."""

    id: UUID
    code: str
    text: str
    several: bool
    url: str
    answers: list[ShownAnswer]
    to_mend: int


@dataclass(frozen=True)
class ShownLevel:
    """A level as the form lists it; `title` is empty where the protocol lacks it, and `url` leads to a new one then."""

    level: SafeString
    title: str
    url: str
    to_mend: int = 0


@admin.register(Protocol, site=desk_site)
class ProtocolAdmin(TriageRowsAdmin):
    form = AddressedForm
    change_form_template = "triage/admin/protocol_form.html"
    new_title = _("New triage protocol")
    list_display = [named(Protocol), other_name, "name_of_version", "expires_on", "state_ru", "state_en"]
    list_filter = [StateFilter]
    search_fields = ["title_ru", "title_en", "summary_ru", "summary_en"]
    autocomplete_fields = ["services"]
    inlines = [RuleInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("title_ru", "title_en"),
                    ("summary_ru", "summary_en"),
                    ("danger_ru", "danger_en"),
                    ("name_of_version", "expires_on"),
                    "services",
                ]
            },
        ),
        (
            _("Address and languages"),
            {"fields": [("slug_ru", "slug_en"), "original_language"], "classes": ["collapse"]},
        ),
        COLLEAGUES,
    ]
    row_words = RowWords(
        heading=_("Rules"),
        help=_(
            "A rule is for answers that mean more together than each of them alone. The gravest of all that is met "
            "wins, so their order decides nothing."
        ),
        insert=_("Add a rule here"),
        remove=_("Delete the rule"),
        moved=_("Rule moved: now number %(number)s of %(total)s."),
        inserted=_("Rule added: number %(number)s of %(total)s."),
        removed=_("The rule will be deleted when you save."),
        kept=_("The rule stays."),
    )

    class Media:
        js = ["triage/admin/order.js"]

    def get_inlines(self, request: HttpRequest, obj: Protocol | None) -> Any:
        # A rule names answers, and a protocol that was never saved has none.
        return self.inlines if obj else []

    def other_places(self, obj: Protocol) -> list[tuple[str, str]]:
        pages = [("sign", _("Signatures")), ("compare", _("What changed")), ("export", _("Save as a file"))]
        return [(reverse(f"admin:triage_{name}", args=[obj.pk]), str(words)) for name, words in pages]

    def missing(self, request: HttpRequest, obj: Protocol) -> dict[str, list[DeskProblem]]:
        return {str(language): found for language, found in of_request(request, obj).problems.items()}

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        obj: Protocol | None = context.get("original")
        if obj:
            found = of_request(request, obj)
            context |= {
                "found": found,
                "questions": questions_of(found),
                "levels": levels_of(found),
                "add_question_url": _add_url(Question, obj) if request.user.has_perm(right("add", Question)) else "",
                "may_order": request.user.has_perm(right("add", Question)),
                "question_moved": _("Question moved: now number %(number)s of %(total)s."),
                "order_url": reverse("admin:triage_order", args=[obj.pk]),
            }
        return super().render_change_form(request, context, *args, **kwargs)


def questions_of(found: Found) -> list[ShownQuestion]:
    """Return the questions in their order with their answers in short, and how much is to be mended in each."""
    return [
        ShownQuestion(
            question.pk,
            question.code,
            label(question),
            question.several,
            addresses.form_of(question),
            [_answer(option) for option in question.options.all()],
            found.at([question.pk, *(option.pk for option in question.options.all())]),
        )
        for question in found.draft.questions
    ]


def levels_of(found: Found) -> list[ShownLevel]:
    """Return all five levels, the gravest first, also those that the protocol still lacks."""
    known = {level.level: level for level in found.draft.levels}
    shown = []
    for rank, code in sorted(enumerate(LEVELS), reverse=True):
        if level := known.get(code):
            to_mend = found.at([level.pk, *(aid.pk for aid in level.first_aid.all())])
            shown.append(ShownLevel(level_mark(rank), label(level), addresses.form_of(level), to_mend))
        else:
            shown.append(ShownLevel(level_mark(rank), "", _add_url(Level, found.draft.working, level=code)))
    return shown


def _answer(option: Option) -> ShownAnswer:
    return ShownAnswer(option.code, excerpt(label(option), _SHOWN), level_mark(option.rank), option.exclusive)


def _add_url(model: type[Question] | type[Level], protocol: Protocol, **given: str) -> str:
    return f"{addresses.page(model, 'add')}?{urlencode({'protocol': str(protocol.pk), **given})}"
