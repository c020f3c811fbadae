"""How what is at the desk stands towards its readers, for whole lists at once."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.canonical.languages import LANGUAGES, Language
from articles.content.desk_object import DeskObject
from articles.editions.linked import carried_in
from articles.editions.shelf import Mention, Standing
from articles.publishing.credits import credits_of
from articles.publishing.desks import ITEMS
from articles.publishing.digests import InShort, composed
from articles.publishing.gists import DriftingPart, Gist, are_behind, true_gists
from articles.publishing.parts import SHARED


class TextState(models.TextChoices):
    NEVER = "never", _("never published")
    LIVE = "live", _("live")
    CHANGED = "changed", _("live, changed since")
    WITHDRAWN = "withdrawn", _("withdrawn")
    # Of a shared part while gists are being made anew: comparing it with every text that shows it is not for a list.
    UNKNOWN = "unknown", _("being worked out")


Place = tuple[UUID, Language]
States = Mapping[Place, TextState]


def states(kind: str, objects: Collection[DeskObject]) -> States:
    """Return the state of each object of one kind in each language; constant queries, and nothing is composed.

    A person has a page and stands beside quotes: where the page was never published, the quotes decide.
    """
    own = item_states(objects) if kind in ITEMS else {}
    return with_parts(own, part_states(kind, objects)) if kind in SHARED else own


def with_parts(own: States, shown: States) -> States:
    """Return states of pages with those of the parts: where a page was never published, its parts decide."""
    return {
        place: state if own.get(place, TextState.NEVER) == TextState.NEVER else own[place]
        for place, state in shown.items()
    }


def item_states(items: Collection[DeskObject]) -> States:
    """Return the state of each item in each language, as its gist has it; items without one are composed.

    An item is changed since its publication when publishing it now would give other words, whoever changed them: its
    own text, a quote in it, the post of a speaker, the names of those who wrote it.
    """
    known = true_gists([item.pk for item in items])
    others = [item for item in items if (item.pk, LANGUAGES[0]) not in known]
    made = composed_states(others, standings_of(others), composed(others)) if others else {}
    return {place: TextState(gist.state) for place, gist in known.items()} | dict(made)


def standings_of(items: Collection[DeskObject]) -> dict[Place, Standing]:
    """Return where each item stands in each language, with its edition; one query."""
    rows = Standing.objects.select_related("edition").filter(item__in=[item.pk for item in items])
    return {(row.item, row.language): row for row in rows}  # type: ignore[misc]


def composed_states(
    items: Collection[DeskObject], standings: Mapping[Place, Standing], now: Mapping[Place, InShort]
) -> States:
    """Return the state of each item in each language from what composing them gave; no query."""
    places = [(item, (item.pk, language)) for item in items for language in LANGUAGES]
    return {place: _state(item, standings.get(place), now[place].content_digest) for item, place in places}


def part_states(kind: str, objects: Collection[DeskObject]) -> States:
    """Return the state of each shared part: whether live texts carry it, and as it is now; constant queries."""
    ids = [obj.pk for obj in objects]
    carried = carried_in(kind, ids)
    drifting = DriftingPart.objects.filter(part_kind=kind, part__in=ids)
    moved = set(drifting.order_by().values_list("part", "language").distinct())
    known = not are_behind()

    def state(obj: DeskObject, language: Language) -> TextState:
        if getattr(obj, "withdrawn_at", None):
            return TextState.WITHDRAWN
        if (obj.pk, language) not in carried:
            return TextState.NEVER
        if not known:
            return TextState.UNKNOWN
        return TextState.CHANGED if (obj.pk, language) in moved else TextState.LIVE

    return {(obj.pk, language): state(obj, language) for obj in objects for language in LANGUAGES}


def in_state(kind: str, state: TextState, language: Language) -> Q:
    """Return the condition on objects of a kind that have a state in a language, for a list; as far as gists are made.

    It asks rows that are kept, so it costs the same for any number of texts.
    """
    own = Q(pk__in=Gist.objects.filter(kind=kind, language=language, state=state).values("item"))
    if kind not in SHARED:
        return own
    shown = _part_in_state(kind, state, language)
    if kind not in ITEMS:
        return shown
    never = Q(pk__in=Gist.objects.filter(kind=kind, language=language, state=TextState.NEVER).values("item"))
    return shown & never if state == TextState.NEVER else own | (never & shown)


def _part_in_state(kind: str, state: TextState, language: Language) -> Q:
    live = Standing.objects.filter(state=Standing.State.LIVE, language=language).values("edition")
    carried = Q(pk__in=Mention.objects.filter(part_kind=kind, edition__in=live).values("part"))
    moved = Q(pk__in=DriftingPart.objects.filter(part_kind=kind, language=language).values("part"))
    here = Q(withdrawn_at__isnull=True) if hasattr(SHARED[kind].model, "withdrawn_at") else Q()
    conditions = {
        TextState.NEVER: here & ~carried,
        TextState.LIVE: here & carried & ~moved,
        TextState.CHANGED: here & carried & moved,
        TextState.WITHDRAWN: ~here if here else Q(pk__in=[]),
    }
    return conditions.get(state, Q(pk__in=[]))


def _state(item: DeskObject, standing: Standing | None, now: str | None) -> TextState:
    if standing is None:
        return TextState.NEVER
    if not standing.is_live:
        return TextState.WITHDRAWN
    live = standing.edition
    is_same = live.content_digest == now and live.envelope.credits == credits_of(item, standing.language)  # type: ignore[arg-type]
    return TextState.LIVE if is_same else TextState.CHANGED
