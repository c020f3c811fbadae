"""Deleting: a draft that nobody uses and no reader ever saw. Everything else is refused with the places of its use."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.admin.press import addresses
from articles.canonical.languages import LANGUAGES, Language
from articles.content.aggregates import dump, kind_of
from articles.content.desk_object import DeskObject
from articles.content.labels import label
from articles.content.written import written
from articles.editorial.rights import languages_of
from articles.publishing.uses import Uses, uses


class GuardedDeletion(admin.ModelAdmin):
    """Mixed into the admin of a kind. The guard sits where Django decides, so the page and the POST agree."""

    delete_confirmation_template = "articles/admin/press/delete.html"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever writes in one language deletes nothing that has words in the other one."""
        if not super().has_delete_permission(request, obj):
            return False
        if obj is None:
            # Asked for every kind of the menu on every page.
            return True
        languages = languages_of(request.user)
        return len(languages) == len(LANGUAGES) or not written_beside(obj, languages)

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


def written_beside(obj: DeskObject, languages: frozenset[Language]) -> bool:
    """Return whether the object holds words in a language that is not among these."""
    return bool(written(kind_of(obj), None, dump(obj)).languages - languages)


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
