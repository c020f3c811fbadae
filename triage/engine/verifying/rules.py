"""What each rule is good for: in how many combinations it is met, is a reason, and is the only one."""

from dataclasses import dataclass

from triage.engine.protocol import SELF_CARE
from triage.engine.verifying.collapsing import Budget, Collapsed, CollapsedRule
from triage.engine.verifying.counting import per_rank
from triage.engine.verifying.findings import Finding, finding


@dataclass(frozen=True)
class RuleUse:
    """Numbers of combinations. In `decisive` the result is the rule's own rank, so it is among the reasons; in `alone`
    the result would be milder without it."""

    rule: str
    met: int
    decisive: int
    alone: int


def uses(collapsed: Collapsed, budget: Budget) -> list[RuleUse]:
    """Return what each rule does, in the order of the protocol. Raises TooEntangledError."""
    return [_use(collapsed, rule, budget) for rule in collapsed.rules]


def useless(found: list[RuleUse]) -> list[Finding]:
    """Return the rules that are never a reason, and those without which every result would be the same."""
    dead = [finding("rule-dead", "rule", use.rule, met=use.met) for use in found if not use.decisive]
    redundant = [
        finding("rule-redundant", "rule", use.rule, met=use.met) for use in found if use.decisive > use.alone == 0
    ]
    return dead + redundant


def _use(collapsed: Collapsed, rule: CollapsedRule, budget: Budget) -> RuleUse:
    """All combinations in which the rule is met, decided by the other rules."""
    classes = {
        question: [one for one in answers if one.met & rule.when.get(question, 0) == rule.when.get(question, 0)]
        for question, answers in collapsed.classes.items()
    }
    others = [other for other in collapsed.rules if other is not rule]
    counts = per_rank(collapsed, budget, classes=classes, rules=others)
    decisive = sum(counts[: rule.rank + 1]) if rule.rank > SELF_CARE else 0
    return RuleUse(rule.id, sum(counts), decisive, sum(counts[: rule.rank]))
