"""What every address of the interface has in common: strict reading, one language, tags, CORS, and no cookies."""

import inspect
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from urllib.parse import urlencode

import msgspec
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import override
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from articles.answers import headers
from articles.answers.conditional import conditional
from articles.answers.door import Caller, caller
from articles.answers.languages import preferred
from articles.api.v1 import deprecations
from articles.api.v1.description import Component, Described
from articles.api.v1.parameters import LANG, Parameter, read
from articles.api.v1.refusals import RefusedError, answer_for
from articles.canonical.languages import LANGUAGES, Language
from articles.editions.services import read_once

JSON = "application/json"

_EXPOSED = (
    "Allow, Content-Language, Content-Location, Deprecation, ETag, Last-Modified, Link, RateLimit, RateLimit-Policy,"
    " Repr-Digest, Retry-After, Sunset, Vary"
)


class AlwaysJson(BaseContentNegotiation):
    """The interface speaks JSON whatever `Accept` says: a wrong header never costs somebody the answer."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        renderer = next(iter(renderers))
        return renderer, renderer.media_type or JSON


class PublicAddress(APIView):
    """An address that everybody may read. Subclasses say what they answer, take and refuse, and how."""

    parameters: tuple[Parameter, ...] = (LANG,)
    answers: type[msgspec.Struct] | None = None
    refuses: tuple[str, ...] = ()
    refusal_shapes: ClassVar[Mapping[str, type[msgspec.Struct]]] = {}
    is_in_one_language: ClassVar[bool] = True
    media_type: ClassVar[str] = JSON
    has_page: ClassVar[bool] = False
    allowed: ClassVar[str] = "GET, HEAD, OPTIONS"
    asked_with: ClassVar[str] = "Accept, Accept-Language, Cache-Control, If-Modified-Since, If-None-Match"

    http_method_names = ["get", "head", "options"]
    content_negotiation_class = AlwaysJson
    schema = Described()

    language: Language
    asked: dict[str, Any]
    caller: Caller | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer in one language from here on: labels, sentences and problems."""
        self.language = language_of(request)
        with override(self.language), read_once():
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method != "OPTIONS":
            self.caller = caller(request._request)
            self.asked = read(request.GET, self.parameters)

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """Tell a browser that pages of other sites may ask."""
        response = HttpResponse(status=204)
        response["Allow"] = response["Access-Control-Allow-Methods"] = self.allowed
        response["Access-Control-Allow-Headers"] = self.asked_with
        response["Access-Control-Max-Age"] = "86400"
        return response

    def handle_exception(self, exc: Exception) -> HttpResponse:  # type: ignore[override]
        return answer_for(exc, self.request, self.language, allowed=self.allowed)

    def finalize_response(  # type: ignore[override]
        self, request: Request, response: HttpResponse, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        super().finalize_response(request, response, *args, **kwargs)  # type: ignore[arg-type]
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = _EXPOSED
        deprecations.tell(response, self.operation, self.given)
        return response

    @property
    def given(self) -> list[str]:
        """The parameters that the address has; none where it cannot be read."""
        try:
            return list(self.request.GET)
        except SuspiciousOperation:
            return []

    def describe(self, component: Component) -> dict[str, Any]:
        """Return the JSON schema of a 200; `component` registers a shape and returns the reference to it."""
        return component(self.answers) if self.answers else {"type": "object"}

    @property
    def path_texts(self) -> Mapping[str, tuple[str, dict[str, Any]]]:
        """What the parts of the address mean here, with their schemas, where they mean something of their own."""
        return {}

    @property
    def operation(self) -> str:
        """What the description calls this address."""
        name = type(self).__name__
        return name[0].lower() + name[1:]

    @property
    def words(self) -> str:
        """What the description says about this address: a sentence, and more after a blank line."""
        return inspect.cleandoc(type(self).__doc__ or "")

    @property
    def is_negotiated(self) -> bool:
        return self.is_in_one_language and self.asked.get("lang") is None

    def answer(self, value: Any, *, changed_at: str = "") -> HttpResponse:
        """Send a value as JSON, or 304 to whoever has exactly these bytes."""
        return self.send(msgspec.json.encode(value), changed_at=changed_at)

    def send(self, body: bytes, *, changed_at: str = "") -> HttpResponse:
        """Send finished JSON with the headers of a published answer."""
        response = HttpResponse(body, content_type=self.media_type)
        headers.apply(response, "answer", language=self.language if self.is_in_one_language else None)
        if self.is_negotiated:
            patch_vary_headers(response, ["Accept-Language"])
            response["Content-Location"] = self.address(lang=self.language)
        return conditional(self.request, response, changed_at=changed_at)

    def address(self, **changed: Any) -> str:
        """Return this address with other parameters; those that are None fall away."""
        given = {name: values[-1] for name, values in self.request.GET.lists()} | changed
        query = urlencode({name: value for name, value in given.items() if value is not None})
        return f"{settings.SITE_URL}{self.request.path}" + (f"?{query}" if query else "")


class PartnerAddress(PublicAddress):
    """An address of a partner's own: it needs a key, no browser of another site may ask, and no cache keeps it."""

    parameters: tuple[Parameter, ...] = (LANG,)
    is_in_one_language: ClassVar[bool] = False

    caller: Caller

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method != "OPTIONS" and self.caller is None:
            raise RefusedError("key-needed")

    def finalize_response(  # type: ignore[override]
        self, request: Request, response: HttpResponse, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        super().finalize_response(request, response, *args, **kwargs)
        del response["Access-Control-Allow-Origin"], response["Access-Control-Expose-Headers"]
        return headers.apply(response, "own")

    def send(self, body: bytes, *, changed_at: str = "") -> HttpResponse:
        """Send finished JSON to the partner alone."""
        return HttpResponse(body, content_type=self.media_type)


def language_of(request: HttpRequest) -> Language:
    """Return the language asked for: `lang` if it names one, else by `Accept-Language`."""
    try:
        named = request.GET.get("lang")
    except SuspiciousOperation:
        # A query that cannot be read is refused where parameters are read; the refusal needs a language too.
        named = None
    return named if named in LANGUAGES else preferred(request.headers.get("Accept-Language"))  # type: ignore[return-value]
