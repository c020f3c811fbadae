"""Accounts: who may sign in, under which name decisions are published, and with which role. No lists of raw rights."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    ReadOnlyPasswordHashField,
    ReadOnlyPasswordHashWidget,
    UserChangeForm,
    UserCreationForm,
)
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.moments import now, person
from articles.admin.sign_in import factors
from articles.admin.sign_in.sessions import end_all
from articles.admin.sign_in.step_up import step_up
from articles.admin.site import desk_site
from articles.editorial import audit
from articles.editorial.rights import hold_to, languages_of
from articles.editorial.roles import ROLES


def _role_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Role"),
        choices=[(code, role.name) for code, role in ROLES.items()],
        widget=forms.RadioSelect,
        help_text=_(
            "An author writes, a translator puts into words what is there, a publisher publishes and withdraws. An "
            "editor is author and publisher in one, for a small desk. A medical reviewer reads everything and signs "
            "texts. An administrator also keeps the accounts."
        ),
    )


def _languages_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Writes in"),
        choices=[("", _("Russian and English")), ("ru", _("Russian only")), ("en", _("English only"))],
        widget=forms.RadioSelect,
        required=False,
        help_text=_("The other language stands in every form to be read, and nothing that is sent for it is taken."),
    )


def role_of(user: User) -> str:
    """Return the code of the account's role, empty if it has none; of two roles the wider one."""
    held = set(user.groups.values_list("name", flat=True)) if user.pk else set()
    return next((code for code in reversed(ROLES) if code in held), "")


class _RoleForm(forms.ModelForm):
    """Adds the role to a form of an account; it is kept as the membership in one group."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, help_text in _HELP.items():
            if name in self.fields:
                self.fields[name].help_text = help_text
        if "role" in self.fields:
            self.fields["role"].initial = role_of(self.instance) or "editor"
        if "writes_in" in self.fields and self.instance.pk:
            languages = languages_of(self.instance)
            self.fields["writes_in"].initial = next(iter(languages)) if len(languages) == 1 else ""


_HELP = {
    "username": _("Letters, digits and @ . + - _ only. Readers never see it."),
    "first_name": _("With the surname it is the name that stands under published decisions."),
    "is_active": _("Without it the account cannot sign in. Its name stays under what it published."),
}


class NewAccountForm(_RoleForm, UserCreationForm):
    role = _role_field()
    writes_in = _languages_field()


class NewPasswordForm(AdminPasswordChangeForm):
    """Two times the new password. Signing in without one is not offered: there is no other way in."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields.pop("usable_password", None)


class _NoHash(ReadOnlyPasswordHashWidget):
    """The way to another password, without a word about how the present one is kept."""

    template_name = "articles/admin/press/password.html"
    address = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"address": self.address}


class AccountForm(_RoleForm, UserChangeForm):
    password = ReadOnlyPasswordHashField(label=_("Password"), widget=_NoHash)
    role = _role_field()
    writes_in = _languages_field()
    # Set by the site to the person at the form.
    acting: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].widget.address = reverse("admin:auth_user_password_change", args=[self.instance.pk])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk == self.acting.pk and cleaned is not None:
            if not cleaned.get("is_active", True):
                self.add_error("is_active", ValidationError(_("You cannot switch off your own account.")))
            if "writes_in" in cleaned and cleaned["writes_in"] != (self.fields["writes_in"].initial or ""):
                self.add_error("writes_in", ValidationError(_("You cannot change your own languages.")))
            if cleaned.get("role") != role_of(self.acting) and role_of(self.acting):
                self.add_error("role", ValidationError(_("You cannot change your own role.")))
        return cleaned


@admin.register(User, site=desk_site)
class AccountAdmin(UserAdmin):
    form = AccountForm
    add_form = NewAccountForm
    add_form_template = None
    change_password_form = NewPasswordForm
    change_user_password_template = "articles/admin/press/new_password.html"
    list_display = ("username", "public_name", "role", "may_sign_in", "last_login")
    list_filter = ("is_active",)
    new_title = _("New account")
    menu_title = _("Accounts")
    ordering = ("username",)
    filter_horizontal = ()
    actions = None
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Access"), {"fields": ("role", "writes_in", "is_active", "second_factors")}),
    )
    readonly_fields = ("second_factors",)
    add_fieldsets = (
        (None, {"fields": ("username", "password1", "password2")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Access"), {"fields": ("role", "writes_in")}),
    )

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Ask who it is before anything is shown, too: passwords that were typed could not come back afterwards."""
        allowed = self.has_change_permission(request) if object_id else self.has_add_permission(request)
        asked = step_up(request) if allowed else None
        return asked or super().changeform_view(request, object_id, form_url, extra_context)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        asked = step_up(request) if self.has_change_permission(request) else None
        return asked or super().user_change_password(request, id, form_url)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What was done with an account stands in the audit trail, like everything else."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        trail = reverse("admin:articles_auditentry_changelist")
        return HttpResponseRedirect(f"{trail}?{urlencode({'kind': 'user', 'about': object_id})}")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Accounts")} | (extra_context or {}))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        buttons = {"show_save_and_add_another": False, "show_save_and_continue": False}
        title = obj.get_full_name() or obj.get_username() if obj else _("New account")
        return super().render_change_form(
            request, context | buttons | {"title": title, "subtitle": None}, *args, **kwargs
        )

    @admin.display(description=_("public name"))
    def public_name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description=_("role"))
    def role(self, user: User) -> str:
        held = {group.name for group in user.groups.all()}
        return ", ".join(str(role.name) for code, role in ROLES.items() if code in held)

    @admin.display(description=_("active"), ordering="is_active")
    def may_sign_in(self, user: User) -> str:
        return _("Can sign in") if user.is_active else _("Switched off")  # type: ignore[return-value]

    @admin.display(description=_("second factors"))
    def second_factors(self, user: User) -> str:
        held = ", ".join(str(factor.kind) for factor in factors.held(user)) or _("None")
        way = reverse("admin:account_factors", args=[user.pk])
        return format_html('{} · <a href="{}">{}</a>', held, way, _("Remove…"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Superusers are made at the console and not kept here: whoever could change one could become one."""
        rows = super().get_queryset(request).prefetch_related("groups")
        return rows if request.user.is_superuser else rows.filter(is_superuser=False)

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.acting = request.user  # type: ignore[attr-defined]
        return form

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        obj.is_staff = True
        super().save_model(request, obj, form, change)
        if "is_active" in form.changed_data and change:
            _note(request, obj, "account-switched-on" if obj.is_active else "account-switched-off")
            if not obj.is_active:
                end_all(obj)
        if change and (own := sorted({*form.changed_data} & {"username", "first_name", "last_name", "email"})):
            _note(request, obj, "account-changed", " ".join(own))

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "role" in form.cleaned_data:
            before, after = role_of(form.instance), form.cleaned_data["role"]
            form.instance.groups.set(Group.objects.filter(name=after))
            if not change:
                _note(request, form.instance, "account-made", after)
            elif before != after:
                _note(request, form.instance, "role-changed", f"{before or '—'} → {after}")
        if "writes_in" in form.cleaned_data:
            held_to = form.cleaned_data["writes_in"]
            hold_to(form.instance, held_to)
            if held_to != (form.fields["writes_in"].initial or ""):
                _note(request, form.instance, "account-changed", f"writes_in {held_to or 'ru en'}")

    def log_addition(self, request: HttpRequest, obj: User, message: Any) -> Any:
        """Written into the audit trail with the save."""

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> Any:
        """Written into the audit trail with the save; only a new password is saved elsewhere."""
        if request.resolver_match and request.resolver_match.url_name == "auth_user_password_change":
            _note(request, obj, "password-set")
            end_all(obj, but=request.session.session_key)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody: names stand under decisions. An account is switched off instead."""
        return False


def _note(request: HttpRequest, user: User, act: str, detail: str = "") -> None:
    audit.record(act, by=person(request), at=now(), kind="user", about=user.pk, detail=detail)
