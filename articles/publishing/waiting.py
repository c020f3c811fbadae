"""Texts by where they stand on their way: few are under way at once, so few are looked at."""

from django.db import models
from django.db.models import OuterRef, Subquery

from articles.canonical.languages import Language
from articles.content.desk_object import DeskObject
from articles.editorial.states import TRANSITIONS, State
from articles.editorial.transitions import Transition
from articles.publishing.workflow import states_of

# What follows from a last step alone; drafts and live texts are found by what readers see.
UNDER_WAY = (State.IN_REVIEW, State.RETURNED, State.APPROVED)


def standing_in(rows: models.QuerySet, language: Language, state: State) -> list[DeskObject]:
    """Return those of these items that are in a state of `UNDER_WAY`, in their order; constant queries.

    Only what was last led there is composed.
    """
    acts = [act.value for act, (_from, leads_to) in TRANSITIONS.items() if leads_to == state]
    last = Transition.objects.filter(item=OuterRef("pk"), language=language).order_by("-pk").values("act")[:1]
    led = list(rows.annotate(last_act=Subquery(last)).filter(last_act__in=acts))
    found = states_of(led)
    return [item for item in led if found[item.pk, language] == state]
