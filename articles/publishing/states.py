"""How what is at the desk stands towards its readers, for whole lists at once."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.canonical.languages import LANGUAGES, Language
from articles.content.desk_object import DeskObject
from articles.editions.shelf import Edition, Mention, Standing
from articles.editions.store import Part
from articles.publishing.credits import credits_of
from articles.publishing.desks import ITEMS
from articles.publishing.digests import content_digests
from articles.publishing.drift import differs, frozen_parts
from articles.publishing.parts import SHARED


class TextState(models.TextChoices):
    NEVER = "never", _("never published")
    LIVE = "live", _("live")
    CHANGED = "changed", _("live, changed since")
    WITHDRAWN = "withdrawn", _("withdrawn")


States = Mapping[tuple[UUID, Language], TextState]


def states(kind: str, objects: Collection[DeskObject]) -> States:
    """Return the state of each object of one kind in each language; constant queries.

    A person has a page and stands beside quotes: where the page was never published, the quotes decide.
    """
    own = item_states(objects) if kind in ITEMS else {}
    if kind not in SHARED:
        return own
    shown = part_states(kind, objects)
    return {
        place: state if own.get(place, TextState.NEVER) == TextState.NEVER else own[place]
        for place, state in shown.items()
    }


def item_states(items: Collection[DeskObject]) -> States:
    """Return the state of each item in each language.

    An item is changed since its publication when publishing it now would give other words, whoever changed them: its
    own text, a quote in it, the post of a speaker, the names of those who wrote it.
    """
    standings = {
        (row.item, row.language): row
        for row in Standing.objects.select_related("edition").filter(item__in=[item.pk for item in items])
    }
    live = {item for (item, _), row in standings.items() if row.is_live}
    now = content_digests([item for item in items if item.pk in live])
    return {
        (item.pk, language): _state(item, standings.get((item.pk, language)), now.get((item.pk, language)))
        for item in items
        for language in LANGUAGES
    }


def part_states(kind: str, objects: Collection[models.Model]) -> States:
    """Return the state of each shared part: whether live texts carry it, and as it is now."""
    models.prefetch_related_objects(list(objects), *SHARED[kind].reads)
    working = {obj.pk: obj for obj in objects}
    states: dict[tuple[UUID, Language], TextState] = {
        (key, language): TextState.WITHDRAWN if getattr(obj, "withdrawn_at", None) else TextState.NEVER
        for key, obj in working.items()
        for language in LANGUAGES
    }
    live = Standing.objects.filter(state=Standing.State.LIVE).values("edition")
    carried = Mention.objects.filter(part_kind=kind, part__in=list(working), edition__in=live).select_related("edition")
    frozen: dict[int, dict[Part, object]] = {}
    for mention in carried:
        edition: Edition = mention.edition
        if edition.pk not in frozen:
            frozen[edition.pk] = dict(frozen_parts(edition.document))
        place = (mention.part, edition.language)
        part = Part(kind, str(mention.part))
        if states[place] in (TextState.NEVER, TextState.LIVE) and part in frozen[edition.pk]:  # type: ignore[index]
            moved = differs(part, frozen[edition.pk][part], working[mention.part], edition.language)  # type: ignore[arg-type]
            states[place] = TextState.CHANGED if moved else TextState.LIVE  # type: ignore[index]
    return states


def _state(item: DeskObject, standing: Standing | None, now: str | None) -> TextState:
    if standing is None:
        return TextState.NEVER
    if not standing.is_live:
        return TextState.WITHDRAWN
    live = standing.edition
    is_same = live.content_digest == now and live.envelope.credits == credits_of(item, standing.language)  # type: ignore[arg-type]
    return TextState.LIVE if is_same else TextState.CHANGED
