"""Who has a slug: at the desk, in either language, or on the shelf, where a slug leads to one item for good."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from articles.canonical.languages import LANGUAGES
from articles.content.labels import label
from articles.editions.shelf import Address, Standing
from articles.publishing.desks import ITEMS


@dataclass(frozen=True)
class Holder:
    """The item that has a slug. `was` says that it has another one by now, and that the old one still leads to it."""

    name: str
    was: bool


def holder_of(kind: str, slug: str, item: UUID | str) -> Holder | None:
    """Return the other item of this kind that has, or had, the slug in any language; None if `item` may have it."""
    rows = ITEMS[kind]._default_manager
    asked = Q(**{f"slug_{LANGUAGES[0]}": slug}) | Q(**{f"slug_{LANGUAGES[1]}": slug})
    if draft := rows.filter(asked).exclude(pk=item).first():
        return Holder(label(draft), was=False)
    past = Address.at(kind, slug).exclude(item=item).first()
    if past is None:
        return None
    if working := rows.filter(pk=past.item).first():
        return Holder(label(working), was=True)
    # Deleted at the desk: its editions remain, and so does their title, unless they were erased for good.
    standing = Standing.objects.filter(item=past.item).order_by("-language").first()
    return Holder((standing.title if standing else "") or slug, was=True)
