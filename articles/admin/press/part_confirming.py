"""What changed in a shared part since texts were signed: a reviewer reads that alone, and confirms it once for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.moments import now, person
from articles.admin.press import addresses
from articles.admin.press.changed_values import FieldChange, field_changes
from articles.admin.press.proofs import Obstacle
from articles.admin.press.words import LANGUAGE_NAMES
from articles.admin.sections import TEXTS
from articles.admin.sign_in.step_up import step_up
from articles.admin.site import Menu, desk_site
from articles.content.aggregates import kind_of
from articles.content.desk_object import DeskObject
from articles.content.labels import label
from articles.editions.store import Part
from articles.editorial.roles import may
from articles.publishing.confirming import (
    Basis,
    Difference,
    ShownDifference,
    confirm,
    differences,
    shown,
    signed_last,
    waiting_differences,
)
from articles.publishing.drift import working_parts
from articles.publishing.parts import SHARED
from articles.publishing.problems import RefusedError
from articles.publishing.substance import part_named


@dataclass(frozen=True)
class Waiting:
    """A difference as the page shows it: what differs field by field, and the texts that wait for it."""

    found: ShownDifference
    changes: list[FieldChange]
    is_inside: bool

    @property
    def value(self) -> str:
        """What the button of this difference sends."""
        one = self.found.difference
        return "|".join((f"{one.part.kind}:{one.part.id}", one.language, one.before, one.after))

    @property
    def name(self) -> str:
        return name_of(self.found.working)

    @property
    def language(self) -> str:
        return self.found.language

    @property
    def language_name(self) -> Promise:
        return LANGUAGE_NAMES[self.found.language]

    @property
    def is_new(self) -> bool:
        return not self.found.difference.before

    @property
    def texts(self) -> list[tuple[Basis, str]]:
        """Each text once, with the address of its review page."""
        bases = {(basis.kind, basis.item): basis for basis in self.found.difference.bases}
        return [(one, addresses.review(one.kind, one.item, self.language)) for one in bases.values()]

    @property
    def is_confirmed_by_its_author(self) -> bool:
        """Whether somebody who wrote at the change has confirmed it, which does not count alone."""
        return any(row.is_own for row in self.found.confirmed)


def name_of(working: models.Model) -> str:
    """Return what a part is and what it is called."""
    return f"{capfirst(str(working._meta.verbose_name))}: {label(working)}"


@desk_site.page("changed-parts/<str:kind>/<uuid:pk>/", name="confirm_part")
def confirm_page(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """Show what changed in a shared part and which texts wait for it; on POST confirm one difference."""
    if not may(request.user, "review"):
        raise PermissionDenied
    if kind not in SHARED:
        raise Http404
    part = Part(kind, str(pk))
    if request.method != "POST":
        return _page(request, part)
    if asked := step_up(request):
        return asked
    name, language, before, after = (*request.POST.get("difference", "").split("|"), "", "", "", "")[:4]
    try:
        row = confirm(part, part_named(name), language, before, after, by=person(request), at=now())
    except RefusedError as refusal:
        return _page(request, part, [Obstacle(one.sentence, "#differences") for one in refusal.problems])
    if row.is_own:
        messages.warning(
            request,
            _("Noted. You wrote at this change yourself, so another medical reviewer has to confirm it as well."),
        )
    else:
        messages.success(request, _("Confirmed. It counts for every text that carries this part."))
    return HttpResponseRedirect(request.get_full_path())


@desk_site.page(
    "changed-parts/",
    name="confirm_parts",
    menu=Menu(TEXTS, gettext_lazy("Changed parts to confirm"), lambda request: may(request.user, "review"), 2),
)
def confirm_list(request: HttpRequest) -> HttpResponse:
    """Every changed part for which texts that were signed lately wait."""
    if not may(request.user, "review"):
        raise PermissionDenied
    context = desk_site.each_context(request) | {
        "title": _("Changed parts to confirm"),
        "parts": waiting_parts(signed_last()),
    }
    return TemplateResponse(request, "articles/admin/press/confirm_list.html", context)


def waiting_parts(texts: Sequence[DeskObject], language: str = "") -> list[dict[str, str]]:
    """Return name, address, languages and the number of waiting texts of each part that signatures wait for.

    Only of one language, if it is given.
    """
    found: dict[Part, list[Difference]] = {}
    for one in waiting_differences(texts):
        if language in ("", one.language):
            found.setdefault(one.part, []).append(one)
    working = working_parts(found)
    return [
        {
            "name": name_of(working[part]),
            "url": addresses.confirm(part.kind, part.id),
            "languages": ", ".join(dict.fromkeys(one.language.upper() for one in mine)),
            "texts": _counted(len({basis.item for one in mine for basis in one.bases})),
        }
        for part, mine in found.items()
        if part in working
    ]


def confirms(request: HttpRequest, obj: DeskObject) -> list[tuple[str, str]]:
    """Return (address, words) of the page for the form of a shared part that a reviewer or an administrator reads."""
    if kind_of(obj) not in SHARED or not may(request.user, "review"):
        may_look = kind_of(obj) in SHARED and may(request.user, "expunge")
        place = (addresses.confirmed(kind_of(obj), obj.pk), _("What was confirmed of this part"))
        return [place] if may_look else []
    return [(addresses.confirm(kind_of(obj), obj.pk), _("Confirm what changed"))]


def _counted(count: int) -> str:
    return ngettext("%(count)s text waits", "%(count)s texts wait", count) % {"count": count}


def _page(request: HttpRequest, part: Part, refused: Sequence[Obstacle] = ()) -> HttpResponse:
    working = SHARED[part.kind].model._default_manager.filter(pk=part.id).first()
    if working is None:
        raise Http404
    found = shown(differences(part), to=person(request))
    context = desk_site.each_context(request) | {
        "title": _("What changed since texts were signed"),
        "subtitle": name_of(working),
        "waiting": [Waiting(one, field_changes(one), one.difference.part != part) for one in found],
        "refused": refused,
        "form_url": addresses.form(part.kind, part.id),
        "confirmed_url": addresses.confirmed(part.kind, part.id),
        "list_url": addresses.confirm_list(),
    }
    return TemplateResponse(request, "articles/admin/press/confirm_part.html", context, status=422 if refused else 200)
