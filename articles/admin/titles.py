"""What things that are named by kind and id are called today. Nothing is kept: what was erased is not called by it."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import User

from articles.content.aggregates import AGGREGATES, uuid_of
from articles.content.labels import label
from articles.partners.partner import Partner
from articles.publishing.releases import Release

Named = tuple[str, str]

# What a kind needs besides its own row to be called by its name.
_WITH = {"quote": ("expert",)}


def titles(named: Iterable[Named]) -> dict[Named, str]:
    """Return the titles, in the language of the page, of those that are still there; one query for each kind."""
    ids: dict[str, set[str]] = {}
    for kind, pk in named:
        ids.setdefault(kind, set()).add(pk)
    found: dict[Named, str] = {}
    for kind, pks in ids.items():
        found |= {(kind, pk): title for pk, title in _of_kind(kind, pks).items()}
    return found


def _of_kind(kind: str, pks: set[str]) -> dict[str, str]:
    if kind == "user":
        numbers = [int(pk) for pk in pks if pk.isascii() and pk.isdigit()]
        return {str(one.pk): one.get_full_name() or one.get_username() for one in User.objects.filter(pk__in=numbers)}
    uuids = [found for pk in pks if (found := uuid_of(pk))]
    if kind in AGGREGATES:
        rows = AGGREGATES[kind]._default_manager.filter(pk__in=uuids).select_related(*_WITH.get(kind, ()))
        return {str(row.pk): label(row) for row in rows}
    return _names(kind, uuids)


def _names(kind: str, uuids: list[UUID]) -> dict[str, str]:
    if kind == "partner":
        return {str(one.pk): one.name for one in Partner.objects.filter(pk__in=uuids)}
    if kind == "release":
        return {str(one.pk): one.name for one in Release.objects.filter(pk__in=uuids)}
    return {}
