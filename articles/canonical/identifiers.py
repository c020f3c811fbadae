"""The names by which a text points at things: objects (UUID), kinds of items, languages (BCP 47)."""

import re

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_KIND = re.compile(r"[a-z][a-z_]{0,31}")
# language[-Script][-REGION][-variant…]: what a phrase in a text needs of RFC 5646, without private extensions.
_LANGUAGE = re.compile(
    r"([a-z]{2,3})(-[a-z]{4})?(-(?:[a-z]{2}|[0-9]{3}))?((?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)",
    re.IGNORECASE | re.ASCII,
)


def is_uuid(value: object) -> bool:
    """Whether this is a UUID in its lowercase form with hyphens."""
    return isinstance(value, str) and bool(_UUID.fullmatch(value))


def is_kind(value: object) -> bool:
    """Whether this can be the name of a kind of items, such as ``article``."""
    return isinstance(value, str) and bool(_KIND.fullmatch(value))


def language_tag(raw: str) -> str | None:
    """The tag with its parts in their usual case (``en-GB``, ``sr-Latn``), or None when it is not a tag."""
    found = _LANGUAGE.fullmatch(raw.strip())
    if not found:
        return None
    language, script, region, variants = (part or "" for part in found.groups())
    return language.lower() + script.title() + region.upper() + variants.lower()


def is_language_tag(value: object) -> bool:
    """Whether this is a language tag in its usual case."""
    return isinstance(value, str) and language_tag(value) == value
