"""The buttons under a form: save, preview, publish, more. What leads to the press saves first."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from articles.admin.press import addresses
from articles.content.desk_object import DeskObject
from articles.content.quotes import Quote
from articles.content.sources import Source
from articles.content.texts import Text
from articles.editions.shelf import Standing
from articles.editorial.roles import may
from articles.publishing.desks import ITEMS
from articles.publishing.uses import uses

_PREVIEWS = ("ru", "en", "both")


class PressButtons(admin.ModelAdmin):
    """Mixed into the admin of a kind, before content-editor's; the form shows `articles/admin/press/buttons.html`."""

    save_on_top = False

    class Media:
        js = ["articles/admin/press/focus.js"]

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self._to_press(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._to_press(request, obj) or super().response_change(request, obj)

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
        if "_publish" in request.POST:
            return HttpResponseRedirect(addresses.publish(kind, obj.pk))
        return None


def buttons(request: HttpRequest, model: type[models.Model], obj: models.Model | None) -> dict[str, Any]:
    """Return what the buttons of a form offer this person about this object; `obj` is None on a form for a new one."""
    offers: dict[str, Any] = {
        "previews": bool(_item_kind(model)),
        "publishes": bool(_item_kind(model)) and may(request.user, "publish"),
    }
    if obj is not None and _item_kind(model):
        published = Standing.objects.filter(item=obj.pk).exists()
        offers |= {"kept": published, "withdraw_url": _withdraw_url(request, obj) if published else ""}
        if isinstance(obj, Text):
            return offers
    if isinstance(obj, DeskObject):
        found = uses(obj)
        offers["kept"] = found.forbid_deletion
        offers["live_texts"] = [(row, addresses.drift(row.item)) for row in found.live]
    if isinstance(obj, Quote | Source):
        offers["withdrawn_at"] = obj.withdrawn_at
        offers["withdraw_url"] = "" if obj.withdrawn_at else _withdraw_url(request, obj)
    return offers


def _item_kind(model: type[models.Model]) -> str:
    """The kind of what is published by itself, empty for everything else."""
    return next((kind for kind, one in ITEMS.items() if one is model), "")


def _withdraw_url(request: HttpRequest, obj: models.Model) -> str:
    return addresses.withdraw(addresses.kind_of(obj), obj.pk) if may(request.user, "withdraw") else ""
