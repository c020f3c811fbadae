"""Addresses within the desk: forms, places in forms, and the pages of the press."""

from urllib.parse import urlencode
from uuid import UUID

from django.db import models
from django.urls import reverse

from articles.content.articles import Article, Block
from articles.content.experts import Expert
from articles.content.organisations import Organisation
from articles.content.pictures import Picture
from articles.content.problems import Where
from articles.content.quotes import Quote
from articles.content.sources import Source

KINDS: dict[str, type[models.Model]] = {
    "article": Article,
    "quote": Quote,
    "source": Source,
    "expert": Expert,
    "organisation": Organisation,
    "picture": Picture,
}


def kind_of(obj: models.Model) -> str:
    """Return the name of the object's kind; raise StopIteration for what has no page at the desk."""
    return next(kind for kind, model in KINDS.items() if isinstance(obj, model))


def form(kind: str, pk: UUID | str) -> str:
    """Return the address of the object's form."""
    return reverse(f"admin:articles_{KINDS[kind]._meta.model_name}_change", args=[pk])


def form_of(obj: models.Model) -> str:
    """Return the address of the form of an object, or of the article that a block belongs to."""
    if isinstance(obj, Block):
        return form("article", obj.parent_id)
    return form(kind_of(obj), obj.pk)


def place(where: Where, article: UUID | str) -> str:
    """Return the address of the field that a problem names; blocks are in the form of `article`.

    `focus` is `model:id:column`; the form's script opens the block and puts the cursor there.
    """
    holder = form(where.model, where.id) if where.model in KINDS else form("article", article)
    return f"{holder}?{urlencode({'focus': f'{where.model}:{where.id}:{where.column}'})}"


def publish(kind: str, pk: UUID | str) -> str:
    """Return the address of the page that publishes an item."""
    return reverse("admin:publish", args=[kind, pk])


def withdraw(kind: str, pk: UUID | str) -> str:
    """Return the address of the page that withdraws an article, a quote or a source."""
    return reverse(f"admin:withdraw_{kind}", args=[pk])


def drift(item: UUID | str) -> str:
    """Return the address of the page with what differs between the desk and an item's live texts."""
    return reverse("admin:drift", args=[item])


def preview(kind: str, pk: UUID | str, which: str) -> str:
    """Return the address of the preview: `ru`, `en` or `both`."""
    return reverse("admin:preview", args=[kind, pk, which])
