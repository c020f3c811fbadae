"""By what a protocol is found, in the order in which excerpts are cut from it: a worried reader reads each alone."""

from articles.editions.document import Stretch
from triage.engine.protocol import LEVELS, UNSURE, Protocol, Question

# From here on every sign alone calls for help at once or today. What is milder depends on all answers together.
_URGENT = LEVELS.index("same_day")


def found_by(protocol: Protocol) -> list[Stretch]:
    """Return when to call, then each sign: the urgent ones with their question below what to do.

    What a milder level says is left out, as is every harmless answer: an excerpt is read without the other questions,
    and must calm nobody.
    """
    found = [Stretch(protocol.danger)]
    for level in sorted(protocol.levels, key=lambda one: -one.rank):
        if level.rank >= _URGENT:
            found += [Stretch(level.title, is_heading=True), Stretch(level.text)]
            found += [Stretch(aid.text) for aid in level.first_aid]
            found += [Stretch(f"{one.text} {sign}") for one in protocol.questions for sign in _signs(one, level.rank)]
            found += [Stretch(rule.text) for rule in protocol.rules if rule.rank == level.rank]
    for question in protocol.questions:
        signs = [sign for rank in range(1, _URGENT) for sign in _signs(question, rank)]
        found += [Stretch(question.text, is_heading=True), *map(Stretch, signs)] if signs else []
    return found


def _signs(question: Question, rank: int) -> list[str]:
    """The answers that mean this much by themselves; "not sure" is no sign."""
    return [one.text for one in question.options if one.rank == rank and one.id != UNSURE]
