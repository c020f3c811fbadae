"""The page on which one text is translated: every part in both languages, side by side, with what readers see now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.desk import scratches
from articles.admin.desk.agreement import THIS_LANGUAGE_ONLY
from articles.admin.desk.expired import REOPENED, is_reopened, reopens
from articles.admin.desk.rich_text import settings_of_editors
from articles.admin.desk.steps import parts_asked
from articles.admin.moments import now, person
from articles.admin.press import addresses
from articles.admin.press.gap_words import in_hours
from articles.admin.press.words import LANGUAGE_NAMES
from articles.admin.press.workflow import goes_this_way
from articles.admin.site import desk_site
from articles.admin.translations.parts import Row, rows_of
from articles.admin.translations.queue import may_see, name, neighbours, waiting
from articles.admin.translations.writing import PartForm, part_form, row_of, save_part
from articles.canonical.languages import Language, other_language
from articles.content.aggregates import uuid_of
from articles.content.desk_object import DeskObject
from articles.content.labels import label
from articles.editorial import roles
from articles.editorial.rights import may_write
from articles.editorial.scratch import finish_scratch
from articles.editorial.translation_tasks import MovedObject, TranslationTask
from articles.publishing import translation_queue
from articles.publishing.desks import ITEMS, desk
from articles.publishing.safety_gaps import gaps_of
from articles.publishing.steps import item_steps
from articles.publishing.vouching import vouch

_SEEN = "part_seen"
_ALL = "all"


@dataclass(frozen=True)
class Opened:
    """The part that is being translated on the page. `is_overtaken` says that its words were changed meanwhile."""

    part: str
    form: PartForm
    seen: str
    only: bool = False
    is_overtaken: bool = False
    is_unsaved: bool = False


@desk_site.page("translations/<str:kind>/<uuid:item>/", name="translation")
@reopens
def translation(request: HttpRequest, kind: str, item: UUID) -> HttpResponse:
    """Show the text; on POST save the translation of a part, or record that parts are still correct."""
    if not may_see(request):
        raise PermissionDenied
    working = _working(kind, item)
    language: Language = working.translation_language  # type: ignore[attr-defined]
    if request.method != "POST":
        return _page(request, kind, working, _opened(request, working, language, request.GET.get("edit", "")))
    if not may_write(request.user, language):
        raise PermissionDenied
    if answered := scratches.answer_for(request, _scratch(kind), item):
        return answered
    part = request.POST.get("part", "")
    if is_reopened(request) and part:
        return _page(request, kind, working, _opened(request, working, language, part, request.POST))
    if "confirm" in request.POST:
        return _confirm(request, kind, item)
    return _save(request, kind, item, language, part)


def _save(request: HttpRequest, kind: str, item: UUID, language: Language, part: str) -> HttpResponse:
    with transaction.atomic():
        working: Any = desk(kind).lock(item)
        opened = _opened(request, working, language, part, request.POST) if working else None
        if opened is None:
            raise Http404
        if opened.is_overtaken or not opened.form.form.is_valid():
            return _page(request, kind, working, opened, status=409 if opened.is_overtaken else 422)
        saved = save_part(working, opened.form, this_language_only=opened.only, by=person(request), at=now())
        if page := uuid_of(request.POST.get(scratches.PAGE)):
            finish_scratch(page, _scratch(kind), item, by=person(request), at=now())
    messages.success(request, _("Saved.") if saved else _("Nothing was changed."))
    following = ""
    if "_next" in request.POST:
        following = _following(rows_of(item_steps(_working(kind, item)), _working(kind, item)), part)
    if following:
        return HttpResponseRedirect(_address(request, kind, item, edit=following, part=following))
    return HttpResponseRedirect(_address(request, kind, item, part=part))


def _confirm(request: HttpRequest, kind: str, item: UUID) -> HttpResponse:
    value = request.POST.get("confirm", "")
    with transaction.atomic():
        working: Any = desk(kind).lock(item)
        if working is None:
            raise Http404
        found = item_steps(working)
        asked = parts_asked(found, value)
        if asked:
            vouch(working, found.language, found.original, asked, by=person(request), at=now())
    if asked is None:
        said = _("The text was changed after you looked at it. Nothing was confirmed; look at it again.")
        messages.warning(request, said)
    else:
        said = ngettext("Confirmed: %(count)s part.", "Confirmed: %(count)s parts.", len(asked)) % {"count": len(asked)}
        messages.success(request, said)
    part = value.partition(":")[0]
    rows = rows_of(item_steps(working), working)
    following = _following(rows, part) if asked and part != _ALL else ""
    # The keyboard goes on at the next part that waits, not at the top of the page.
    return HttpResponseRedirect(_address(request, kind, item, part=following))


def _address(request: HttpRequest, kind: str, item: UUID, *, edit: str = "", part: str = "") -> str:
    """This page again, narrowed as it is, with a part opened or in sight."""
    asked = {"edit": edit} if edit else {}
    if request.GET.get("show") == "work":
        asked["show"] = "work"
    address = reverse("admin:translation", args=[kind, item])
    return f"{address}{'?' if asked else ''}{urlencode(asked)}{'#part-' if part else ''}{part}"


def _following(rows: list[Row], part: str) -> str:
    """The next part that needs work behind this one, else the first that does; empty where none does."""
    waiting_parts = [row.part for row in rows if row.needs_work]
    order = [row.part for row in rows]
    behind = order[order.index(part) + 1 :] if part in order else []
    return next((one for one in behind if one in waiting_parts), waiting_parts[0] if waiting_parts else "")


def _opened(
    request: HttpRequest, working: DeskObject, language: Language, part: str, data: QueryDict | None = None
) -> Opened | None:
    row = row_of(working, part) if part and may_write(request.user, language) else None
    form = part_form(request, row, language, data) if row else None
    if form is None:
        return None
    if data is None:
        return Opened(part, form, form.seen)
    seen, only = data.get(_SEEN, ""), THIS_LANGUAGE_ONLY in data
    if REOPENED in data:
        return Opened(part, form, seen, only, is_unsaved=True)
    return Opened(part, form, form.seen, only, is_overtaken=seen != form.seen and form.form.has_changed())


def _page(
    request: HttpRequest, kind: str, working: DeskObject, opened: Opened | None, *, status: int = 200
) -> HttpResponse:
    if MovedObject.objects.filter(object_id=working.pk).exists():
        translation_queue.count([working.pk], at=now())
    # Typing into a form writes into its object: what is shown beside it is read anew.
    stored = _working(kind, working.pk)
    found = item_steps(stored)
    rows = rows_of(found, stored)
    task = TranslationTask.objects.select_related("translator").filter(pk=working.pk).first()
    is_narrow = request.GET.get("show") == "work"
    may = may_write(request.user, found.language)
    shown = [row for row in rows if row.needs_work or not is_narrow or (opened and row.part == opened.part)]
    context = desk_site.each_context(request) | {
        "title": _("Translation"),
        "subtitle": label(stored),
        "form_url": addresses.form(kind, working.pk),
        "publish_url": addresses.publish(kind, working.pk) if roles.may(request.user, "publish") else "",
        "workflow_url": addresses.workflow(kind, working.pk) if goes_this_way(stored) else "",
        "queue_url": reverse("admin:translations"),
        "page_url": _address(request, kind, working.pk),
        "all_url": reverse("admin:translation", args=[kind, working.pk]),
        "rows": [(row, _address(request, kind, working.pk, edit=row.part)) for row in shown],
        "work": sum(row.needs_work for row in rows),
        "total": len(rows),
        "is_narrow": is_narrow,
        "original": other_language(found.language),
        "into": found.language,
        "original_name": LANGUAGE_NAMES[other_language(found.language)],
        "into_name": LANGUAGE_NAMES[found.language],
        "may_write": may,
        "confirm_all": f"{_ALL}:{found.seen}" if may and found.behind else "",
        "opened": opened,
        "gaps": [in_hours(gap, now()) for gap in gaps_of([working.pk]).values()],
        "task": task,
        "translator": name(task.translator) if task else "",
        **(scratches.context_for(request, _scratch(kind), working.pk) if may else {}),
        "seen_version": request.POST.get("seen_version", stored.version),
        **_ways(request, task),
        **_editing(opened),
    }
    return TemplateResponse(request, "articles/admin/translations/page.html", context, status=status)


def _scratch(kind: str) -> str:
    return f"{scratches.OF_A_PART}{kind}"


def _ways(request: HttpRequest, task: TranslationTask | None) -> dict[str, str]:
    beside = neighbours(waiting(request, QueryDict()), task)
    return {f"{way}_url": addresses.translation(one.kind, one.item) if one else "" for way, one in beside.items()}


def _editing(opened: Opened | None) -> Mapping[str, Any]:
    if opened is None:
        return {}
    form = opened.form.form
    return {"media": form.media, "editors": settings_of_editors([str(field.value() or "") for field in form])}


def _working(kind: str, item: UUID) -> DeskObject:
    if kind not in ITEMS or getattr(ITEMS[kind], "translation_language", None) is None:
        raise Http404
    working = ITEMS[kind]._default_manager.filter(pk=item).first()
    if working is None:
        raise Http404
    return working
