"""The home page of the desk: the texts that were saved last with their states, and what differs from live texts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.http import HttpRequest
from django.utils.text import capfirst

from articles.admin.press import addresses
from articles.admin.press.erasing import open_requests
from articles.admin.press.open_comments import latest_open
from articles.admin.press.standing import gists_of, with_state
from articles.admin.press.words import title_of
from articles.admin.site import desk_site
from articles.canonical.languages import Language
from articles.content.labels import label
from articles.content.texts import TEXTS, Text
from articles.editions.shelf import Standing
from articles.editorial.revisions import Revision
from articles.editorial.roles import may
from articles.partners.partner import Application
from articles.publishing.drift import working_parts
from articles.publishing.drift_marks import drifting_parts
from articles.publishing.reviewing import unsigned

_SHOWN = 20
# Among how many of the texts that were saved last a reviewer's list looks for unsigned ones.
_REVIEWED = 100
_NAMED = 5
_COLUMNS: tuple[tuple[Language, str], ...] = (("ru", "RU"), ("en", "EN"))


@desk_site.fills_home
def home(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the home page for this person; constant queries."""
    if not request.user.has_perm("articles.view_article"):
        return {"articles": []}
    articles = _last_saved(_SHOWN)
    gists = gists_of(articles)
    return {
        "articles": [
            {
                "name": label(article),
                "kind": capfirst(str(article._meta.verbose_name)),
                "url": addresses.form_of(article),
                "states": [(code, with_state(gists, article, language)) for language, code in _COLUMNS],
            }
            for article in articles
        ],
        "more": Text.objects.count() > _SHOWN,
        "drifting": _drifting() if may(request.user, "publish") else [],
        "checked": _checked(),
        "erasures": open_requests() if may(request.user, "withdraw") else [],
        "requests": _requests() if may(request.user, "keep_partners") else [],
        "open_comments": latest_open(request),
        "unsigned": _unsigned() if may(request.user, "review") else None,
    }


def _unsigned() -> list[dict[str, Any]]:
    """The texts that wait for a medical review, with the way to each language of them."""
    waiting: dict[Text, list[Language]] = {}
    for one in unsigned(_last_saved(_REVIEWED)):
        waiting.setdefault(one.text, []).append(one.language)  # type: ignore[arg-type]
    return [
        {
            "name": label(text),
            "links": [
                (code, addresses.review(text.kind, text.pk, language))
                for language, code in _COLUMNS
                if language in languages
            ],
        }
        for text, languages in waiting.items()
    ]


def _last_saved(most: int) -> list[Text]:
    """The texts that were saved last; those that were never saved in a form, only loaded, come after them."""
    saved = (
        Revision.objects.filter(kind__in=TEXTS)
        .values("object_id")
        .annotate(last=Max("saved_at"))
        .order_by("-last")
        .values_list("object_id", flat=True)[:most]
    )
    keys = list(saved)
    found = {text.pk: text for text in Text.objects.filter(pk__in=keys)}
    newest = [found[key] for key in keys if key in found]
    if len(newest) < most:
        newest += Text.objects.exclude(pk__in=keys)[: most - len(newest)]
    return newest


def _drifting() -> list[dict[str, Any]]:
    """Shared parts that were changed at the desk since, each with the live texts that still show it as it was."""
    live = list(Standing.objects.filter(state=Standing.State.LIVE).order_by("-language", "title"))
    found = drifting_parts(live)
    working = working_parts(found.keys())
    return [
        {
            "kind": capfirst(str(working[part]._meta.verbose_name)),
            "name": label(working[part]),
            "url": addresses.impact(part.kind, part.id),
            "count": len(rows),
            "texts": _named(rows)[:_NAMED],
            "more": len(_named(rows)) > _NAMED,
        }
        for part, rows in found.items()
    ]


def _named(rows: Sequence[Standing]) -> list[tuple[str, str]]:
    """(Title, address of what differs) of each item, once for both its languages."""
    titles: dict[UUID, dict[str, str]] = {}
    for row in rows:
        titles.setdefault(row.item, {})[row.language] = row.title
    return [(title_of(named), addresses.drift(item)) for item, named in titles.items()]


def _requests() -> list[tuple[str, str]]:
    """Who asks to show our texts and waits for an answer, longest first."""
    waiting = Application.objects.filter(state=Application.State.WAITING).order_by("asked_at")[:_SHOWN]
    return [(one.name, addresses.page(Application, "change", one.pk)) for one in waiting]


def _checked() -> list[dict[str, Any]]:
    """Live texts that readers are told we are checking, so that no notice is forgotten."""
    rows = Standing.objects.exclude(check_json="").order_by("-language", "title")
    return [{"name": row.title, "language": row.language, "url": addresses.check(row.kind, row.item)} for row in rows]
