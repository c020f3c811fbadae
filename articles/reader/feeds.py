"""The feeds: what was published, changed or withdrawn last, for programs that fetch it again and again."""

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.answers import headers
from articles.answers.conditional import conditional
from articles.canonical.languages import Language
from articles.editions.news import news
from articles.reader.machine import atom, json_feed
from articles.reader.presenters.feed import Feed, feed
from articles.reader.views import in_its_language

# What readers come for; a term or a page about the site is no news.
KINDS = ("article", "faq", "protocol")
LENGTH = 50


@require_safe
@in_its_language
def atom_feed(request: HttpRequest, language: Language) -> HttpResponse:
    """The feed as Atom."""
    held = _feed(language)
    return _sent(request, held, atom.atom(held), atom.MEDIA_TYPE)


@require_safe
@in_its_language
def json_feed_of(request: HttpRequest, language: Language) -> HttpResponse:
    """The feed as JSON."""
    held = _feed(language)
    written = json.dumps(json_feed.json_feed(held), ensure_ascii=False, indent=1).encode()
    return _sent(request, held, written, json_feed.MEDIA_TYPE)


def _feed(language: Language) -> Feed:
    return feed(news(KINDS, language, limit=LENGTH), language)


def _sent(request: HttpRequest, held: Feed, body: bytes, media_type: str) -> HttpResponse:
    response = HttpResponse(body, content_type=f"{media_type}; charset=utf-8")
    changed_at = held.updated if held.entries else ""
    return conditional(request, headers.apply(response, "answer", language=held.language), changed_at=changed_at)
