"""`fields`: a part of an item, from which what makes it safe to show never falls away."""

from typing import Any

import msgspec

from articles.api.v1.parameters import Parameter, some_of
from articles.api.v1.shapes.articles import Article, ArticleShort

# What names the text, and what must be shown beside it.
ALWAYS = (
    "id", "kind", "language", "edition", "digest", "content_digest", "review", "change", "attribution", "licence",
    "max_age", "under_check",
)  # fmt: skip

# A text that misses blocks must not look complete.
COMPANIONS = {"blocks": ("missing",)}


def names(shape: type[msgspec.Struct]) -> tuple[str, ...]:
    """Return the members of a shape as they are called in an answer."""
    return tuple(field.encode_name for field in msgspec.structs.fields(shape))


def fields_parameter(shape: type[msgspec.Struct]) -> Parameter:
    """Return the parameter that chooses among the members of a shape."""
    own = names(shape)
    return Parameter(
        "fields",
        some_of(own),
        {"type": "string", "examples": ["title,summary"]},
        f"Names of members, separated by commas. These always come along: {', '.join(ALWAYS)}. A quote never loses its"
        f" context, and `blocks` bring `missing`. Known: {', '.join(own)}.",
    )


def selected(item: msgspec.Struct, fields: tuple[str, ...] | None) -> dict[str, Any]:
    """Return the members asked for and those that always come along; everything where nothing was asked for."""
    plain = msgspec.to_builtins(item)
    if fields is None:
        return plain
    wanted = {*ALWAYS, *fields, *(companion for field in fields for companion in COMPANIONS.get(field, ()))}
    return {name: value for name, value in plain.items() if name in wanted}


ARTICLE_FIELDS = fields_parameter(Article)
SHORT_FIELDS = fields_parameter(ArticleShort)
