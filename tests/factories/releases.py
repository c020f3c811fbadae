"""Releases as a publisher arranges them."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User

from articles.canonical.languages import Language
from articles.content.aggregates import kind_of
from articles.content.desk_object import DeskObject
from articles.editions.envelope import ChangeClass
from articles.publishing.desks import desk
from articles.publishing.publish import Terms
from articles.publishing.releases import Release, ReleaseEntry
from articles.publishing.scheduling import add, make
from tests.factories.desk import NOON
from tests.factories.shelf import BOTH, DECISION, later

# The moment of a release unless a test says otherwise: an hour after everything else.
ITS_MOMENT = later(60)


def a_release(*items: DeskObject, by: User, name: str = "Зима", goes_out_at: datetime = ITS_MOMENT) -> Release:
    """A release of these items as they stand at the desk, in both languages."""
    release = make(name, goes_out_at, by=by, at=NOON)
    for item in items:
        put_in(release, item, by=by)
    return release


def put_in(
    release: Release,
    item: DeskObject,
    *,
    by: User,
    languages: Iterable[Language] = BOTH,
    change_class: ChangeClass = "update",
    at: datetime = NOON,
) -> list[ReleaseEntry]:
    """Keep an item as it stands at the desk, its translation confirmed."""
    item = type(item)._default_manager.get(pk=item.pk)
    return add(
        release.pk,
        kind_of(item),
        item.pk,
        {language: Terms(change_class, "Что изменилось.") for language in languages},
        decision=DECISION,
        confirming=list(desk(kind_of(item)).compose(item, "ru").document.parts()),
        by=by,
        at=at,
    )
