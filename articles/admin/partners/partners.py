"""Partners: the list, and a page for each with its details, keys, webhooks, and how far in the journal it has come."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.desk.expired import REOPENED, is_reopened, reopens
from articles.admin.moments import now, person
from articles.admin.partners import record
from articles.admin.partners.badges import badge
from articles.admin.partners.keys import address
from articles.admin.partners.overview import overview
from articles.admin.partners.rights import may_keep
from articles.admin.press.words import LANGUAGE_NAMES
from articles.admin.site import desk_site
from articles.canonical.problems import Refused
from articles.canonical.text import line
from articles.content.words import sentence
from articles.partners.keys import Key
from articles.partners.partner import Partner
from articles.partners.places import Place


class PartnerForm(forms.ModelForm):
    # The admin's own shows the address twice.
    website = forms.URLField(
        label=gettext_lazy("Website"),
        required=False,
        max_length=300,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "vURLField"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of our e-mails"),
        choices=list(LANGUAGE_NAMES.items()),
        widget=forms.RadioSelect,
        initial="ru",
    )

    class Meta:
        model = Partner
        fields = ("name", "website", "contact_name", "email", "safety_email", "language", "note")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        for name in ("name", "contact_name"):
            try:
                cleaned[name] = line(cleaned.get(name) or "")
            except Refused as refusal:
                self.add_error(name, [sentence(problem) for problem in refusal.problems])
        if REOPENED in self.data:
            raise forms.ValidationError(_("Nothing has been saved yet. Look at it and press “Save”."), code="reopened")
        return cleaned


@admin.register(Partner, site=desk_site)
class PartnerAdmin(admin.ModelAdmin):
    form = PartnerForm
    change_form_template = "articles/admin/partners/partner.html"
    list_display = ("name", "shown_state", "usable_keys", "last_used", "fetched", "acknowledged")
    list_filter = ("state",)
    search_fields = ("name", "website", "contact_name", "email", "safety_email", "note", "keys__prefix")
    actions = None
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    new_title = gettext_lazy("New partner")
    fieldsets = (
        (None, {"fields": (("name", "website"), "contact_name", ("email", "safety_email"), "language")}),
        (gettext_lazy("For colleagues"), {"fields": ("note",)}),
    )

    class Media:
        css = {"all": ["articles/admin/desk/forms.css"]}
        js = ["articles/admin/desk/saving.js"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Partner]:
        """Each figure from a query of its own within the one: joined, keys and steps would multiply each other."""
        usable = Key.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now()), revoked_at=None)
        return (
            super()
            .get_queryset(request)
            .annotate(
                key_count=Coalesce(_of(usable, Count("pk")), 0),
                used_at=_of(Key.objects.all(), Max("last_used_at")),
                fetched_line=_of(Place.objects.all(), Max("sequence")),
                acknowledged_line=_of(Place.objects.filter(step=Place.Step.ACKNOWLEDGED), Max("sequence")),
            )
        )

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, partner: Partner) -> SafeString:
        return badge(partner.state, partner.get_state_display())

    @admin.display(description=gettext_lazy("usable keys"), ordering="key_count")
    def usable_keys(self, partner: Partner) -> int:
        return partner.key_count  # type: ignore[attr-defined]

    @admin.display(description=gettext_lazy("last request"), ordering="used_at")
    def last_used(self, partner: Partner) -> Any:
        return partner.used_at  # type: ignore[attr-defined]

    @admin.display(description=gettext_lazy("fetched up to line"), ordering="fetched_line")
    def fetched(self, partner: Partner) -> Any:
        return partner.fetched_line  # type: ignore[attr-defined]

    @admin.display(description=gettext_lazy("acknowledged up to line"), ordering="acknowledged_line")
    def acknowledged(self, partner: Partner) -> Any:
        return partner.acknowledged_line  # type: ignore[attr-defined]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Partners")} | (extra_context or {}))

    @reopens
    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return super().add_view(request, form_url, extra_context)

    @reopens
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return super().change_view(request, object_id, form_url, extra_context)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """What was done stands on the partner's own page."""
        if not self.has_view_permission(request):
            return super().history_view(request, object_id, extra_context)
        return HttpResponseRedirect("../change/#record")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        partner: Partner | None = context["original"]
        context |= {
            "title": partner.name if partner else self.new_title,
            "subtitle": None,
            "show_save_and_add_another": False,
            "show_save_and_continue": False,
            "reopened": is_reopened(request),
            "keeps": may_keep(request),
            **(overview(partner, at=now()) if partner else {}),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Partner, form: forms.ModelForm, change: bool) -> None:
        if not change:
            obj.created_at, obj.created_by = now(), person(request)
        super().save_model(request, obj, form, change)
        if not change or form.has_changed():
            record.note(obj, "changed" if change else "admitted", by=person(request))

    def response_change(self, request: HttpRequest, obj: Partner) -> HttpResponse:
        """Stay on the page: keys and webhooks are on it."""
        super().response_change(request, obj)
        return HttpResponseRedirect(request.get_full_path())

    def response_add(self, request: HttpRequest, obj: Partner, post_url_continue: str | None = None) -> HttpResponse:
        super().response_add(request, obj, post_url_continue)
        return HttpResponseRedirect(address(obj))

    def log_addition(self, request: HttpRequest, obj: Partner, message: Any) -> Any:
        """Noted with the save, as every act on a partner."""

    def log_change(self, request: HttpRequest, obj: Partner, message: Any) -> Any:
        """Noted with the save, as every act on a partner."""

    def has_delete_permission(self, request: HttpRequest, obj: Partner | None = None) -> bool:
        """Nobody: what a partner was told and has acknowledged stays known. It is suspended instead."""
        return False


def _of(rows: QuerySet, figure: Count | Max) -> Subquery:
    own = rows.filter(partner=OuterRef("pk")).order_by().values("partner")
    return Subquery(own.annotate(figure=figure).values("figure"))
