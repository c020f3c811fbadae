"""The buttons under a form: save, preview, publish, more. What leads to the press saves first."""

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.press import addresses, later
from articles.content.aggregates import kind_of
from articles.content.desk_object import DeskObject
from articles.content.quotes import Quote
from articles.content.sources import Source
from articles.content.texts import Text
from articles.editions.shelf import Standing
from articles.editorial.roles import may
from articles.publishing.desks import ITEMS
from articles.publishing.drift_marks import drifting_parts
from articles.publishing.ending import endings
from articles.publishing.expunge import ERASABLE
from articles.publishing.parts import SHARED
from articles.publishing.uses import part_of, texts_with, uses

_PREVIEWS = ("ru", "en", "both")


class PressButtons(admin.ModelAdmin):
    """Mixed into the admin of a kind, before content-editor's; the form shows `articles/admin/press/buttons.html`."""

    save_on_top = False

    class Media:
        js = ["articles/admin/press/focus.js"]

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self._to_press(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if leads_on := self._to_press(request, obj):
            return leads_on
        response = super().response_change(request, obj)
        self._tell_impact(request, obj)
        return response

    def _tell_impact(self, request: HttpRequest, obj: models.Model) -> None:
        """Behind “saved”: how many live pages still show the old text, and the way to send the new one out."""
        if count := len(_differing(request, obj)) if isinstance(obj, DeskObject) else 0:
            words = ngettext(
                "%(count)s live page still shows the old text:", "%(count)s live pages still show the old text:", count
            ) % {"count": count}
            way = addresses.impact(kind_of(obj), obj.pk)  # type: ignore[arg-type]
            messages.warning(request, format_html('{} <a href="{}">{}</a>', words, way, _("look and send out")))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        return super().render_change_form(
            request, context | {"press": buttons(request, self.model, obj)}, *args, **kwargs
        )

    def _to_press(self, request: HttpRequest, obj: models.Model) -> HttpResponse | None:
        """The way to the page that the pressed button names; None when the form was only saved."""
        kind = _item_kind(type(obj))
        if not kind:
            return None
        for which in _PREVIEWS:
            if f"_preview_{which}" in request.POST:
                return HttpResponseRedirect(addresses.preview(kind, obj.pk, which))
        if "_later" in request.POST:
            return HttpResponseRedirect(addresses.publish_later(kind, obj.pk))
        if "_publish" in request.POST:
            return HttpResponseRedirect(addresses.publish(kind, obj.pk))
        return None


def buttons(request: HttpRequest, model: type[models.Model], obj: models.Model | None) -> dict[str, Any]:
    """Return what the buttons of a form offer this person about this object; `obj` is None on a form for a new one."""
    offers: dict[str, Any] = {
        "previews": bool(_item_kind(model)),
        "publishes": bool(_item_kind(model)) and may(request.user, "publish"),
    }
    if not isinstance(obj, DeskObject):
        return offers
    offers |= {"used_url": addresses.used(kind_of(obj), obj.pk), "erase_url": _erase_url(request, obj)}
    if _item_kind(model):
        stands = list(Standing.objects.filter(item=obj.pk))
        live = [row for row in stands if row.is_live]
        offers |= {
            "kept": bool(stands),
            "is_live": bool(live),
            "checklist_url": "" if kind_of(obj) in addresses.PUBLISHING else addresses.checklist(kind_of(obj), obj.pk),
            "withdraw_url": _withdraw_url(request, obj) if stands else "",
            "check_url": addresses.check(kind_of(obj), obj.pk) if live and may(request.user, "publish") else "",
            "checked": any(row.check_json for row in live),
            "waiting": later.waiting(obj.pk),
            "endings": list(endings(obj.pk)),
            "ending_url": addresses.ending(kind_of(obj), obj.pk) if may(request.user, "withdraw") else "",
            "plan_url": addresses.review_plan(kind_of(obj), obj.pk) if may(request.user, "publish") else "",
        }
        if isinstance(obj, Text):
            return offers
    found = uses(obj)
    differing = _differing(request, obj)
    offers |= {
        "kept": found.forbid_deletion,
        "live_texts": [(row, addresses.drift(row.item)) for row in found.live],
        "differing": len(differing),
        "impact_url": addresses.impact(kind_of(obj), obj.pk) if differing else "",
    }
    if isinstance(obj, Quote | Source):
        offers["withdrawn_at"] = obj.withdrawn_at
        offers["withdraw_url"] = "" if obj.withdrawn_at else _withdraw_url(request, obj)
    return offers


def _differing(request: HttpRequest, obj: DeskObject) -> list[Standing]:
    """The live texts that show a shared part otherwise than the desk has it, for somebody who may send it out."""
    if kind_of(obj) not in SHARED or not may(request.user, "publish"):
        return []
    return drifting_parts(texts_with(part_of(obj))).get(part_of(obj), [])


def _item_kind(model: type[models.Model]) -> str:
    """The kind of what is published by itself, empty for everything else."""
    return next((kind for kind, one in ITEMS.items() if one is model), "")


def _withdraw_url(request: HttpRequest, obj: DeskObject) -> str:
    return addresses.withdraw(kind_of(obj), obj.pk) if may(request.user, "withdraw") else ""


def _erase_url(request: HttpRequest, obj: DeskObject) -> str:
    return addresses.erase(kind_of(obj), obj.pk) if kind_of(obj) in ERASABLE and may(request.user, "withdraw") else ""
