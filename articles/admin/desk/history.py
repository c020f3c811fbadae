"""Every saved version of an object: who and when, what it said, what changed, and the way back to it."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.admin.desk.comparing import Comparing
from articles.admin.desk.version_rows import rows
from articles.admin.press import addresses
from articles.content.aggregates import LoadError, kind_of
from articles.content.desk_object import DeskObject
from articles.content.labels import label
from articles.editorial.revisions import Revision, StaleVersionError, restore, revisions
from articles.editorial.roles import NotAllowedError
from articles.publishing.desks import ITEMS

_PER_PAGE = 50


class History(Comparing):
    """Mixed into a model admin: its history page lists kept versions; more pages show, restore and compare them."""

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"  # type: ignore[attr-defined]
        guarded = self.admin_site.admin_view  # type: ignore[attr-defined]
        return [
            path("<path:object_id>/history/<int:number>/", guarded(self.version_view), name=f"{name}_version"),
            path(
                "<path:object_id>/history/<int:number>/restore/",
                guarded(require_POST(self.restore_view)),
                name=f"{name}_restore",
            ),
            *super().get_urls(),
        ]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Show every kept version, newest first."""
        obj = self._seen(request, object_id)
        page = Paginator(revisions(obj), _PER_PAGE).get_page(request.GET.get("p"))
        editions = addresses.editions(kind_of(obj), obj.pk) if kind_of(obj) in ITEMS else ""
        return self._page(request, obj, "history.html", title=_("Saved versions"), page=page, editions_address=editions)

    def version_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        """Show one version in Russian and English, and word by word what it changed."""
        obj = self._seen(request, object_id)
        version, before = _version(obj, number), revisions(obj).filter(number__lt=number).first()
        return self._page(
            request,
            obj,
            "version.html",
            title=_("Version %(number)s") % {"number": number},
            version=version,
            before=before,
            newer=revisions(obj).filter(number__gt=number).last(),
            rows=rows(version, before),
            is_current=number == obj.version,
        )

    def restore_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        """Bring the object back to a version, as its newest one."""
        obj = self._seen(request, object_id)
        if not self.has_change_permission(request, obj):  # type: ignore[attr-defined]
            raise PermissionDenied
        seen = request.POST.get("seen_version", "")
        problems: list[str] = []
        try:
            expected = int(seen) if seen.isdecimal() else 0
            restore(_version(obj, number), expected=expected, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        except StaleVersionError:
            problems = [_("Somebody saved a newer version meanwhile. Look at the list again before you restore.")]
        except LoadError as fault:
            problems = fault.problems
        except NotAllowedError:
            problems = [_("This version differs in what you may not change: the other language, or the structure.")]
        if problems:
            return self._page(request, obj, "not_restored.html", status=409, title=_("Not restored"), problems=problems)
        self.message_user(request, _("Version %(number)s is back, as the newest version.") % {"number": number})  # type: ignore[attr-defined]
        return HttpResponseRedirect(self._address("change", obj.pk))

    def _seen(self, request: HttpRequest, object_id: str) -> DeskObject:
        obj: DeskObject | None = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if obj is None:
            raise Http404
        if not self.has_view_or_change_permission(request, obj):  # type: ignore[attr-defined]
            raise PermissionDenied
        return obj

    def _page(
        self, request: HttpRequest, obj: DeskObject, template: str, *, status: int = 200, **context: Any
    ) -> HttpResponse:
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        context |= {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "opts": self.opts,  # type: ignore[attr-defined]
            "original": obj,
            "subtitle": label(obj),
            "media": self.media,  # type: ignore[attr-defined]
            "can_change": self.has_change_permission(request, obj),  # type: ignore[attr-defined]
            "history_address": self._address("history", obj.pk),
            "change_address": self._address("change", obj.pk),
        }
        return TemplateResponse(request, f"admin/articles/{template}", context, status=status)

    def _address(self, page: str, *args: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)  # type: ignore[attr-defined]


def _version(obj: DeskObject, number: int) -> Revision:
    version = revisions(obj).filter(number=number).first()
    if version is None:
        raise Http404(f"{kind_of(obj)} has no version {number}")
    return version
