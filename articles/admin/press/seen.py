"""What readers saw at a moment: the edition that was live then, with the marks that it bore, or that nothing was."""

from datetime import datetime, tzinfo
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import get_current_timezone, is_naive
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.moments import now
from articles.admin.press import addresses
from articles.admin.press.editions import asking, looked_at
from articles.admin.press.frames import framed
from articles.admin.site import desk_site
from articles.canonical import canonical_json
from articles.canonical.languages import LANGUAGES, Language, other_language
from articles.content.labels import label
from articles.editions.moments import Then, then, translations_then
from articles.editions.queries import Shelved
from articles.editions.recalls import withdrawn_from
from articles.editions.shelf import Standing
from articles.editions.store import standing_of
from articles.editions.translations import IN_STEP
from articles.editions.value import encoded
from articles.reader.previews import render_past


@desk_site.page("seen/<str:kind>/<uuid:item>/", name="seen")
def seen_page(request: HttpRequest, kind: str, item: UUID) -> HttpResponse:
    """Ask for language, day and time, and show what stood on the shelf then."""
    working = looked_at(request, kind, item)
    language, day, time = (request.GET.get(name, "") for name in ("language", "day", "time"))
    asked = read_moment(day, time, get_current_timezone())
    code: Language = language if language in LANGUAGES else "ru"
    context = desk_site.each_context(request) | {
        "title": _("What readers saw"),
        "subtitle": label(working),
        "form_url": addresses.form(kind, item),
        "editions_url": addresses.editions(kind, item),
        "unreadable": bool(request.GET) and asked is None,
        **asking(kind, item, language=code, day=day, time=time),
    }
    if asked is not None:
        found = then(item, code, asked)
        page = reverse("admin:seen_page", args=[kind, item, code])
        context |= {
            "asked": asked,
            "is_ahead": asked > now(),
            "then": found,
            "is_erased": bool(found.edition and found.edition.is_erased),
            "withdrawn_since": _withdrawn_since(found),
            "page_url": f"{page}?{urlencode({'at': asked.isoformat()})}",
            "shown_language": code,
        }
    return TemplateResponse(request, "articles/admin/press/seen.html", context)


@desk_site.page("seen/<str:kind>/<uuid:item>/<str:language>/page/", name="seen_page")
def seen_frame(request: HttpRequest, kind: str, item: UUID, language: str) -> HttpResponse:
    """The reader's page as it stood at a moment, with its marks."""
    looked_at(request, kind, item)
    if language not in LANGUAGES:
        raise Http404
    code: Language = language
    asked = _iso(request.GET.get("at", ""))
    found = then(item, code, asked) if asked else None
    if asked is None or found is None or found.state != "live" or found.edition is None or found.edition.is_erased:
        raise Http404
    return framed(render_past(_as_it_stood(item, code, found, asked), until=found.sequence))


def read_moment(day: str, time: str, zone: tzinfo) -> datetime | None:
    """Return the moment that day and time name in a time zone; None where they name none. No time is midnight."""
    found = _iso(f"{day}T{time or '00:00'}") if day else None
    return found.replace(tzinfo=zone) if found and is_naive(found) else None


def _iso(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    # Beyond these years moments cannot be moved between time zones.
    return found if 1900 < found.year < 9000 else None


def _as_it_stood(item: UUID, language: Language, found: Then, asked: datetime) -> Shelved:
    """The place on the shelf as it was: rows that are filled and never saved."""
    steps = translations_then(item, asked)
    own = _standing(item, language, found, encoded(steps.get(language, IN_STEP)).decode())
    twin = then(item, other_language(language), asked)
    beside = None
    if twin.edition and not twin.edition.is_erased:
        other = other_language(language)
        beside = _standing(item, other, twin, encoded(steps.get(other, IN_STEP)).decode())
    return Shelved(own, beside)


def _standing(item: UUID, language: Language, found: Then, translation_json: str) -> Standing:
    now_there = standing_of(str(item), language)
    assert found.edition is not None
    assert now_there is not None
    document = found.edition.document
    return Standing(
        item=item,
        kind=found.edition.kind,
        language=language,
        state=found.state,
        edition=found.edition,
        slug=document.slug,
        title=document.title,
        content_changed_at=now_there.content_changed_at,
        translation_json=translation_json,
        check_json=_check(found),
        overdue_since=found.overdue_since,
        sequence=found.sequence,
    )


def _check(found: Then) -> str:
    """What readers were told while the text was being checked, as the shelf keeps it."""
    return canonical_json.dumps(found.check).decode() if found.check else ""


def _withdrawn_since(found: Then) -> str:
    """How many quotes and sources of what was live then were withdrawn since; empty for none."""
    if found.edition is None or found.edition.is_erased:
        return ""
    gone = [one for one in withdrawn_from([found.edition]).values() if one.sequence > found.sequence]
    if not gone:
        return ""
    words = ngettext(
        "%(count)s quote or source in it was withdrawn since. Do not pass it on.",
        "%(count)s quotes or sources in it were withdrawn since. Do not pass them on.",
        len(gone),
    )
    return words % {"count": len(gone)}
