"""The audit trail at the desk: administrators look through it, nobody changes it."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.admin.press import addresses
from articles.admin.site import desk_site
from articles.admin.titles import titles
from articles.content.aggregates import AGGREGATES
from articles.editorial import audit
from articles.editorial.audit import AuditEntry


class ActFilter(admin.SimpleListFilter):
    title = pgettext_lazy("audit trail", "act")
    parameter_name = "act"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return sorted(audit.words().items(), key=lambda entry: entry[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        return queryset.filter(act=self.value()) if self.value() else queryset


class WhoFilter(admin.SimpleListFilter):
    title = pgettext_lazy("audit trail", "who")
    parameter_name = "who"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        people = User.objects.order_by("username")
        return [(str(user.pk), user.get_full_name() or user.get_username()) for user in people]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        value = self.value() or ""
        return queryset.filter(done_by=int(value)) if value.isascii() and value.isdigit() else queryset


class _Titled(ChangeList):
    """A page of the trail, whose objects are called as they are called today; a query for each kind on it."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        entries: list[AuditEntry] = list(self.result_list)
        found = titles((entry.kind, entry.about) for entry in entries)
        for entry in entries:
            entry.title = found.get((entry.kind, entry.about), "")
        self.result_list = entries


@admin.register(AuditEntry, site=desk_site)
class AuditAdmin(admin.ModelAdmin):
    list_display = ("done_at", "who", "what", "object", "network")
    list_display_links = None
    list_filter = (ActFilter, WhoFilter, ("done_at", admin.DateFieldListFilter))
    list_select_related = ("done_by",)
    list_per_page = 100
    search_fields = ("=about", "detail")
    search_help_text = _("An id, the beginning of a key, or a word of the details")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    ordering = ("-pk",)
    actions = None
    fields = ("done_at", "who", "what", "object", "network")
    readonly_fields = fields

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return _Titled

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Audit trail")} | (extra_context or {}))

    @admin.display(description=pgettext_lazy("audit trail", "who"))
    def who(self, entry: AuditEntry) -> str:
        return (entry.done_by.get_full_name() or entry.done_by.get_username()) if entry.done_by else "—"

    @admin.display(description=pgettext_lazy("audit trail", "act"))
    def what(self, entry: AuditEntry) -> str:
        return entry.sentence

    @admin.display(description=pgettext_lazy("audit trail", "about"))
    def object(self, entry: AuditEntry) -> str | SafeString:
        """Its title, as a way to the object, and its kind; of what is gone the kind alone."""
        kind, way = _kind(entry)
        if not entry.title:
            return format_html('<a href="{}">{}</a>', way, kind) if way else kind
        named = format_html('<a href="{}">{}</a>', way, entry.title) if way else entry.title
        return format_html('{}<small class="trail-kind">{}</small>', named, kind)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        return False


def _kind(entry: AuditEntry) -> tuple[str, str]:
    pages = {"user": "auth_user_change", "partner": "articles_partner_change", "release": "release"}
    try:
        if entry.kind in AGGREGATES:
            return capfirst(str(AGGREGATES[entry.kind]._meta.verbose_name)), addresses.form(entry.kind, entry.about)
        if entry.kind in pages and entry.about:
            return str(_NAMES[entry.kind]), addresses.reverse(f"admin:{pages[entry.kind]}", args=[entry.about])
    except NoReverseMatch:
        pass
    return f"{entry.kind} {entry.about}".strip() or "—", ""


_NAMES = {"user": _("Account"), "partner": _("Partner"), "release": _("Release")}
