"""Any two states of an object beside each other: saved versions, what readers see now, what they saw once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.admin.desk.version_rows import rows
from articles.admin.press.proofs import ShownDifference, shown_differences
from articles.canonical.languages import LANGUAGES, Language
from articles.content.aggregates import kind_of
from articles.content.desk_object import DeskObject
from articles.editions.differences import differences
from articles.editions.document import Document
from articles.editions.shelf import Edition, Standing
from articles.editions.times import moment
from articles.editorial.revisions import Revision, revisions
from articles.publishing.desks import ITEMS
from articles.publishing.past_documents import version_documents

# What readers see now, in both languages.
LIVE = "live"
_LISTED = 500


@dataclass(frozen=True)
class State:
    """One state to choose; `version` or `editions` say which. `is_gone` says that its words were erased."""

    key: str
    name: str
    version: Revision | None = None
    editions: Mapping[Language, Edition] = field(default_factory=dict)

    @property
    def is_gone(self) -> bool:
        return any(one.is_erased for one in self.editions.values()) or (
            self.version is not None and not self.version.data
        )

    def documents(self) -> Mapping[Language, Document]:
        """Return what readers saw, or would have seen, by language."""
        if self.version is not None:
            return version_documents(self.version)
        return {language: one.document for language, one in self.editions.items() if not one.is_erased}


@dataclass
class Compared:
    """One part of the text, in each language that differs there."""

    name: str
    cells: dict[Language, ShownDifference]


class Comparing:
    """Mixed into a model admin: a page that lays two states beside each other, block by block."""

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_compare"  # type: ignore[attr-defined]
        view = self.admin_site.admin_view(self.compare_view)  # type: ignore[attr-defined]
        return [path("<path:object_id>/history/compare/", view, name=name), *super().get_urls()]  # type: ignore[misc]

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what differs between two states; without a choice, between the last two saved versions."""
        obj: DeskObject = self._seen(request, object_id)  # type: ignore[attr-defined]
        known = {state.key: state for state in states(obj)}
        versions = [key for key in known if key.startswith("v")]
        usual = [*versions[:2], *versions[:1]] or [""]
        newer = known.get(request.GET.get("to", "")) or known.get(usual[0])
        older = known.get(request.GET.get("from", "")) or known.get(usual[min(1, len(usual) - 1)])
        context: dict[str, Any] = {"states": list(known.values()), "older": older, "newer": newer}
        if older and newer:
            if older.is_gone or newer.is_gone:
                context["is_gone"] = True
            elif older.version and newer.version:
                context["rows"] = [row for row in rows(newer.version, older.version) if row.is_changed]
            else:
                context |= _between(older, newer)
        return self._page(request, obj, "compare.html", title=_("Compare two states"), **context)  # type: ignore[attr-defined]


def states(obj: DeskObject) -> list[State]:
    """Return every state that can be compared: what readers see, saved versions and editions, the newest first."""
    kind = kind_of(obj)
    found: list[State] = []
    if kind in ITEMS:
        live = {row.language: row.edition for row in _live(obj)}
        if live:
            found.append(State(LIVE, _("What readers see now"), editions=live))
    found += [
        State(
            f"v{one.number}",
            _("Version %(number)s, %(day)s") % {"number": one.number, "day": _day(one.saved_at)},
            version=one,
        )
        for one in revisions(obj)[:_LISTED]
    ]
    if kind in ITEMS:
        for language in LANGUAGES:
            editions = Edition.objects.filter(kind=kind, item=obj.pk, language=language).order_by("-number")
            found += [
                State(
                    f"{language}{one.number}",
                    _("%(language)s edition No. %(number)s, %(day)s")
                    % {
                        "language": language.upper(),
                        "number": one.number,
                        "day": _day(moment(one.envelope.published_at)),
                    },
                    editions={language: one},
                )
                for one in editions[:_LISTED]
            ]
    return found


def _live(obj: DeskObject) -> Any:
    rows = Standing.objects.filter(item=obj.pk, state=Standing.State.LIVE).select_related("edition")
    return rows.order_by("-language")


def _between(older: State, newer: State) -> dict[str, Any]:
    """The parts that differ in the languages that both states have, each language of a part beside the other."""
    before, after = older.documents(), newer.documents()
    shared = [language for language in LANGUAGES if language in before and language in after]
    found: dict[str, Compared] = {}
    for language in shared:
        for part, one in differing(before[language], after[language]):
            found.setdefault(part, Compared(str(one.name), {})).cells[language] = one
    of_now = bool(older.version or newer.version)
    return {"parts": list(found.values()), "languages": shared, "has_parts_of_now": of_now}


def differing(before: Document, after: Document) -> list[tuple[str, ShownDifference]]:
    """Return the id of each part that differs, with what a page shows of it."""
    shown = shown_differences(before, after)
    return [(one.part, cell) for one, cell in zip(differences(before, after), shown, strict=True)]


def _day(at: Any) -> str:
    return date_format(localtime(at), "SHORT_DATETIME_FORMAT")
