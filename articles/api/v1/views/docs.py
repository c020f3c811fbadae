"""The page to read and try the interface, the documents beside it, and the way from its forms to the answers."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from rest_framework.request import Request

from articles.answers import headers
from articles.answers.conditional import conditional
from articles.answers.problems import TYPES
from articles.api.v1.answering import PublicAddress
from articles.api.v1.description import EVERYWHERE, described
from articles.api.v1.docs import blocks, guides, reading
from articles.api.v1.docs.events import EVENTS
from articles.api.v1.docs.markdown import render
from articles.api.v1.parameters import Parameter, opaque
from articles.api.v1.refusals import RefusedError
from articles.canonical.languages import Language, other_language

NAMES: dict[Language, str] = {"ru": "Русский", "en": "English"}
# The one page of the interface with a script: our own, from this site.
_WITH_SCRIPT = {"script-src": ["'self'"]}


@dataclass(frozen=True)
class Frame:
    """What surrounds a page; `place` is its address."""

    language: Language
    title: str
    place: str
    current: str = ""

    @property
    def other(self) -> Language:
        return other_language(self.language)

    @property
    def other_name(self) -> str:
        return NAMES[self.other]

    @property
    def switch(self) -> str:
        return f"{self.place}?lang={self.other}"

    @property
    def alternates(self) -> list[tuple[str, str]]:
        return [(code, f"{settings.SITE_URL}{self.place}?lang={code}") for code in NAMES]

    @property
    def reference(self) -> str:
        return f"{guides.HOME}?lang={self.language}"

    @property
    def guides(self) -> list[tuple[str, str, bool]]:
        return [
            (guides.address(one.name, self.language), one.title, one.name == self.current) for one in guides.guides()
        ]

    @property
    def operator(self) -> str:
        return settings.OPERATOR[self.language]

    @property
    def contact(self) -> str:
        return settings.CONTACT_EMAIL


class PageAddress(PublicAddress):
    """A page for people, not part of the description."""

    schema = None  # type: ignore[assignment]

    def page(self, html: str, *, has_script: bool = False) -> HttpResponse:
        """Send a finished page."""
        response = HttpResponse(html)
        headers.apply(response, "constant", language=self.language)
        if self.is_negotiated:
            patch_vary_headers(response, ["Accept-Language"])
            response["Content-Location"] = self.address(lang=self.language)
        answer = conditional(self.request, response)
        if has_script:
            # Of a 304 too: what a browser keeps takes over the headers of the newer answer.
            answer._csp_update = _WITH_SCRIPT  # type: ignore[attr-defined]
        return answer


class Docs(PageAddress):
    """The reference, made of the description."""

    def get(self, request: Request) -> HttpResponse:
        return self.page(_reference(self.language, settings.SITE_URL, described()), has_script=True)


class GuidePage(PageAddress):
    """One of the documents."""

    def get(self, request: Request, guide: str) -> HttpResponse:
        found = guides.guide(guide)
        if found is None:
            raise RefusedError("not-found")
        document = found.rendered(self.language)
        frame = Frame(self.language, document.title, f"{guides.HOME}{guide}/", guide)
        return self.page(render_to_string("articles/api/docs/guide.html", {"frame": frame, "document": document}))


class ProgramFile(PublicAddress):
    """A program for partners, as text."""

    schema = None  # type: ignore[assignment]
    is_in_one_language = False

    def get(self, request: Request, program: str) -> HttpResponse:
        found = next((one for one in guides.programs() if one.name == program), None)
        if found is None:
            raise RefusedError("not-found")
        response = HttpResponse(found.read_bytes(), content_type="text/plain; charset=utf-8")
        headers.apply(response, "constant")
        return conditional(self.request, response)


class TryIt(PublicAddress):
    """From a form, in which a part of the address is a field like any other, to the address that is meant."""

    schema = None  # type: ignore[assignment]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        known = reading.addresses(_document())
        if kwargs["operation"] not in known:
            raise RefusedError("not-found")
        self.path, operation = known[kwargs["operation"]]
        self.parameters = tuple(Parameter(one["name"], opaque, {}, "") for one in operation["parameters"])
        super().initial(request, *args, **kwargs)

    def get(self, request: Request, operation: str) -> HttpResponse:
        address = reading.filled(self.path, {name: value or "" for name, value in self.asked.items()})
        if "{" in address:
            address = f"{guides.HOME}#{operation}"
        response = HttpResponse(status=303, headers={"Location": address})
        return headers.apply(response, "asked")


@lru_cache(maxsize=4)
def _reference(language: Language, site: str, description: bytes) -> SafeString:
    """The page. It depends on nothing else, so it is made once; call inside the override of the language."""
    document = _document()
    common = [(TYPES[name].status, name, str(TYPES[name].title)) for name in EVERYWHERE]
    return render_to_string(
        "articles/api/docs/reference.html",
        {
            "frame": Frame(language, gettext("Partner interface"), guides.HOME),
            "info": document["info"],
            "about": render(document["info"]["description"]).html,
            "groups": reading.groups(document),
            "webhooks": reading.webhooks(document),
            "shapes": reading.shapes(document),
            "blocks": blocks.shown(),
            "events": EVENTS,
            "common": common,
            "programs": [one.name for one in guides.programs()],
            "site": site,
        },
    )


def _document() -> dict[str, Any]:
    return _parsed(described())


@lru_cache(maxsize=2)
def _parsed(description: bytes) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(description)
    return parsed
