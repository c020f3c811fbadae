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

from articles.admin.desk.reading import Line, Names, lines
from articles.content.aggregates import LoadError, kind_of
from articles.content.desk_object import DeskObject
from articles.content.labels import label
from articles.editions.weaving import Run, words
from articles.editorial.revisions import Revision, StaleVersionError, restore, revisions
from articles.editorial.roles import NotAllowedError

_PER_PAGE = 50


class History:
    """Mixed into a model admin: its history page lists kept versions; two more pages show one and restore it."""

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
            *super().get_urls(),  # type: ignore[misc]
        ]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Show every kept version, newest first."""
        obj = self._seen(request, object_id)
        page = Paginator(revisions(obj), _PER_PAGE).get_page(request.GET.get("p"))
        return self._page(request, obj, "history.html", title=_("Saved versions"), page=page)

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


class Row:
    """One field of a version: its text in Russian and English, or in one, each as runs against the version before."""

    def __init__(self, part: str, label: str) -> None:
        self.part, self.label = part, label
        self.cells: dict[str, list[Run]] = {}

    @property
    def is_changed(self) -> bool:
        return any(run.kind != "same" for runs in self.cells.values() for run in runs)


def rows(version: Revision, before: Revision | None) -> list[Row]:
    """Return the version's fields in order, then those that it no longer has; everything is the same in a first one."""
    data = version.data
    older = before.data if before else data
    names = Names(version.kind, data, older)
    now, was = lines(version.kind, data, names), lines(version.kind, older, names)
    found: dict[str, Row] = {}
    for key in [*now, *(key for key in was if key not in now)]:
        line: Line = now.get(key) or was[key]
        field = key.removesuffix(f".{line.language}") if line.language else key
        row = found.setdefault(field, Row(line.part, line.label))
        row.cells[line.language] = words(_words(was, key), _words(now, key))
    return list(found.values())


def _words(found: dict[str, Line], key: str) -> str:
    return found[key].text if key in found else ""


def _version(obj: DeskObject, number: int) -> Revision:
    version = revisions(obj).filter(number=number).first()
    if version is None:
        raise Http404(f"{kind_of(obj)} has no version {number}")
    return version
