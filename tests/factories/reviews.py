"""Medical reviewers and their signatures, for tests of what comes after. Nobody of this name exists."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group, User

from articles.canonical.languages import Language
from articles.content.aggregates import kind_of
from articles.content.desk_object import DeskObject
from articles.editions.store import Part
from articles.editorial.part_confirmations import PartConfirmation
from articles.editorial.signoffs import SignOff
from articles.publishing.compose import compose
from articles.publishing.confirming import confirm, differences
from articles.publishing.reviewing import review
from tests.factories.desk import NOON

NAMES: dict[Language, str] = {"ru": "Нина Сверочная, терапевт", "en": "Nina Sverkova, physician"}
NEXT = date(2027, 11, 22)


def a_reviewer(username: str = "anna") -> User:
    """An account with the role of a medical reviewer and no other."""
    user = User.objects.create_user(username, password="correct horse battery", is_staff=True)
    user.groups.add(Group.objects.get(name="medical_reviewer"))
    return user


def sign_text(item: DeskObject, language: Language, *, by: User, at: datetime = NOON, **given: Any) -> SignOff:
    """Sign what the desk holds now, as the review page does."""
    item = type(item)._default_manager.get(pk=item.pk)
    terms = {"name": NAMES, "next_on": NEXT} | given
    digest = terms.pop("digest", "") or compose(item, language).content_digest
    return review(kind_of(item), item.pk, language, digest, by=by, at=at, **terms)


def confirm_all(kind: str, pk: UUID | str, *, by: User, at: datetime = NOON) -> list[PartConfirmation]:
    """Confirm every difference that texts wait for at a shared part, as the desk's page does."""
    part = Part(kind, str(pk))
    return [confirm(part, *one.key, by=by, at=at) for one in differences(part)]
