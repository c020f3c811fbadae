"""Keys of a partner: issued, shown once, revoked.

The text of a key stands in the answer to the form that issued it, and in nothing else: no session, no message, no
address, no log. Whoever sends the same form again gets no second key.
"""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.desk.expired import is_reopened, reopens
from articles.admin.moments import now, person
from articles.admin.partners import record
from articles.admin.partners.rights import require_keeping
from articles.admin.partners.scopes import in_words, kinds_field, languages_field
from articles.admin.sign_in.step_up import step_up
from articles.admin.site import desk_site
from articles.canonical.problems import Refused
from articles.canonical.text import line
from articles.content.words import sentence
from articles.partners import keys
from articles.partners.keys import MOST_USABLE, Key, TooManyKeysError
from articles.partners.partner import Partner


class KeyForm(forms.Form):
    """`had` is how many keys the partner had when the form was opened."""

    label = forms.CharField(
        label=gettext_lazy("What it is for"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Such as “site” or “app, trial”: to tell keys apart later."),
    )
    expires_on = forms.DateField(
        label=gettext_lazy("Valid until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy(
            "This day is the last. Leave it empty unless it is a trial: on the day after, the partner can no longer"
            " acknowledge a recall."
        ),
    )
    had = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["kinds"], self.fields["languages"] = kinds_field(), languages_field()
        self.order_fields(["label", "kinds", "languages", "expires_on"])

    def clean_label(self) -> str:
        try:
            return line(self.cleaned_data["label"])
        except Refused as refusal:
            raise forms.ValidationError([sentence(problem) for problem in refusal.problems]) from refusal

    def clean_expires_on(self) -> datetime | None:
        day = self.cleaned_data["expires_on"]
        if day is None:
            return None
        end = datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC) if day.year < 9999 else None
        if end is None or end <= self.today:
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return end


@desk_site.page("articles/partner/<uuid:partner_id>/keys/new/", name="partner_new_key")
@reopens
def new_key(request: HttpRequest, partner_id: UUID) -> HttpResponse:
    """Ask what a key is for, issue it and show it; with two usable ones say what to do first."""
    require_keeping(request)
    partner = get_object_or_404(Partner, pk=partner_id)
    at = now()
    if request.method != "POST" or is_reopened(request):
        typed = request.POST if request.method == "POST" else None
        initial = {**_scope_of_request(partner), "had": partner.keys.count()}
        return _form_page(request, partner, KeyForm(typed, initial=initial, today=at))
    form = KeyForm(request.POST, today=at)
    if not form.is_valid():
        return _form_page(request, partner, form)
    if asked := step_up(request):
        return asked
    said = form.cleaned_data
    with transaction.atomic():
        # Behind the lock of the partner, as keys are issued: the same form sent twice at once is one key.
        Partner.objects.select_for_update().get(pk=partner.pk)
        if said["had"] != partner.keys.count():
            return _form_page(request, partner, _counted_anew(request, partner, at))
        try:
            key, text = keys.issue(
                partner,
                at=at,
                label=said["label"],
                kinds=said["kinds"],
                languages=said["languages"],
                expires_at=said["expires_on"],
            )
        except TooManyKeysError:
            return _form_page(request, partner, form)
        record.note(partner, "key-issued", by=person(request), what=key.prefix)
    return shown_once(request, key, text)


@desk_site.page("articles/partner/keys/<uuid:key_id>/revoke/", name="partner_revoke_key")
def revoke_key(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """Say what revoking does, and do it."""
    require_keeping(request)
    key = get_object_or_404(Key.objects.select_related("partner"), pk=key_id)
    if request.method == "POST" and key.revoked_at is None:
        if asked := step_up(request):
            return asked
        with transaction.atomic():
            keys.revoke(key, at=now())
            record.note(key.partner, "key-revoked", by=person(request), what=key.prefix)
        messages.success(request, _("Revoked. From now on this key opens nothing."))
        return HttpResponseRedirect(address(key.partner))
    at = now()
    context = desk_site.each_context(request) | {
        "title": _("Revoke a key"),
        **way_back(key.partner),
        "key": key,
        "scope": in_words(key),
        "last_day": last_day(key),
        "is_usable": key.is_usable(at),
        "is_last": not keys.usable(key.partner, at).exclude(pk=key.pk).exists(),
    }
    return TemplateResponse(request, "articles/admin/partners/revoke.html", context)


def shown_once(request: HttpRequest, key: Key, text: str, *, told: str = "") -> HttpResponse:
    """Return the only page that ever shows the text of a key; `told` is what else was done."""
    context = desk_site.each_context(request) | {
        "title": _("The new key"),
        **way_back(key.partner),
        "key": key,
        "text": text,
        "scope": in_words(key),
        "last_day": last_day(key),
        "told": told,
    }
    response = TemplateResponse(request, "articles/admin/partners/key.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


def address(partner: Partner) -> str:
    """Return the address of a partner's page at the desk."""
    return reverse("admin:articles_partner_change", args=[partner.pk])


def way_back(partner: Partner) -> dict[str, str]:
    """Return what pages of a partner lead back with."""
    return {"back": partner.name, "back_url": address(partner)}


def last_day(key: Key) -> datetime | None:
    """Return a moment of the last day on which a key opens anything; None for one that does not expire."""
    return key.expires_at - timedelta(microseconds=1) if key.expires_at else None


def _form_page(request: HttpRequest, partner: Partner, form: KeyForm) -> HttpResponse:
    usable = list(keys.usable(partner, now()))
    context = desk_site.each_context(request) | {
        "title": _("Issue a key"),
        **way_back(partner),
        "form": form,
        "partner": partner,
        "usable": usable,
        "is_full": len(usable) >= MOST_USABLE,
        "is_reopened": is_reopened(request),
    }
    refused = bool(form.is_bound and (form.errors or len(usable) >= MOST_USABLE) and not is_reopened(request))
    return TemplateResponse(request, "articles/admin/partners/new_key.html", context, status=422 if refused else 200)


def _counted_anew(request: HttpRequest, partner: Partner, at: datetime) -> KeyForm:
    """The same form once more, which the next click may send."""
    typed = request.POST.copy()
    typed["had"] = str(partner.keys.count())
    form = KeyForm(typed, today=at)
    form.add_error(
        None,
        _(
            "A key has been issued since this form was opened, and it is not shown again. If you need another one, send"
            " the form once more."
        ),
    )
    return form


def _scope_of_request(partner: Partner) -> dict[str, list[str]]:
    """What the partner asked for is ticked already."""
    asked = getattr(partner, "application", None)
    return {"kinds": asked.kinds, "languages": asked.languages} if asked else {}
