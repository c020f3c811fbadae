"""Recalls: whom each urgent line has reached, how fast, and a reminder for those whom it has not."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from articles.admin.moments import now, person
from articles.admin.partners.recall_export import as_csv, as_json, who
from articles.admin.partners.spans import spoken
from articles.admin.sections import PARTNERS
from articles.admin.site import Menu, desk_site
from articles.editions.kinds import kinds
from articles.editions.shelf import Change, Standing
from articles.editions.urgency import act_by, is_urgent
from articles.editorial import audit
from articles.editorial.roles import may
from articles.partners.partner import Partner
from articles.partners.reminders import remind
from articles.partners.standings import PartnerStanding, standings_on, tallies, times, urgent_lines
from articles.partners.urgent_words import duty

_SHOWN = 30
# Lines around one in which those are looked for that were recorded with it: one withdrawal of a source is many lines.
_AROUND = 500
_TOGETHER = 12

_STEPS = {
    "told": gettext_lazy("told by webhook"),
    "mailed": gettext_lazy("mailed"),
    "fetched": pgettext_lazy("partners", "fetched"),
    "acknowledged": gettext_lazy("acknowledged"),
}

_EXPORTS = {"csv": (as_csv, "text/csv; charset=utf-8"), "json": (as_json, "application/json")}


def _may_see(request: HttpRequest) -> bool:
    return may(request.user, "see_partners")


@desk_site.page("recalls/", name="recalls", menu=Menu(PARTNERS, gettext_lazy("Recalls"), _may_see))
def recalls(request: HttpRequest) -> HttpResponse:
    """Every line that partners must act on at once, newest first, with how many partners have come how far."""
    if not _may_see(request):
        raise PermissionDenied
    before = request.GET.get("before", "")
    below = int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None
    lines = urgent_lines(limit=_SHOWN + 1, before=below)
    shown = lines[:_SHOWN]
    counts = tallies(shown)
    titles = _titles(shown)
    context = desk_site.each_context(request) | {
        "title": _("Recalls"),
        "lines": [_words(line, titles) | {"url": recall_url(line), "tally": counts[line.sequence]} for line in shown],
        "older": shown[-1].sequence if len(lines) > _SHOWN else None,
    }
    return TemplateResponse(request, "articles/admin/partners/recalls.html", context)


@desk_site.page("recalls/<int:sequence>/", name="recall")
def recall(request: HttpRequest, sequence: int) -> HttpResponse:
    """Where each partner stands with one line; whoever may withdraw may remind."""
    line = _line(request, sequence)
    if request.method == "POST":
        return _reminded(request, line)
    rows = standings_on(line)
    active = [row for row in rows if row.partner.is_active]
    context = desk_site.each_context(request) | {
        "title": _("Recall"),
        "line": _words(line, _titles([line])),
        "subtitle": _subtitle(line),
        "act_by": act_by(line),
        "to_do": duty(line).to_do,
        "is_over": act_by(line) < now(),
        "partners": [_row(row) for row in sorted(rows, key=_behind_first)],
        "count": len(active),
        "steps": [
            {
                "name": capfirst(str(_STEPS[step])),
                "count": found.count,
                "p50": spoken(found.p50) if found.p50 is not None else "",
                "p95": spoken(found.p95) if found.p95 is not None else "",
            }
            for step, found in times(active).items()
        ],
        "neither": sum(row.has_neither for row in active),
        "unacknowledged": sum(row.acknowledged_at is None for row in active),
        "together": [(recall_url(one), _subtitle(one), one.language) for one in _together(line)],
        "may_remind": may(request.user, "withdraw"),
        "exports": [(name.upper(), reverse("admin:recall_export", args=[sequence, name])) for name in _EXPORTS],
    }
    return TemplateResponse(request, "articles/admin/partners/recall.html", context)


@desk_site.page("recalls/<int:sequence>/export/<str:form>/", name="recall_export")
def recall_export(request: HttpRequest, sequence: int, form: str) -> HttpResponse:
    """The report as a file."""
    line = _line(request, sequence)
    if form not in _EXPORTS:
        raise Http404
    write, media_type = _EXPORTS[form]
    audit.record("exported", by=person(request), at=now(), kind="recall", about=sequence, detail=form.upper())
    response = HttpResponse(write(line, standings_on(line)), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="recall-{sequence}.{form}"'
    return response


def recall_url(line: Change) -> str:
    """Return the address of a line's page."""
    return reverse("admin:recall", args=[line.sequence])


def _line(request: HttpRequest, sequence: int) -> Change:
    if not _may_see(request):
        raise PermissionDenied
    line = Change.objects.filter(sequence=sequence).first() if sequence < 2**63 else None
    if line is None or not is_urgent(line):
        raise Http404
    return line


def _reminded(request: HttpRequest, line: Change) -> HttpResponse:
    """Remind one partner or many, and say whom; a second click within minutes sends nothing and says why."""
    if not may(request.user, "withdraw"):
        raise PermissionDenied
    asked = _asked(request.POST.get("remind", ""), standings_on(line))
    reminded = remind([row.partner.pk for row in asked], line, by=person(request), at=now())
    if reminded:
        count = len(reminded)
        said = ngettext("A reminder is on its way to %(names)s.", "Reminders are on their way to %(names)s.", count)
        messages.success(request, said % {"names": _named(reminded)})
    if rested := [row.partner for row in asked if row.partner not in reminded]:
        said = _("Written to within the last ten minutes, so nothing was sent again: %(names)s.")
        messages.info(request, said % {"names": _named(rested)})
    if not asked:
        messages.info(request, _("There is nobody left to remind."))
    return HttpResponseRedirect(request.get_full_path())


def _asked(whom: str, rows: Sequence[PartnerStanding]) -> list[PartnerStanding]:
    """Those who lack the line, or one partner by its id."""
    if whom == "neither":
        return [row for row in rows if row.has_neither and row.partner.is_active]
    if whom == "unacknowledged":
        return [row for row in rows if row.acknowledged_at is None and row.partner.is_active]
    return [row for row in rows if str(row.partner.pk) == whom]


def _named(partners: Sequence[Partner]) -> str:
    return ", ".join(partner.name for partner in partners)


def _behind_first(row: PartnerStanding) -> tuple[bool, bool, bool, str]:
    return (not row.partner.is_active, not row.has_neither, row.acknowledged_at is not None, row.partner.name)


def _row(row: PartnerStanding) -> dict[str, Any]:
    spans = {step: row.took(step) for step in _STEPS}
    return {
        "key": str(row.partner.pk),
        "name": row.partner.name,
        "email": row.partner.safety_email,
        "is_active": row.partner.is_active,
        "has_neither": row.has_neither,
        "lacks": row.acknowledged_at is None,
        "steps": [
            (capfirst(str(name)), "" if (span := spans[step]) is None else spoken(span), getattr(row, f"{step}_at"))
            for step, name in _STEPS.items()
        ],
        "reminders": [(one.asked_at, who(one.by)) for one in row.reminders],
    }


def _words(line: Change, titles: dict[tuple[UUID, str], str]) -> dict[str, Any]:
    return {
        "sequence": line.sequence,
        "happened": capfirst(str(duty(line).happened)),
        # Of what was erased no name is left.
        "title": titles.get((line.item, line.language), "") or str(line.item),
        "language": line.language,
        "url": line.url,
        "why": line.note,
        "recorded_at": line.recorded_at,
    }


def _titles(lines: Sequence[Change]) -> dict[tuple[UUID, str], str]:
    rows = Standing.objects.filter(item__in={line.item for line in lines}, kind__in=[kind.name for kind in kinds()])
    return {(item, language): title for item, language, title in rows.values_list("item", "language", "title")}


def _subtitle(line: Change) -> str:
    said = _words(line, _titles([line]))
    return f"{said['happened']}: {said['title']}"


def _together(line: Change) -> list[Change]:
    """Other urgent lines of the same act: the other language, the other texts that carried a source."""
    near = Change.objects.filter(
        sequence__gt=line.sequence - _AROUND, sequence__lt=line.sequence + _AROUND, recorded_at=line.recorded_at
    )
    return [one for one in near.exclude(pk=line.pk).order_by("sequence") if is_urgent(one)][:_TOGETHER]
