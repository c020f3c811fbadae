"""The admin site of the desk: its name, its pages, its language switch and its content security policy.

Packages beside this module add themselves: models with `desk_site.register`, pages with `desk_site.page`, the contents
the home page with `desk_site.fills_home`. This module knows none of them, so there is no circle.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language

from articles.admin import policy
from articles.admin.sections import Section, groups

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Page:
    """A page of the desk that belongs to no single model's form; in the menu where it has a place there."""

    route: str
    view: View
    name: str
    menu: "Menu | None" = None


@dataclass(frozen=True)
class Menu:
    """The group of the menu in which a page stands, under which title, and who sees it there.

    Pages of one group stand in the order of `place`, which is the order of work.
    """

    group: Promise
    title: Promise
    shown: Callable[[HttpRequest], bool]
    place: int = 0


class DeskSite(admin.AdminSite):
    site_title = _("Editors' desk")
    site_header = _("Editors' desk")
    index_title = _("Desk")
    empty_value_display = "—"
    enable_nav_sidebar = False

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self._pages: list[Page] = []
        self._home: Callable[[HttpRequest], dict[str, Any]] | None = None
        self._expired: Callable[[HttpRequest], HttpResponseBase] | None = None
        self._door: Callable[[HttpRequest, dict[str, Any]], HttpResponseBase] | None = None
        self._gate: Callable[[HttpRequest], HttpResponseBase | None] | None = None
        self._password: Callable[[HttpRequest], None] | None = None
        self._open_pages: list[Page] = []
        # What is deleted, published or withdrawn in bulk is never looked at.
        self.disable_action("delete_selected")

    def page(self, route: str, *, name: str, menu: Menu | None = None) -> Callable[[View], View]:
        """Decorate a view that becomes a page of the desk at `route`, for signed-in staff only."""

        def add(view: View) -> View:
            self._pages.append(Page(route, view, name, menu))
            return view

        return add

    def open_page(self, route: str, *, name: str) -> Callable[[View], View]:
        """Decorate a view that is a page on the way in: whoever asks is not signed in yet."""

        def add(view: View) -> View:
            self._open_pages.append(Page(route, view, name))
            return view

        return add

    def opens_with(self, door: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        """Decorate the view that signs people in; it is given what every page of the way in shows."""
        self._door = door
        return door

    def holds_back(self, gate: Callable[[HttpRequest], HttpResponseBase | None]) -> Callable[..., Any]:
        """Decorate the function that answers people who are signed in and must do something else first."""
        self._gate = gate
        return gate

    def after_new_password(self, tell: Callable[[HttpRequest], None]) -> Callable[[HttpRequest], None]:
        """Decorate what is done when somebody has changed their own password."""
        self._password = tell
        return tell

    def fills_home(self, contents: Callable[[HttpRequest], dict[str, Any]]) -> Callable[[HttpRequest], dict[str, Any]]:
        """Decorate the function that returns the context of the home page."""
        self._home = contents
        return contents

    def keeps_expired_posts(self, keep: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        """Decorate the function that answers a POST whose session has ended, so that nothing typed is lost."""
        self._expired = keep
        return keep

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = [path(page.route, self.admin_view(page.view), name=page.name) for page in self._pages]
        way_in = [path(page.route, _with_desk_policy(page.view), name=page.name) for page in self._open_pages]
        language = path("language/", _with_desk_policy(set_language), name="set_language")
        return [language, *way_in, *own, *super().get_urls()]

    def admin_view(self, view: View, cacheable: bool = False) -> Any:
        guarded = super().admin_view(view, cacheable)

        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST" and self._expired and not self.has_permission(request):
                return self._expired(request)
            if self._gate and self.has_permission(request) and (held := self._gate(request)):
                return held
            return guarded(request, *args, **kwargs)

        return update_wrapper(_with_desk_policy(answer), view)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the way in. Whoever is in already, and asks for nothing else, is led to the desk."""
        if self._door is None or (request.method == "GET" and self.has_permission(request)):
            return _with_desk_policy(super().login)(request, extra_context)  # type: ignore[return-value]
        context = {**self.each_context(request), "title": _("Log in"), "subtitle": None} | (extra_context or {})
        request.current_app = self.name
        return _with_desk_policy(self._door)(request, context)  # type: ignore[return-value]

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        answer = super().password_change(request, extra_context)
        if self._password and request.method == "POST" and answer.status_code == 302:
            self._password(request)
        return answer

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        contents = self._home(request) if self._home else {}
        return super().index(request, contents | (extra_context or {}))

    def app_index(  # type: ignore[override]
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """There is one desk, whichever app a table lies in: the home page stands for every app."""
        return HttpResponseRedirect(reverse("admin:index", current_app=self.name))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        entries = [model for app in context["available_apps"] for model in app["models"]]
        named = {
            model: str(title) for model, one in self._registry.items() if (title := getattr(one, "menu_title", ""))
        }
        entries = [entry | {"name": named.get(entry["model"], entry["name"])} for entry in entries]
        new_titles = {model: getattr(one, "new_title", "") for model, one in self._registry.items()}
        return context | {
            "desk_groups": groups(entries, new_titles, request.path, self._in_menu(request)),
            "desk_languages": settings.LANGUAGES,
        }

    def _in_menu(self, request: HttpRequest) -> list[tuple[Promise, Section]]:
        found = []
        pages = [(page.menu, page.name) for page in self._pages if page.menu]
        for menu, name in sorted(pages, key=lambda one: one[0].place):
            if menu.shown(request):
                url = reverse(f"admin:{name}")
                found.append((menu.group, Section(str(menu.title), url, "", "", request.path.startswith(url))))
        return found

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """Apps and models in the order of their registration, which is the order of work, not of the alphabet."""
        apps = list(self._build_app_dict(request, app_label).values())
        order = {model: number for number, model in enumerate(self._registry)}
        for app in apps:
            app["models"].sort(key=lambda entry: order[entry["model"]])
        return sorted(apps, key=lambda app: min(order[entry["model"]] for entry in app["models"]))

    def to_login(self, request: HttpRequest) -> HttpResponseRedirect:
        """Return the way to the login page and from there back to this address."""
        return redirect_to_login(request.get_full_path(), reverse("admin:login", current_app=self.name))


def _with_desk_policy(view: View) -> View:
    """Answer with the desk's policy unless the view has set one of its own, as a preview does."""

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if not hasattr(response, "_csp_replace"):
            response._csp_replace = policy.of(request, response)  # type: ignore[attr-defined]
        return response

    return answer


desk_site = DeskSite(name="admin")
