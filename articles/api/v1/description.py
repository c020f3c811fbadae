"""The description of the interface in OpenAPI 3.1, made from what the views declare and the shapes they answer with."""

import inspect
import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from threading import Lock
from typing import Any, get_args

import msgspec
from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ComponentRegistry, ResolvedComponent
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.settings import patched_settings

from articles.answers.problems import MEDIA_TYPE, TYPES
from articles.api.v1 import deprecations, examples
from articles.api.v1.describing import answered, is_going, path_parameters, query_parameters
from articles.api.v1.shapes import blocks
from articles.api.v1.shapes import problems as shapes

VERSION = "1.0.0"

ABOUT = """\
Health information in Russian and English, as immutable editions. Everybody may read; nothing sets a cookie.

**Follow `changes/` first.** Lists never report withdrawals. A withdrawn text must disappear from where you show it, and
a copy that you could not confirm for longer than its `max_age` must be hidden.

`triage/protocols/` are questions about how soon somebody needs a doctor. Deciding is the only `POST` without a key:
nothing of it is kept, and an expired or withdrawn protocol never decides.

A key goes into `Authorization: Bearer …` and nowhere else. What is published needs none; with one, requests are counted
for the key instead of the address. A key that does not open is refused everywhere. One with a scope narrows `search/`
and `snapshot/` to it; every other answer is the same for everybody, or refused where the scope does not cover it.

Addresses that compute are limited to so many requests: see `limits` of the root. `RateLimit-Policy` stands on every
answer (of an address without a limit it names those of all others), `RateLimit` on answers that nobody stores. A `304`
is given back.

Every GET may be a HEAD. Send `If-None-Match` with the `ETag` that you have: a `304` costs nothing. A date
(`If-Modified-Since`) never earns one. An address without its last slash leads to the one with it (`301`).

New members, block kinds and events may be added: ignore members that you do not know, show the `html` of blocks that
you do not know. Nothing that is described here goes without twelve months' notice (`Deprecation`, `Sunset`)."""

SETTINGS: dict[str, Any] = {
    "TITLE": "Partner interface",
    "DESCRIPTION": ABOUT,
    "VERSION": VERSION,
    "OAS_VERSION": "3.1.1",
    # No host: the description is the same wherever the site runs.
    "SERVERS": [{"url": "/"}],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": ["articles.api.v1.events.add_webhooks"],
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "key": {
                "type": "http",
                "scheme": "bearer",
                "description": "A partner's key. In an address it never opens anything.",
            }
        }
    },
}

# Refusals that any address may answer with.
EVERYWHERE = ("malformed-request", "unknown-parameter", "invalid-parameter", "repeated-parameter", "bad-key",
              "key-expired", "key-revoked", "partner-suspended", "server-error", "unavailable")  # fmt: skip

SHAPES: dict[str, type[shapes.Problem]] = {
    "not-in-this-language": shapes.NotInThisLanguage,
    "journal-reset": shapes.JournalReset,
    "withdrawn": shapes.Tombstone,
    "out-of-scope": shapes.OutOfScope,
}

HEADERS: dict[str, str] = {
    "ETag": "Strong tag of these bytes.",
    "Last-Modified": "When the edition was published, where the answer is one.",
    "Cache-Control": "How long a copy may be kept.",
    "Vary": "What else the answer depends on.",
    "Content-Language": "Language of texts and labels, where the answer is in one language; of a refusal, its own.",
    "Content-Location": "Address of the answer that was chosen, where the language was negotiated.",
    "Access-Control-Allow-Origin": "Always `*`.",
    "RateLimit-Policy": (
        "How many requests (`q`) to what is called so an address, or a key (`…-key`), may make in `w` seconds."
    ),
}

# Of an answer that was made for its asker alone.
NOT_KEPT = ("Cache-Control", "Vary", "Content-Language", "Access-Control-Allow-Origin", "RateLimit-Policy")

REFUSAL_HEADERS: dict[str, str] = {
    "Retry-After": "Seconds to wait.",
    "WWW-Authenticate": "How to show a key, and what is wrong with this one (RFC 6750).",
}

GOING: dict[str, str] = {
    "Deprecation": "Since when this is deprecated (RFC 9745): `@` and seconds since 1970.",
    "Sunset": "When it goes (RFC 8594), at least twelve months later.",
}

LIMITED: dict[str, str] = {
    "RateLimit": "How many are left (`r`), and in how many seconds (`t`) the count begins anew.",
}

# Wherever they are named, no such answer lacks them.
ALWAYS_THERE = ("ETag", "Cache-Control", "Access-Control-Allow-Origin", "RateLimit-Policy")

KINDS_OF_BLOCKS: dict[str, str] = {
    shape.__name__: str(shape.__struct_config__.tag) for shape in get_args(blocks.AnyBlockOut)
}

_lock = Lock()


class Described(AutoSchema):
    """Turns a view's own table (`parameters`, `answers`, `refuses`) into an operation."""

    def get_operation(
        self, path: str, path_regex: str, path_prefix: str, method: str, registry: ComponentRegistry
    ) -> dict[str, Any] | None:
        self.registry, self.path, self.method = registry, path, method
        view: Any = self.view
        summary, _, rest = view.words.partition("\n\n")
        going = deprecations.of_operation(view.operation)
        told = "\n\n".join(part for part in (going.sentence if going else "", rest) if part)
        body = view.describe_body(self.component) if method == "POST" else {}
        return {
            "operationId": view.operation,
            "summary": " ".join(summary.split()),
            **({"description": told} if told else {}),
            **({"deprecated": True} if going else {}),
            "tags": [path.removeprefix("/api/v1/").partition("/")[0] or "root"],
            "parameters": [*path_parameters(path, view), *query_parameters(view)],
            **({"requestBody": body} if body else {}),
            "security": [{"key": []}] if view.needs_key else [{}, {"key": []}],
            "responses": {
                str(view.success): self._answer(view),
                **({} if method == "POST" or view.kept_as else {"304": self._unchanged()}),
                **self._refusals(view),
            },
        }

    def _answer(self, view: Any) -> dict[str, Any]:
        page = {"text/html": {"schema": {"type": "string"}}} if view.has_page else {}
        is_told = view.success != 204
        content = {"schema": view.describe(self.component)} | answered(view) if is_told else {}
        return {
            "description": "As asked for." if is_told else "Done. There is nothing more to say.",
            "headers": self._headers([*_answer_headers(view, self.method), *(GOING if is_going(view) else ())])
            | {name: _header(text) for name, text in view.own_headers.items()},
            **({"content": {view.media_type: content} | page} if is_told else {}),
        }

    def _unchanged(self) -> dict[str, Any]:
        answer = {
            "description": "You have exactly these bytes.",
            "headers": self._headers(["ETag", "RateLimit-Policy"]),
        }
        return self._shared(ResolvedComponent.RESPONSE, "Unchanged", answer)

    def _refusals(self, view: Any) -> dict[str, Any]:
        names: dict[int, list[str]] = {}
        for name in dict.fromkeys((*EVERYWHERE, *view.refuses, *view.refuses_callers)):
            names.setdefault(TYPES[name].status, []).append(name)
        return {str(status): self._refusal(view, status, names[status]) for status in sorted(names)}

    def _refusal(self, view: Any, status: int, names: list[str]) -> dict[str, Any]:
        known = SHAPES | view.refusal_shapes
        found = list(dict.fromkeys(json.dumps(self.component(known.get(name, shapes.Problem))) for name in names))
        schemas = [json.loads(text) for text in found]
        told = " ".join(f"`{name}`: {TYPES[name].title}." for name in names)
        answer = {
            "description": told,
            "headers": self._headers(
                [
                    "Cache-Control",
                    "Content-Language",
                    "RateLimit-Policy",
                    *(["WWW-Authenticate"] if status == 401 or "out-of-scope" in names else []),
                    *(["Retry-After"] if {"unavailable", "too-many-requests"} & set(names) else []),
                    *(LIMITED if view.is_counted else []),
                ]
            ),
            "content": {MEDIA_TYPE: {"schema": schemas[0] if len(schemas) == 1 else {"anyOf": schemas}}},
        }
        own = "".join(name.title().replace("-", "") for name in names if name not in EVERYWHERE)
        counted = "Counted" if view.is_counted else ""
        return self._shared(ResolvedComponent.RESPONSE, f"Refused{status}{own}{counted}", answer)

    def _headers(self, names: Iterable[str]) -> dict[str, Any]:
        texts = HEADERS | REFUSAL_HEADERS | LIMITED | GOING
        return {
            name: self._shared(
                ResolvedComponent.HEADER, name, _header(texts[name], is_always_there=name in ALWAYS_THERE)
            )
            for name in names
        }

    def component(
        self,
        shape: type[msgspec.Struct],
        *,
        required: Iterable[str] | None = None,
        replacing: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Register the schema of a shape, and of all that it is made of, and return the reference to it.

        With `required`, a second schema is made in which only these members are always there; `replacing` gives the
        schemas of members that the type cannot tell.
        """
        _, found = msgspec.json.schema_components([shape], ref_template="#/components/schemas/{name}")
        name = shape.__name__
        if replacing:
            found[name]["properties"] |= replacing
        for part, schema in found.items():
            block = examples.of_block(KINDS_OF_BLOCKS.get(part, ""))
            self._register(part, tidied(schema) | ({"examples": [block]} if block else {}))
        if required is not None:
            # Whole, not by reference: programs that make clients follow references to whole schemas alone.
            members = tidied(found[name])["properties"]
            name += "Selection"
            about = "The members that `fields` names, and those that always come along."
            chosen = {"type": "object", "title": name, "description": about, "properties": members}
            self._register(name, chosen | {"required": sorted(required)})
        return {"$ref": f"#/components/schemas/{name}"}

    def _register(self, name: str, schema: dict[str, Any]) -> None:
        self._shared(ResolvedComponent.SCHEMA, name, schema)

    def _shared(self, type: str, name: str, described: dict[str, Any]) -> dict[str, Any]:
        """Register what several places share and return the reference; raise ValueError if two things have one name."""
        component = ResolvedComponent(name=name, type=type, object=f"{type}/{name}", schema=described)
        if component in self.registry and self.registry[component].schema != described:
            raise ValueError(f"two {type} are called {name}")
        self.registry.register_on_missing(component)
        return component.ref


@cache
def described() -> bytes:
    """Return the description as JSON. The same bytes on every machine and for every host."""
    with _lock, patched_settings(SETTINGS), override("en"):
        document = SchemaGenerator().get_schema(request=None, public=True)
    return OpenApiJsonRenderer().render(document)


Component = Callable[..., dict[str, Any]]


def tidied(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema as partners get it: members may be added later, so a client must not refuse unknown ones, and
    docstrings lose their indentation."""
    tidy = {key: value for key, value in schema.items() if key != "additionalProperties"}
    if "description" in tidy:
        tidy["description"] = inspect.cleandoc(tidy["description"])
    return tidy


def _answer_headers(view: Any, method: str) -> list[str]:
    names = NOT_KEPT if method == "POST" or view.kept_as else HEADERS
    other_sites = [] if view.needs_key else ["Access-Control-Allow-Origin"]
    return [
        *(name for name in names if name != "Access-Control-Allow-Origin"),
        *other_sites,
        *(LIMITED if view.is_counted and view.kept_as else []),
        *(["Content-Location"] if view.kept_as and view.is_in_one_language and method == "GET" else []),
    ]


def _header(text: str, *, is_always_there: bool = False) -> dict[str, Any]:
    return {"description": text, **({"required": True} if is_always_there else {}), "schema": {"type": "string"}}
