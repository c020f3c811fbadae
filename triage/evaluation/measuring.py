"""Counting where a protocol agrees with the level that somebody expects of a story, and where it does not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from triage.engine.answers import Answers
from triage.engine.deciding import Engine
from triage.engine.protocol import EMERGENCY, LEVELS
from triage.evaluation.statistics import Share, kappa, share
from triage.evaluation.vignettes import Vignette, VignetteFile


@dataclass(frozen=True)
class Outcome:
    """What the protocol says of one story. Above 0 in `by`, it sends people sooner than expected; below 0, later."""

    vignette: Vignette
    answers: Answers
    rank: int

    @property
    def expected(self) -> int:
        return LEVELS.index(self.vignette.expected)

    @property
    def by(self) -> int:
        return self.rank - self.expected


@dataclass(frozen=True)
class Counts:
    """The outcomes of some stories: as expected, sooner (over-triage) and later (under-triage) by one level or more."""

    exact: Share
    over_by_one: int
    over_by_more: int
    under_by_one: int
    under_by_more: int

    @property
    def of(self) -> int:
        return self.exact.of

    @property
    def over(self) -> Share:
        return share(self.over_by_one + self.over_by_more, self.of)

    @property
    def under(self) -> Share:
        return share(self.under_by_one + self.under_by_more, self.of)

    @property
    def far_under(self) -> Share:
        return share(self.under_by_more, self.of)


@dataclass(frozen=True)
class Agreement:
    """How two raters, or a rater and the protocol, label the same stories; `kappa` is None where it says nothing."""

    one: str
    other: str
    exact: Share
    kappa: float | None


# In the place of a rater's name.
PROTOCOL = ""


@dataclass(frozen=True)
class Measured:
    outcomes: list[Outcome]
    agreements: list[Agreement]

    @property
    def counts(self) -> Counts:
        return counts(self.outcomes)

    def of_level(self, rank: int) -> Counts:
        """Return the counts of the stories that were expected at a rank."""
        return counts(one for one in self.outcomes if one.expected == rank)

    def confusion(self) -> list[list[int]]:
        """Return how many stories were expected at each rank (rows) and got each rank (columns)."""
        ranks = range(len(LEVELS))
        pairs = [(one.expected, one.rank) for one in self.outcomes]
        return [[pairs.count((expected, got)) for got in ranks] for expected in ranks]

    @property
    def emergencies_found(self) -> Share:
        """Of the stories that are emergencies, how many the protocol calls one: its sensitivity."""
        ranks = [one.rank for one in self.outcomes if one.expected == EMERGENCY]
        return share(ranks.count(EMERGENCY), len(ranks))

    @property
    def others_spared(self) -> Share:
        """Of the stories that are none, how many it does not call one: its specificity."""
        ranks = [one.rank for one in self.outcomes if one.expected != EMERGENCY]
        return share(len(ranks) - ranks.count(EMERGENCY), len(ranks))

    @property
    def disagreements(self) -> list[Outcome]:
        """Return the stories where the protocol does not say what was expected: those sent too late first."""
        return sorted((one for one in self.outcomes if one.by), key=lambda one: (one.by > 0, -abs(one.by)))


def measure(files: Mapping[str, VignetteFile], engine: Engine) -> Measured:
    """Return what the protocol says of every story; files must have been read for it (`vignettes.read_files`)."""
    outcomes = [
        Outcome(vignette, answers, engine.decide(answers).rank)
        for file in files.values()
        for vignette in file.vignettes
        for answers in [file.answers(vignette)]
    ]
    return Measured(outcomes, _agreements(outcomes))


def counts(outcomes: Iterable[Outcome]) -> Counts:
    by = [one.by for one in outcomes]
    return Counts(
        exact=share(by.count(0), len(by)),
        over_by_one=by.count(1),
        over_by_more=sum(one > 1 for one in by),
        under_by_one=by.count(-1),
        under_by_more=sum(one < -1 for one in by),
    )


def _agreements(outcomes: list[Outcome]) -> list[Agreement]:
    """Each pair of raters over the stories that both labelled, and each rater beside the protocol."""
    labels: dict[str, dict[str, str]] = {}
    for one in outcomes:
        for rater, level in one.vignette.ratings.items():
            labels.setdefault(rater, {})[one.vignette.id] = level
    if not labels:
        return []
    raters = sorted(labels)
    labels[PROTOCOL] = {one.vignette.id: LEVELS[one.rank] for one in outcomes}
    return [_agreement(one, other, labels) for one, other in combinations([*raters, PROTOCOL], 2)]


def _agreement(one: str, other: str, labels: dict[str, dict[str, str]]) -> Agreement:
    pairs = [(level, labels[other][id]) for id, level in labels[one].items() if id in labels[other]]
    return Agreement(one, other, share(sum(a == b for a, b in pairs), len(pairs)), kappa(pairs))
