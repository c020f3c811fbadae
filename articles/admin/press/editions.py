"""Everything that readers ever saw of an item, in both languages, for people of the desk."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.timezone import get_current_timezone_name, localtime
from django.utils.translation import gettext as _

from articles.admin.moments import now
from articles.admin.press import addresses
from articles.admin.press.words import LANGUAGE_NAMES
from articles.admin.site import desk_site
from articles.canonical.languages import LANGUAGES, Language
from articles.content.desk_object import DeskObject
from articles.content.labels import label
from articles.editions.envelope import Envelope
from articles.editions.shelf import Edition, Standing
from articles.editions.times import moment
from articles.editorial.roles import may, right
from articles.publishing.desks import ITEMS, desk
from articles.reader.presenters.kinds_of_change import kind_of_change


@dataclass(frozen=True)
class Row:
    """One edition with the ways to it; `again_url` is empty where it may not go out again."""

    edition: Edition
    envelope: Envelope
    is_live: bool
    is_erased: bool
    page_url: str
    again_url: str

    @property
    def published_at(self) -> object:
        return moment(self.envelope.published_at)

    @property
    def what(self) -> str:
        return kind_of_change(self.envelope)

    @property
    def is_reviewed(self) -> bool:
        return self.envelope.review.state == "reviewed"


def looked_at(request: HttpRequest, kind: str, item: UUID) -> DeskObject:
    """Return the item, for whoever may see saved versions of it; raise PermissionDenied or Http404."""
    if kind not in ITEMS:
        raise Http404
    model = ITEMS[kind]
    if not (request.user.has_perm(right("view", model)) and request.user.has_perm("articles.view_revision")):
        raise PermissionDenied
    return get_object_or_404(model._default_manager, pk=item)


@desk_site.page("editions/<str:kind>/<uuid:item>/", name="editions")
def editions_page(request: HttpRequest, kind: str, item: UUID) -> HttpResponse:
    """List the editions of both languages, newest first, and ask for a moment."""
    working = looked_at(request, kind, item)
    stands = {row.language: row for row in Standing.objects.filter(item=item)}
    publishes = may(request.user, "publish") and desk(kind).review is None
    rows = Edition.objects.filter(kind=kind, item=item).select_related("expunged").defer("document_json")
    found: dict[str, list[Row]] = {language: [] for language in LANGUAGES}
    for edition in rows.order_by("-number"):
        found[edition.language].append(_row(edition, stands[edition.language], publishes=publishes))
    context = desk_site.each_context(request) | {
        "title": _("Editions"),
        "subtitle": label(working),
        "languages": [(language, LANGUAGE_NAMES[language], found[language]) for language in LANGUAGES],
        "form_url": addresses.form(kind, item),
        "history_url": addresses.page(type(working), "history", item),
        **asking(kind, item),
    }
    return TemplateResponse(request, "articles/admin/press/editions.html", context)


def asking(
    kind: str, item: UUID, *, language: str = "ru", day: str = "", time: str = ""
) -> dict[str, str | list[tuple[Language, Promise]]]:
    """Return what the question for a moment is filled with: what was asked, or the present."""
    present = localtime(now())
    return {
        "seen_url": addresses.seen(kind, item),
        "choices": [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
        "asked_language": language,
        "day": day or present.date().isoformat(),
        "time": time or present.strftime("%H:%M"),
        "zone": get_current_timezone_name(),
    }


def _row(edition: Edition, standing: Standing, *, publishes: bool) -> Row:
    is_current = standing.edition_id == edition.pk
    is_erased = hasattr(edition, "expunged")
    may_go = publishes and not is_erased and not (is_current and standing.is_live)
    kind, item, number = edition.kind, edition.item, edition.number
    path = f"{standing.page_path}editions/{number}/" if standing.is_live and kind != "term" else ""
    return Row(
        edition,
        edition.envelope,
        is_live=is_current and standing.is_live,
        is_erased=is_erased,
        page_url="" if is_erased else path,
        again_url=addresses.again(kind, item, edition.language, number) if may_go else "",
    )
