"""Questions and levels: they belong to a protocol, and every way to them and back leads through it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from articles.admin.press import addresses
from articles.content.aggregates import rows_of
from articles.content.labels import label
from articles.content.problems import DeskProblem
from triage.admin.findings import of_request
from triage.admin.rows import TriageRowInline, TriageRowsAdmin, long_line
from triage.protocols.tables import Protocol

_TO_PROTOCOL = "_to_protocol"


class MemberInline(TriageRowInline):
    def protocol_of(self, obj: Any) -> UUID | None:
        return obj.protocol_id if obj else None


@dataclass(frozen=True)
class Neighbours:
    """Where among its like an object stands, and (address, name) of those before and behind it."""

    place: str
    before: tuple[str, str] | None
    behind: tuple[str, str] | None


class MemberAdmin(TriageRowsAdmin):
    """`anchor` is where the protocol's form lists these."""

    change_form_template = "triage/admin/member_form.html"
    anchor = ""

    def has_module_permission(self, request: HttpRequest) -> bool:
        # The menu leads to protocols; a question without its protocol says little.
        return False

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        long_line(field, db_field)
        return field

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field and db_field.name == "protocol":
            field.widget = field.hidden_widget()
        return field

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if field := form.base_fields.get("protocol"):
            # Answers name each other within their protocol, so what belongs to one never moves to another.
            field.disabled = obj is not None
            field.widget = field.hidden_widget()
        return form

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        context["protocol_plural"] = Protocol._meta.verbose_name_plural
        if protocol := self.protocol(request, context.get("original")):
            context |= {
                "protocol": protocol,
                "protocol_label": label(protocol),
                "protocol_url": addresses.form_of(protocol),
                "protocol_place": f"{addresses.form_of(protocol)}#{self.anchor}",
            }
        if obj := context.get("original"):
            context["neighbours"] = self.neighbours(obj)
        return super().render_change_form(request, context, *args, **kwargs)

    def missing(self, request: HttpRequest, obj: Any) -> dict[str, list[DeskProblem]]:
        """What is to be mended here; the protocol's own form has the whole list."""
        return of_request(request, obj.protocol).within([obj.pk, *(row.pk for row in rows_of(obj))])

    def neighbours(self, obj: Any) -> Neighbours | None:
        """Return where the object stands; None where that says nothing."""
        return None

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        if self.protocol(request, None) is None:
            # There is nothing to add it to: the way is through a protocol.
            return HttpResponseRedirect(addresses.page(Protocol, "changelist"))
        return super().add_view(request, form_url, extra_context)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The protocol's form lists them, in the order in which they are asked."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(addresses.page(Protocol, "changelist"))

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        super().response_delete(request, obj_display, obj_id)
        return HttpResponseRedirect(f"{request.triage_protocol}#{self.anchor}")  # type: ignore[attr-defined]

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        request.triage_protocol = addresses.form_of(obj.protocol)  # type: ignore[attr-defined]
        super().delete_model(request, obj)

    def protocol(self, request: HttpRequest, obj: Any) -> Protocol | None:
        """Return the protocol of an object, or the one that something new is for."""
        if obj:
            return obj.protocol
        wanted = request.POST.get("protocol", "") or request.GET.get("protocol", "")
        try:
            return Protocol.objects.filter(pk=UUID(wanted)).first()
        except ValueError:
            return None

    def _saved(self, request: HttpRequest, obj: Any) -> HttpResponse:
        response = super()._saved(request, obj)
        if _TO_PROTOCOL in request.POST:
            return HttpResponseRedirect(f"{addresses.form_of(obj.protocol)}#{self.anchor}")
        return response
