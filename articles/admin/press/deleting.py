"""Deleting: a draft that nobody uses and no reader ever saw. Everything else is refused with the places of its use."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.admin.press import addresses
from articles.content.desk_object import DeskObject
from articles.content.labels import label
from articles.publishing.uses import Uses, uses


class GuardedDeletion(admin.ModelAdmin):
    """Mixed into the admin of a kind. The guard sits where Django decides, so the page and the POST agree."""

    delete_confirmation_template = "articles/admin/press/delete.html"

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, list[Any]]:
        to_delete, counts, missing, protected = super().get_deleted_objects(objs, request)
        refusals = [line for obj in objs for line in _refusals(obj, uses(obj))]
        # What Django protects by foreign keys is among the uses, in better words.
        return to_delete, counts, missing, refusals or list(protected)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, object_id)
        context = {"title": _("Delete"), "subtitle": label(obj), "form_url": addresses.form_of(obj)} if obj else {}
        return super().delete_view(request, object_id, context | (extra_context or {}))


def _refusals(obj: DeskObject, found: Uses) -> Iterable[str]:
    for draft in found.drafts:
        yield format_html(
            '{} <a href="{}">{}</a>',
            f"{draft._meta.verbose_name}:".capitalize(),
            addresses.form_of(draft),
            label(draft),
        )
    for standing in [*found.own, *found.live]:
        yield format_html("{} {} ({})", _("Live text:"), standing.title, standing.language.upper())
    if found.published:
        yield _("Readers have seen it: what was published stays known. Withdraw it instead.")
