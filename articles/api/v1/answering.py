"""What every address of the interface has in common: strict reading, one language, tags, CORS, and no cookies."""

import inspect
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, TypeVar
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

from articles.answers import headers, limits
from articles.answers.conditional import conditional
from articles.answers.door import Caller, NoEntryError, caller
from articles.answers.languages import preferred
from articles.answers.limits import Use
from articles.answers.usage import noted
from articles.api.v1 import deprecations
from articles.api.v1.description import Component, Described
from articles.api.v1.parameters import LANG, Parameter, read
from articles.api.v1.refusals import RefusedError, answer_for
from articles.api.v1.scopes import out_of_scope
from articles.canonical.languages import LANGUAGES, Language
from articles.editions.care import emergency_words
from articles.editions.services import read_once
from articles.partners.keys import Key
from articles.partners.scopes import Scope

Response = TypeVar("Response", bound=HttpResponseBase)

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
    """An address that everybody may read. Subclasses say what they answer, take and refuse, and how.

    `limit` names the limit of `articles/answers/limits.py` that requests count against; `kept_as` is the kind of every
    answer here, a refusal too, where it is not for each answer to say: no cache keeps them then, and they have no tag.
    `sent_as` is the kind of what is answered where that is not so. With `heeds_scope` a key is refused that is not
    about what is asked: the view calls `keep_within_scope`.
    `own_headers` are headers of the answer that no other address has, with what they say.
    """

    parameters: tuple[Parameter, ...] = (LANG,)
    answers: type[msgspec.Struct] | None = None
    refuses: tuple[str, ...] = ()
    refusal_shapes: ClassVar[Mapping[str, type[msgspec.Struct]]] = {}
    is_in_one_language: ClassVar[bool] = True
    media_type: ClassVar[str] = JSON
    has_page: ClassVar[bool] = False
    own_headers: ClassVar[Mapping[str, str]] = {}
    limit: ClassVar[str | None] = None
    kept_as: ClassVar[headers.Kind | None] = None
    sent_as: ClassVar[headers.Kind] = "answer"
    needs_key: ClassVar[bool] = False
    heeds_scope: ClassVar[bool] = False
    allowed: ClassVar[str] = "GET, HEAD, OPTIONS"
    asked_with: ClassVar[str] = "Accept, Accept-Language, Cache-Control, If-Modified-Since, If-None-Match"

    http_method_names = ["get", "head", "options"]
    content_negotiation_class = AlwaysJson
    schema = Described()

    language: Language
    asked: dict[str, Any]
    caller: Caller | None = None
    closed_key: Key | None = None
    use: Use | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer in one language from here on: labels, sentences and problems."""
        self.language = language_of(request)
        with override(self.language), read_once():
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if (request.method or "").lower() not in self.http_method_names:
            # Before keys and parameters are judged: correcting them would not help.
            raise RefusedError("method-not-allowed")
        if request.method != "OPTIONS":
            self._look_who_asks(request._request)
            self._count(request._request)
            self.asked = read(request.GET, self.parameters)

    def _look_who_asks(self, request: HttpRequest) -> None:
        try:
            self.caller = caller(request)
        except NoEntryError as fault:
            self.closed_key = fault.key
            raise

    def _count(self, request: HttpRequest) -> None:
        """Count the request where this address is limited; raise RefusedError for one too many."""
        if self.limit:
            self.use = limits.use(self.limit, request, self.caller.key.pk if self.caller else None)
            if self.use.is_exceeded:
                raise RefusedError("too-many-requests")

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
        open_to_other_sites(response)
        if request.method != "OPTIONS" and str(request.method).lower() in self.http_method_names:
            deprecations.tell(response, self.operation, self.given)
        if self.kept_as:
            headers.apply(response, self.kept_as)
        self._told_of_limits(response)
        return noted(response, self.caller.key if self.caller else self.closed_key, has_opened=self.caller is not None)

    def _told_of_limits(self, response: HttpResponse) -> None:
        # A cache gives a stored answer to others: what is left for one caller stands on no answer that may be stored.
        if self.use and "no-store" in response.get("Cache-Control", ""):
            limits.apply(response, self.use)
        else:
            response["RateLimit-Policy"] = limits.announced(self.limit)
        # `*` names no bytes that somebody has, so it would be a way to ask without end.
        if self.use and response.status_code == 304 and self.request.headers.get("If-None-Match", "").strip() != "*":
            limits.give_back(self.use)

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
    def success(self) -> int:
        """The status of an answer that is no refusal: 200, or 204 where there is nothing to say."""
        return 200

    @property
    def path_texts(self) -> Mapping[str, tuple[str, dict[str, Any]]]:
        """What the parts of the address mean here, with their schemas, where they mean something of their own."""
        return {}

    @property
    def refuses_callers(self) -> tuple[str, ...]:
        """What is refused here because of who asks, beside what is refused everywhere."""
        grounds = {"key-needed": self.needs_key, "out-of-scope": self.heeds_scope, "too-many-requests": self.limit}
        return tuple(name for name, holds in grounds.items() if holds)

    @property
    def is_counted(self) -> bool:
        """Whether requests are counted, so that answers made for one caller tell what is left."""
        return self.limit is not None

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
    def scope(self) -> Scope:
        """What the caller's key is about; everything where nobody shows one."""
        return self.caller.scope if self.caller else Scope()

    def keep_within_scope(self, kind: str | None, language: Language) -> None:
        """Raise RefusedError unless the caller's key is about this kind in this language; None stands for all kinds.

        Answers that everybody gets are never narrowed: with a key they are the same bytes, or a refusal.
        """
        scope = self.scope
        of_other_kinds = bool(scope.kinds) if kind is None else not scope.covers(kind, language)
        if of_other_kinds or not scope.covers_language(language):
            raise out_of_scope(scope, kind, language)

    @property
    def is_negotiated(self) -> bool:
        return self.is_in_one_language and self.asked.get("lang") is None

    def answer(self, value: Any, *, changed_at: str = "") -> HttpResponse:
        """Send a value as JSON, or 304 to whoever has exactly these bytes."""
        return self.send(msgspec.json.encode(value), changed_at=changed_at)

    def send(self, body: bytes, *, changed_at: str = "") -> HttpResponse:
        """Send finished JSON with the headers of a published answer."""
        response = HttpResponse(body, content_type=self.media_type)
        headers.apply(
            response, self.kept_as or self.sent_as, language=self.language if self.is_in_one_language else None
        )
        if self.is_negotiated:
            patch_vary_headers(response, ["Accept-Language"])
            response["Content-Location"] = self.address(lang=self.language)
        return response if self.kept_as else conditional(self.request, response, changed_at=changed_at)

    def address(self, **changed: Any) -> str:
        """Return this address with other parameters; those that are None fall away."""
        given = dict(self.request.GET.lists()) | changed
        query = urlencode({name: value for name, value in given.items() if value is not None}, doseq=True)
        return f"{settings.SITE_URL}{self.request.path}" + (f"?{query}" if query else "")


class AskedAddress(PublicAddress):
    """An address whose parameters tell of a person: nothing that was asked is kept, and no fault is logged with it.

    Whoever is refused may have somebody waiting for the answer, so refusals carry the numbers to call.
    """

    kept_as: ClassVar[headers.Kind | None] = "asked"

    def handle_exception(self, exc: Exception) -> HttpResponse:  # type: ignore[override]
        with override(self.language):
            emergency = emergency_words(self.language)
        return answer_for(
            exc, self.request, self.language, allowed=self.allowed, members={"emergency": emergency}, is_private=True
        )


class PartnerAddress(PublicAddress):
    """An address of a partner's own: it needs a key, no browser of another site may ask, and no cache keeps it."""

    parameters: tuple[Parameter, ...] = (LANG,)
    is_in_one_language: ClassVar[bool] = False
    kept_as: ClassVar[headers.Kind | None] = "own"
    needs_key: ClassVar[bool] = True

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
        return response

    def send(self, body: bytes, *, changed_at: str = "") -> HttpResponse:
        """Send finished JSON to the partner alone."""
        return HttpResponse(body, content_type=self.media_type)


def open_to_other_sites(response: Response) -> Response:
    """Let pages of other sites read an answer and its headers, without credentials, and return it."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = _EXPOSED
    return response


def language_of(request: HttpRequest) -> Language:
    """Return the language asked for: `lang` if it names one, else by `Accept-Language`."""
    try:
        named = request.GET.get("lang")
    except SuspiciousOperation:
        # A query that cannot be read is refused where parameters are read; the refusal needs a language too.
        named = None
    return named if named in LANGUAGES else preferred(request.headers.get("Accept-Language"))  # type: ignore[return-value]
