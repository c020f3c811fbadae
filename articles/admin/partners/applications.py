"""Requests for access: the list with those that wait first, and a page on which one is approved or declined."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import Case, Value, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.desk.expired import is_reopened, reopens
from articles.admin.moments import now, person
from articles.admin.partners import record
from articles.admin.partners.badges import badge
from articles.admin.partners.keys import address, shown_once
from articles.admin.partners.rights import may_keep, require_keeping, require_seeing
from articles.admin.partners.scopes import kinds_in_words, languages_in_words
from articles.admin.press.typed_words import refusals, tidy
from articles.admin.sign_in.step_up import step_up
from articles.admin.site import desk_site
from articles.partners import applications, keys, request_letters
from articles.partners.applications import LONGEST, DecidedError, NameTakenError
from articles.partners.partner import Application

_LONGEST_ANSWER = 4_000


@dataclass(frozen=True)
class Typed:
    name: str
    issue: bool
    answer: str


@admin.register(Application, site=desk_site)
class ApplicationAdmin(admin.ModelAdmin):
    """Nothing of a request is changed at the desk: it stays what somebody sent."""

    list_display = ("name", "asked_at", "shown_state", "contact_name", "email")
    list_filter = ("state",)
    search_fields = ("name", "website", "contact_name", "email", "purpose")
    actions = None
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    new_title = ""

    def get_ordering(self, request: HttpRequest) -> Any:
        """Those that wait come first."""
        return (Case(When(state=Application.State.WAITING, then=Value(0)), default=Value(1)).asc(), "-asked_at")

    @admin.display(description=gettext_lazy("state"))
    def shown_state(self, application: Application) -> SafeString:
        return badge(application.state, application.get_state_display())

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Requests for access")} | (extra_context or {}))

    @reopens
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The request with the two ways to decide on it, or with what was decided."""
        require_seeing(request)
        application = self.get_object(request, unquote(object_id))
        if application is None:
            raise Http404
        if request.method != "POST" or is_reopened(request):
            return _page(request, application, [])
        require_keeping(request)
        return step_up(request) or _decided(request, application)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who decided when stands on the page itself."""
        require_seeing(request)
        return HttpResponseRedirect("../change/")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Application | None = None) -> bool:
        return False


def _decided(request: HttpRequest, application: Application) -> HttpResponse:
    typed = _typed(request, application)
    fields = ["name"] if "_approve" in request.POST else ["answer"]
    if refused := refusals(request.POST, fields) or _lacking(request, typed):
        return _page(request, application, refused)
    try:
        if "_approve" in request.POST:
            return _approved(request, application, typed)
        applications.decline(application, answer=typed.answer, by=person(request), at=now())
    except NameTakenError:
        said = _("Another partner has this name. Choose one that tells them apart.")
        return _page(request, application, [("name", said)])
    except DecidedError:
        messages.info(request, _("Somebody has already decided on it."))
        return HttpResponseRedirect(request.get_full_path())
    if request_letters.declined(application):
        messages.success(request, _("Declined. Your answer went to %(email)s.") % {"email": application.email})
    else:
        messages.warning(request, _not_sent(application))
    return HttpResponseRedirect(request.get_full_path())


def _approved(request: HttpRequest, application: Application, typed: Typed) -> HttpResponse:
    at, by, text = now(), person(request), ""
    with transaction.atomic():
        partner = applications.approve(application, name=typed.name, by=by, at=at)
        record.note(partner, "admitted", by=by)
        if typed.issue:
            key, text = keys.issue(partner, at=at, kinds=application.kinds, languages=application.languages)
            record.note(partner, "key-issued", by=by, what=key.prefix)
    is_told = request_letters.admitted(application, partner)
    sent = _("Admitted. An e-mail about it went to %(email)s.") % {"email": application.email}
    told = sent if is_told else _not_sent(application)
    if text:
        return shown_once(request, key, text, told=told)
    messages.add_message(request, messages.SUCCESS if is_told else messages.WARNING, told)
    return HttpResponseRedirect(address(partner))


def _not_sent(application: Application) -> str:
    said = _("Decided, but the e-mail could not be sent. Write to %(email)s yourself.")
    return said % {"email": application.email}


def _lacking(request: HttpRequest, typed: Typed) -> list[tuple[str, str]]:
    if "_approve" in request.POST:
        if not typed.name:
            return [("name", _("Write the name of the organisation."))]
        if len(typed.name) > LONGEST["name"]:
            return [("name", _("Make the name shorter: at most 200 characters."))]
        return []
    if not typed.answer:
        return [("answer", _("Write in a few words why not: the answer goes to whoever asked."))]
    if len(typed.answer) > _LONGEST_ANSWER:
        return [("answer", _("Make the answer shorter: at most 4,000 characters."))]
    return []


def _typed(request: HttpRequest, application: Application) -> Typed:
    if request.method != "POST":
        return Typed(application.name, issue=False, answer="")
    name = tidy(request.POST.get("name", application.name)).replace("\n", " ")
    return Typed(name, "issue" in request.POST, tidy(request.POST.get("answer", "")))


def _page(request: HttpRequest, application: Application, refused: Sequence[tuple[str, str]]) -> HttpResponse:
    is_waiting = application.state == Application.State.WAITING
    context = desk_site.each_context(request) | {
        "title": _("Request for access"),
        "subtitle": application.name,
        "back": _("Requests for access"),
        "back_url": reverse("admin:articles_application_changelist"),
        "application": application,
        "state": badge(application.state, application.get_state_display()),
        "kinds": kinds_in_words(application.kinds),
        "languages": languages_in_words(application.languages),
        "is_waiting": is_waiting,
        "decides": is_waiting and may_keep(request),
        "same": _same(application),
        "typed": _typed(request, application),
        "refused": refused,
        "faults": dict(refused),
        "partner_url": address(application.partner) if application.partner else "",
    }
    return TemplateResponse(
        request, "articles/admin/partners/application.html", context, status=422 if refused else 200
    )


def _same(application: Application) -> list[Application]:
    """Other requests with the same e-mail, the newest first: somebody may have been declined before."""
    return list(Application.objects.filter(email__iexact=application.email).exclude(pk=application.pk)[:10])
