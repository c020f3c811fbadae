"""`fields`: a part of an item, from which what makes it safe to show never falls away."""

from typing import Any

import msgspec

from articles.api.v1.parameters import Parameter, some_of

# What names the text, and what must be shown beside it.
ALWAYS = (
    "id", "kind", "language", "edition", "digest", "content_digest", "review", "change", "attribution", "licence",
    "max_age", "under_check", "check", "safety_gap",
)  # fmt: skip

# A text that misses blocks must not look complete, and a quote in a block has its members in `quotes`.
COMPANIONS = {"blocks": ("missing", "quotes")}


def names(shape: type[msgspec.Struct]) -> tuple[str, ...]:
    """Return the members of a shape as they are called in an answer."""
    return tuple(field.encode_name for field in msgspec.structs.fields(shape))


def fields_parameter(shape: type[msgspec.Struct], always: tuple[str, ...]) -> Parameter:
    """Return the parameter that chooses among the members of a shape; `always` are those that come along."""
    own = names(shape)
    return Parameter(
        "fields",
        some_of(own),
        {"type": "string", "examples": ["title,summary"]},
        f"Names of members, separated by commas. These always come along: {', '.join(always)}. A quote never loses its"
        f" context; `blocks` bring `missing` and `quotes`. Known: {', '.join(own)}.",
    )


def selected(item: msgspec.Struct, fields: tuple[str, ...] | None, always: tuple[str, ...] = ALWAYS) -> Any:
    """Return the members asked for and those that always come along, as they are encoded; the whole item where nothing
    was asked for."""
    if fields is None:
        return item
    plain = msgspec.to_builtins(item)
    wanted = {*always, *fields, *(companion for field in fields for companion in COMPANIONS.get(field, ()))}
    return {name: value for name, value in plain.items() if name in wanted}
