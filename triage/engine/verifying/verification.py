"""Everything there is to find out about a protocol before anybody may be asked its questions.

The bundled protocol has some 10^17 combinations of answers. They are not listed and not sampled; they are counted. How,
so that it can be checked:

1. Answers to one question that no rank and no rule can tell apart are one class with an exact number of answers in it
   (`collapsing`).
2. Questions are gone through one by one. After each, combinations are taken together that have the same greatest rank
   so far and leave the same rules open; their numbers are added (`counting`). What is taken together can no longer
   differ, so the numbers at the end are exact; they add up to the product of the numbers of answers.
3. What the engine makes of it is not assumed. Every combination lies in one pair of a context (all questions but one)
   and a class of answers to that one, and the engine decides an example of every such pair, for every question
   (`dominance`). It is also led along every way that it would ask, to its stop and beyond (`interviews`).
4. What a rule changes is counted among the combinations in which it is met, decided without it (`rules`).

Tests list all answers of every pair of questions, and all combinations of small protocols, without any of this.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from articles.canonical.languages import LANGUAGES, Language
from triage.engine.deciding import Engine
from triage.engine.protocol import LEVELS, SELF_CARE, Protocol, logic
from triage.engine.verifying.collapsing import MOST_STEPS, Budget, Collapsed, TooEntangledError
from triage.engine.verifying.counting import per_rank
from triage.engine.verifying.dominance import dominance
from triage.engine.verifying.findings import Finding, finding
from triage.engine.verifying.interviews import interviews
from triage.engine.verifying.rules import RuleUse, useless, uses
from triage.engine.verifying.saying import saying, side_by_side
from triage.engine.verifying.self_care import SelfCareRow, TooManyRowsError, self_care_rows
from triage.engine.verifying.structure import form, signs


@dataclass(frozen=True)
class Counts:
    """Exact numbers of combinations of answers, in which every question has one proper answer.

    `asked` is, for each number of questions, how many combinations are decided once so many were asked; `stops` counts
    the points at which asking ends, `different` the combinations that classes of answers leave to tell apart.
    """

    total: int
    per_level: Mapping[str, int]
    different: int
    asked: Mapping[int, int]
    stops: int

    @property
    def self_care(self) -> int:
        return self.per_level[LEVELS[SELF_CARE]]

    @property
    def fewest_questions(self) -> int:
        return min(self.asked)

    @property
    def most_questions(self) -> int:
        return max(self.asked)


@dataclass(frozen=True)
class Verification:
    """`counts` is None where the combinations could not be gone through; then a finding says why.

    A protocol of faulty form, or in one language, is not gone through: the engine would not decide by it.

    `self_care` is every combination that ends in self-care, as rows to sign.
    """

    findings: tuple[Finding, ...]
    counts: Counts | None
    self_care: tuple[SelfCareRow, ...]
    rules: tuple[RuleUse, ...]

    @property
    def sound(self) -> bool:
        """Nothing was found, and every combination was gone through."""
        return not self.findings and self.counts is not None


@dataclass(frozen=True)
class _Gone:
    findings: list[Finding]
    counts: Counts | None = None
    self_care: tuple[SelfCareRow, ...] = ()
    rules: tuple[RuleUse, ...] = ()


def verify(
    protocols: Mapping[Language, Protocol],
    known_references: Collection[str],
    *,
    engine: Callable[[Protocol], Engine] = Engine,
    steps: int = MOST_STEPS,
) -> Verification:
    """Return everything that was found: in the logic, in every combination of answers, in words and in sources.

    `known_references` are the ids of the sources that can be shown. `steps` bounds the work: a protocol whose rules
    entangle too many questions is refused with a finding. The same protocols give the same verification.
    """
    given = [language for language in LANGUAGES if language in protocols]
    found = [finding("language-missing", "protocol", "", one) for one in LANGUAGES if one not in protocols]
    # What both languages share is named once.
    found += dict.fromkeys(fault for language in given for fault in form(protocols[language]))
    if any(one.code == "wrong-type" for one in found):
        return Verification(tuple(found), None, (), ())
    alike = len(given) == len(LANGUAGES) and _same_logic(protocols)
    if len(given) == len(LANGUAGES) and not alike:
        found.append(finding("languages-differ", "protocol"))
    gone = _Gone([])
    if alike and not found:
        gone = _through(protocols[given[0]], engine, Budget(steps))
        found += [*signs(protocols[given[0]]), *gone.findings]
    for language in given:
        found += saying(protocols[language], language, known_references)
    if alike:
        found += side_by_side(protocols)
    return Verification(tuple(found), gone.counts, gone.self_care, gone.rules)


def _same_logic(protocols: Mapping[Language, Protocol]) -> bool:
    first, second = (protocols[language] for language in LANGUAGES)
    return (logic(first), first.version, first.expires_on) == (logic(second), second.version, second.expires_on)


def _through(protocol: Protocol, engine: Callable[[Protocol], Engine], budget: Budget) -> _Gone:
    """Go through every combination of answers."""
    try:
        collapsed = Collapsed(protocol)
        decides = engine(protocol)
        ranks = per_rank(collapsed, budget)
        found = list(dominance(collapsed, decides, budget))
        rules = uses(collapsed, budget)
        found += useless(rules)
        ways = interviews(collapsed, decides, budget)
    except TooEntangledError:
        return _Gone([finding("too-entangled", "protocol")])
    counts = Counts(
        total=collapsed.total,
        per_level=dict(zip(LEVELS, ranks, strict=True)),
        different=collapsed.different,
        asked=ways.asked,
        stops=ways.stops,
    )
    try:
        rows = self_care_rows(protocol)
    except TooManyRowsError:
        rows = ()
        found.append(finding("self-care-too-long", "protocol", combinations=counts.self_care))
    return _Gone([*found, *ways.findings], counts, rows, tuple(rules))
