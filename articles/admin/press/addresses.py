"""Addresses within the desk: forms, places in forms, and the pages of the press."""

from urllib.parse import urlencode
from uuid import UUID

from django.db import models
from django.urls import reverse

from articles.content.aggregates import AGGREGATES, ROWS, kind_of
from articles.content.ordered_row import OrderedRow
from articles.content.problems import Where
from articles.content.texts import TEXTS

KINDS = AGGREGATES

# The names of the pages on which a kind of another app is published; they take the item's id.
PUBLISHING: dict[str, str] = {}
# Those on which one is signed, both languages at once.
REVIEWING: dict[str, str] = {}


def page(model: type[models.Model], name: str, *args: object) -> str:
    """Return the address of a stock page of a model: `changelist`, `add`, `change`, `delete`, `history`."""
    return reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_{name}", args=args)


def form(kind: str, pk: UUID | str) -> str:
    """Return the address of the object's form."""
    return page(KINDS[kind], "change", pk)


def form_of(obj: models.Model) -> str:
    """Return the address of the form of an object, or of the object that a row belongs to."""
    if isinstance(obj, OrderedRow):
        return form_of(obj.parent)  # type: ignore[attr-defined]
    return form(kind_of(obj), obj.pk)  # type: ignore[arg-type]


def place(where: Where, kind: str, item: UUID | str) -> str:
    """Return the address of the field that a problem names; blocks are in the form of the item.

    `focus` is `model:id:column`; the form's script opens the block and puts the cursor there.
    """
    # Problems and permissions call a kind by the name of its model. Other apps add theirs at start-up.
    named = next((one for one, model in KINDS.items() if model._meta.model_name == where.model), None)
    if named:
        holder = form(named, where.id)
    elif row := _row(where.model):
        holder = form_of(row._default_manager.get(pk=where.id))
    else:
        holder = form(kind, item)
    return focused(holder, where)


def _row(model: str) -> type[OrderedRow] | None:
    """The table of rows that are in the form of an object of their own; blocks are in that of the item."""
    found = (row for kind, rows in ROWS.items() if kind not in TEXTS for row in rows.models)
    return next((row for row in found if row._meta.model_name == model), None)


def focused(holder: str, where: Where) -> str:
    """Return the address of a field in the form at the address `holder`."""
    return f"{holder}?{urlencode({'focus': f'{where.model}:{where.id}:{where.column}'})}"


def comments(kind: str, pk: UUID | str, part: str) -> str:
    """Return the address of a part in the form of its object with the comments on it open."""
    return f"{form(kind, pk)}?{urlencode({'comments': part})}"


def publish(kind: str, pk: UUID | str) -> str:
    """Return the address of the page that publishes an item."""
    if kind in PUBLISHING:
        return reverse(f"admin:{PUBLISHING[kind]}", args=[pk])
    return reverse("admin:publish", args=[kind, pk])


def review(kind: str, pk: UUID | str, language: str) -> str:
    """Return the address of the page on which a medical reviewer signs an item in a language."""
    if kind in REVIEWING:
        return reverse(f"admin:{REVIEWING[kind]}", args=[pk])
    return reverse("admin:review", args=[kind, pk, language])


def translation(kind: str, pk: UUID | str, part: str = "") -> str:
    """Return the address of the page on which an item is translated, at one of its parts."""
    address = reverse("admin:translation", args=[kind, pk])
    return f"{address}?{urlencode({'edit': part})}#part-{part}" if part else address


def checklist(kind: str, pk: UUID | str) -> str:
    """Return the address of the checklist of an item, both languages."""
    return reverse("admin:checklist", args=[kind, pk])


def withdraw(kind: str, pk: UUID | str) -> str:
    """Return the address of the page that withdraws an item, a quote or a source."""
    return reverse(f"admin:withdraw_{kind}", args=[pk])


def drift(item: UUID | str) -> str:
    """Return the address of the page with what differs between the desk and an item's live texts."""
    return reverse("admin:drift", args=[item])


def preview(kind: str, pk: UUID | str, which: str) -> str:
    """Return the address of the preview: `ru`, `en` or `both`."""
    return reverse("admin:preview", args=[kind, pk, which])


def impact(kind: str, pk: UUID | str) -> str:
    """Return the address of the page that sends a shared part out to every live text."""
    return reverse("admin:impact", args=[kind, pk])


def confirm(kind: str, pk: UUID | str) -> str:
    """Return the address of the page on which a reviewer confirms what changed in a shared part."""
    return reverse("admin:confirm_part", args=[kind, pk])


def confirmed(kind: str, pk: UUID | str) -> str:
    """Return the address of what was confirmed of a shared part."""
    return reverse("admin:confirmed_parts", args=[kind, pk])


def confirm_list() -> str:
    """Return the address of the list of changed parts for which signatures wait."""
    return reverse("admin:confirm_parts")


def editions(kind: str, pk: UUID | str) -> str:
    """Return the address of the list of everything that readers ever saw of an item."""
    return reverse("admin:editions", args=[kind, pk])


def seen(kind: str, pk: UUID | str) -> str:
    """Return the address of the page that says what readers saw at a moment."""
    return reverse("admin:seen", args=[kind, pk])


def again(kind: str, pk: UUID | str, language: str, number: int) -> str:
    """Return the address of the page that publishes an old edition again."""
    return reverse("admin:publish_again", args=[kind, pk, language, number])


def used(kind: str, pk: UUID | str) -> str:
    """Return the address of the page that says where an object is used."""
    return reverse("admin:used", args=[kind, pk])


def release(pk: UUID | str) -> str:
    """Return the address of a release's page."""
    return reverse("admin:release", args=[pk])


def publish_later(kind: str, pk: UUID | str, release: UUID | str = "") -> str:
    """Return the address of the page that publishes an item, with what keeps it for a release open."""
    return f"{publish(kind, pk)}?{urlencode({'later': release or '1'})}#later"


def ending(kind: str, pk: UUID | str) -> str:
    """Return the address of the page that takes an item down at a moment to come."""
    return reverse("admin:ending", args=[kind, pk])


def review_plan(kind: str, pk: UUID | str) -> str:
    """Return the address of the page that says how soon an item is reviewed again, and who sees to it."""
    return reverse("admin:review_plan", args=[kind, pk])


def check(kind: str, pk: UUID | str) -> str:
    """Return the address of the page that puts “we are checking this text” over a live page, and takes it off."""
    return reverse("admin:check", args=[kind, pk])


def erase(kind: str, pk: UUID | str) -> str:
    """Return the address of the page that asks for an object to be erased for good."""
    return reverse("admin:erase", args=[kind, pk])


def workflow(kind: str, pk: UUID | str) -> str:
    """Return the address of the page with the way of a text to its readers: where it stands and what may be done."""
    return reverse("admin:workflow", args=[kind, pk])


def urgent(kind: str, pk: UUID | str) -> str:
    """Return the address of the page that publishes a safety correction without waiting for a review."""
    return reverse("admin:urgent", args=[kind, pk])
