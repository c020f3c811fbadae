"""Making gists: an item composed, compared with what its readers see and with its translation. Nothing is written."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from articles.canonical.languages import LANGUAGES, Language
from articles.content.aggregates import kind_of
from articles.content.desk_object import DeskObject
from articles.content.measures import lengths
from articles.content.showing import translation_language
from articles.content.texts import Text
from articles.editorial import transitions
from articles.publishing.covering import digests_held
from articles.publishing.digests import composed
from articles.publishing.drift_marks import compared
from articles.publishing.gists import DriftingPart, Gist, Reading, true_gists
from articles.publishing.outline import outline_json
from articles.publishing.states import composed_states, standings_of
from articles.publishing.steps import StepState, counted, steps_between, worst_first
from articles.publishing.workflow import states_between


@dataclass(frozen=True)
class Made:
    """Gists that are not saved yet, with what was read for them and the parts that drift."""

    gists: Sequence[Gist]
    readings: Sequence[Reading]
    drifting: Sequence[DriftingPart]


def gists_now(items: Collection[DeskObject]) -> dict[tuple[UUID, Language], Gist]:
    """Return a gist of each item in each language that says what is so now; the same few queries for any number.

    What is kept is taken where it is known to be so; the rest is made for this once.
    """
    known = true_gists([item.pk for item in items])
    others = [item for item in items if (item.pk, LANGUAGES[0]) not in known]
    made = gists_made(others).gists if others else ()
    found: dict[tuple[UUID, Language], Gist] = {(gist.item, gist.language): gist for gist in made}  # type: ignore[misc]
    return known | found


def gists_made(items: Collection[DeskObject]) -> Made:
    """Make the gists of these items; the same queries for any number."""
    now, standings = composed(items), standings_of(items)
    states = composed_states(items, standings, now)
    translated = [item for item in items if translation_language(item)]
    last = transitions.last(item.pk for item in items)
    held = digests_held({place: one.substance for place, one in now.items()})
    stages = states_between(items, last, standings, held)
    steps = steps_between(translated, {place: one.outline for place, one in now.items()})
    words = lengths([item for item in items if isinstance(item, Text)])
    live = [one for one in standings.values() if one.is_live]
    marks = {(one.standing.item, one.standing.language): one for one in compared(live)}
    gists, readings, drifting = [], [], []
    for item in items:
        read = set(now[item.pk, LANGUAGES[0]].read)
        for language in LANGUAGES:
            place = (item.pk, language)
            behind = counted(steps[item.pk]) if translation_language(item) == language else {}
            mark = marks.get(place)
            differing = mark.differing if mark else frozenset()
            read |= mark.read if mark else set()
            drifting += [
                DriftingPart(item=item.pk, language=language, part_kind=part.kind, part=UUID(part.id))
                for part in differing
            ]
            gists.append(
                Gist(
                    item=item.pk,
                    kind=kind_of(item),
                    language=language,
                    is_old=False,
                    content_digest=now[place].content_digest,
                    frame=now[place].substance.frame,
                    parts=now[place].substance.parts_by_name,
                    outline_json=outline_json(now[place].outline),
                    state=states[place],
                    stage=stages[place].value,
                    stage_since=last[place].done_at if place in last else None,
                    words=words[item.pk][language].words if item.pk in words else 0,
                    missing=behind.get(StepState.MISSING, 0),
                    behind=behind.get(StepState.BEHIND, 0),
                    ahead=behind.get(StepState.AHEAD, 0),
                    drifts=bool(differing),
                )
            )
        readings += [Reading(item=item.pk, row=row) for row in sorted(read - {item.pk})]
    return Made(gists, readings, drifting)


def behind_of(gist: Gist) -> dict[StepState, int]:
    """Return how many parts of a translation are not in step, worst first."""
    return worst_first({StepState.MISSING: gist.missing, StepState.BEHIND: gist.behind, StepState.AHEAD: gist.ahead})
