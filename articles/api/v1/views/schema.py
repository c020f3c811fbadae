"""The description of the interface in OpenAPI 3.1, and of each kind of block by itself as a JSON Schema."""

from collections.abc import Mapping
from functools import cache
from typing import Any, get_args

import msgspec
from django.conf import settings
from django.http import HttpResponse
from rest_framework.request import Request

from articles.answers import headers
from articles.answers.conditional import conditional
from articles.api.v1 import examples
from articles.api.v1.answering import PublicAddress
from articles.api.v1.description import Component, described, tidied
from articles.api.v1.refusals import RefusedError
from articles.api.v1.shapes.blocks import AnyBlockOut, BlockOut

MEDIA_TYPE = "application/vnd.oai.openapi+json;version=3.1"


class Schema(PublicAddress):
    """This description."""

    is_in_one_language = False
    media_type = MEDIA_TYPE

    def get(self, request: Request) -> HttpResponse:
        response = HttpResponse(described(), content_type=MEDIA_TYPE)
        headers.apply(response, "constant")
        return conditional(self.request, response)


JSON_SCHEMA = "application/schema+json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

SHAPES: Mapping[str, type[BlockOut]] = {str(shape.__struct_config__.tag): shape for shape in get_args(AnyBlockOut)}


class BlockSchema(PublicAddress):
    """The JSON Schema of one kind of block, complete in itself, with an example."""

    refuses = ("not-found",)
    is_in_one_language = False
    media_type = JSON_SCHEMA

    @property
    def path_texts(self) -> Mapping[str, tuple[str, dict[str, Any]]]:
        return {"block": ("Kind of the block.", {"type": "string", "enum": list(SHAPES)})}

    def describe(self, component: Component) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["$schema", "$id", "$ref", "$defs", "examples"],
            "description": "A JSON Schema of the draft 2020-12.",
        }

    def get(self, request: Request, block: str) -> HttpResponse:
        if block not in SHAPES:
            raise RefusedError("not-found")
        schema = {"$id": f"{settings.SITE_URL}{self.request.path}"} | _schema(block)
        response = HttpResponse(msgspec.json.encode(schema), content_type=JSON_SCHEMA)
        headers.apply(response, "constant")
        return conditional(self.request, response)


@cache
def _schema(block: str) -> dict[str, Any]:
    """The schema without its address. Members may be added later, so unknown ones are not refused."""
    (own,), found = msgspec.json.schema_components([SHAPES[block]], ref_template="#/$defs/{name}")
    example = examples.of_block(block)
    return {
        "$schema": DIALECT,
        **own,
        "$defs": {name: tidied(schema) for name, schema in found.items()},
        "examples": [example] if example else [],
    }
