"""What no answer may do, tried on the engine itself for every combination.

For each question in turn all others are folded into contexts: lots of answers that mean the same for this question. The
engine decides an example of every context with the shortest and the longest answer of every class. Every combination
belongs to exactly one such pair of context and class, so what holds for the pairs holds for all.
"""

from collections.abc import Iterator

from triage.engine.answers import AnswersRefusedError
from triage.engine.deciding import Engine
from triage.engine.protocol import EMERGENCY, SELF_CARE, UNSURE, Question
from triage.engine.verifying.collapsing import AnswerClass, Budget, Collapsed, order_of
from triage.engine.verifying.counting import Held, State, Steps, answers_of, fold
from triage.engine.verifying.findings import Finding, finding

# Below every rank.
_UNDECIDED = -1


def dominance(collapsed: Collapsed, engine: Engine, budget: Budget) -> Iterator[Finding]:
    """Yield what is wrong with red flags, with "not sure", with answers that are added, and with the engine.

    Raises TooEntangledError.
    """
    for question in collapsed.protocol.questions:
        others = [id for id in collapsed.questions if id != question.id]
        contexts = fold(order_of(others, collapsed.rules), collapsed.classes, collapsed.rules, budget)
        yield from _of_question(collapsed, engine, question, contexts, budget)


def _of_question(
    collapsed: Collapsed, engine: Engine, question: Question, contexts: dict[State, Held], budget: Budget
) -> Iterator[Finding]:
    steps = Steps(collapsed.rules)
    classes = collapsed.classes[question.id]
    asking = steps.asking(question.id)
    kept = [steps.kept(question.id, one) for one in classes]
    additions = _additions(collapsed, question, classes)
    undecided = outvoted = disagreeing = careless = 0
    milder: set[str] = set()
    for state, held in contexts.items():
        budget.spend(collapsed.cost_of_deciding * (2 * len(classes) + 1))
        context = answers_of(held.example)
        ranks = [_ranks(engine, context, question.id, one) for one in classes]
        for decided, one, may_be in zip(ranks, classes, kept, strict=True):
            many = held.weight * one.weight
            expected = steps.after(state, one.rank, may_be, asking)[0]
            undecided += many * (_UNDECIDED in decided)
            outvoted += many * (one.rank == EMERGENCY and decided != {EMERGENCY})
            disagreeing += many * (not decided <= {_UNDECIDED, expected})
        milder |= {option for before, option, after in additions if min(ranks[after]) < max(ranks[before])}
        if any(option.id == UNSURE for option in question.options):
            careless += held.weight * (_rank(engine, context | {question.id: [UNSURE]}) == SELF_CARE)
    if undecided:
        yield finding("not-total", "question", question.id, combinations=undecided)
    if outvoted:
        yield finding("red-flag-outvoted", "question", question.id, combinations=outvoted)
    if disagreeing:
        yield finding("engine-disagrees", "question", question.id, combinations=disagreeing)
    if careless:
        yield finding("unsure-in-self-care", "question", question.id, combinations=careless)
    for option in question.options:
        if option.id in milder:
            yield finding("milder-for-more", "option", f"{question.id}.{option.id}")


def _ranks(engine: Engine, context: dict[str, list[str]], question: str, answers: AnswerClass) -> set[int]:
    both = {answers.example, answers.fullest}
    return {_rank(engine, context | {question: list(one)}) for one in both}


def _rank(engine: Engine, answers: dict[str, list[str]]) -> int:
    """The rank of a whole combination, if the engine gives it one level that the protocol has."""
    try:
        decision = engine.decide(answers)
    except AnswersRefusedError:
        return _UNDECIDED
    levels = [level for level in engine.protocol.levels if level.id == decision.level]
    return decision.rank if len(levels) == 1 else _UNDECIDED


def _additions(
    collapsed: Collapsed, question: Question, classes: tuple[AnswerClass, ...]
) -> list[tuple[int, str, int]]:
    """Which class each class becomes when an option is chosen besides: (class before, option, class after).

    An answer that stands alone is replaced and not added to, so nothing is said of it here.
    """
    if question.kind == "single":
        return []
    at = {(one.rank, one.met): place for place, one in enumerate(classes)}
    standing_alone = {option.id for option in question.options if option.exclusive}
    found = []
    for option in question.options:
        if option.exclusive:
            continue
        bit = collapsed.bits.get(f"{question.id}.{option.id}", 0)
        for place, one in enumerate(classes):
            after = at.get((max(one.rank, option.rank), one.met | bit))
            if after is not None and not standing_alone.issuperset(one.example):
                found.append((place, option.id, after))
    return found
