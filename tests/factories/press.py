"""Publishing an item of any kind as an editor would."""

from datetime import datetime

from django.contrib.auth.models import User

from articles.content.aggregates import kind_of
from articles.content.desk_object import DeskObject
from articles.editions.envelope import ChangeClass
from articles.editions.shelf import Edition
from articles.publishing.desks import desk
from articles.publishing.publish import Terms, publish
from tests.factories.desk import NOON
from tests.factories.shelf import BOTH, DECISION


def publish_item(
    item: DeskObject, *, by: User, change_class: ChangeClass = "update", at: datetime = NOON
) -> dict[str, Edition]:
    """Publish an item in both languages as in step."""
    return publish(
        kind_of(item),
        item.pk,
        {language: Terms(change_class, "Что изменилось.") for language in BOTH},
        decision=DECISION,
        confirming=list(desk(kind_of(item)).compose(item, "ru").document.parts()),
        by=by,
        at=at,
    )
