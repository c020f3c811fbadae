"""The home page of the desk: what waits for this person, whether the worker runs, and which texts were saved last."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.press import addresses
from articles.admin.press.home_tiles import TILES, address_of, tile_named
from articles.admin.press.last_saved import last_saved
from articles.admin.press.open_comments import latest_open
from articles.admin.press.standing import AT_ONCE, gists_of, with_state
from articles.admin.press.tiles import LISTED, fill, filled
from articles.admin.site import desk_site
from articles.canonical.languages import Language
from articles.content.labels import label
from articles.content.texts import TEXTS
from articles.editorial.roles import right
from articles.publishing.gist_following import follow
from articles.publishing.gists import how_many_behind
from articles.publishing.heartbeat import is_silent, last_beat

_SHOWN = 20
_COLUMNS: tuple[tuple[Language, str], ...] = (("ru", "RU"), ("en", "EN"))


@desk_site.fills_home
def home(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the home page for this person; constant queries."""
    if not request.user.has_perm("articles.view_article"):
        return {"articles": []}
    follow(most=AT_ONCE, in_passing=True)
    articles = last_saved(_SHOWN + 1)
    more, articles = len(articles) > _SHOWN, articles[:_SHOWN]
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
        "more": more,
        "lists": [
            (capfirst(str(model._meta.verbose_name_plural)), addresses.page(model, "changelist"))
            for model in TEXTS.values()
            if request.user.has_perm(right("view", model))
        ],
        "tiles": [(one, address_of(one.tile)) for one in filled(TILES, request)],
        "worker": worker(last_beat(), timezone.now()),
        "counted_later": how_many_behind(),
        "open_comments": latest_open(request),
    }


@desk_site.page("waiting/<slug:code>/", name="waiting")
def waiting(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that waits in one tile, as far as a page can hold it."""
    tile = tile_named(code)
    if tile is None:
        raise Http404
    if not tile.shown(request):
        raise PermissionDenied
    follow(most=AT_ONCE, in_passing=True)
    context = desk_site.each_context(request) | {
        "title": tile.title,
        "one": fill(tile, request, LISTED),
        "counted_later": how_many_behind(),
    }
    request.current_app = desk_site.name
    return TemplateResponse(request, "articles/admin/press/waiting.html", context)


def worker(last: datetime | None, at: datetime) -> dict[str, Any]:
    """Return what the home page says of the worker: since when it is silent, or when it last ran."""
    silent = is_silent(last, at)
    if last is None:
        return {"silent": True, "words": _("The worker has never run here.")}
    seconds = max(0, int((at - last).total_seconds()))
    minutes = seconds // 60
    if silent:
        words = ngettext("The worker has been silent for %(count)s minute.", "The worker has been silent for %(count)s minutes.", minutes) % {"count": minutes}  # fmt: skip # noqa: E501
    else:
        words = ngettext("The worker last ran %(count)s second ago.", "The worker last ran %(count)s seconds ago.", seconds) % {"count": seconds}  # fmt: skip # noqa: E501
    return {"silent": silent, "words": words}
