"""What leads to a level, in words that somebody can hold against themselves: signs by question, and combinations.

Not being sure is no sign, and the answers that ask for nothing would read as double negatives: neither stands here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.editions.care import Call
from articles.editions.wording import CARE_LEVELS
from articles.reader.presenters.care import RANKS
from articles.reader.presenters.citing import Citing
from articles.reader.presenters.passages import paragraphs
from triage.engine.protocol import UNSURE, FirstAid, Level, Option, Protocol, Question
from triage.pages.presenters.calling import plain, spoken


@dataclass(frozen=True)
class Sign:
    """`together` says why it is as urgent as that only beside other signs; empty for a sign that is so alone."""

    text: SafeString
    marks: list[SafeString]
    together: list[SafeString] = field(default_factory=list)


@dataclass(frozen=True)
class Signs:
    """Signs under the question that they answer."""

    question: str
    signs: list[Sign]


@dataclass(frozen=True)
class Combination:
    """What is more urgent together than each alone; `together` are its signs, those that somebody could have."""

    text: SafeString
    together: list[SafeString]
    marks: list[SafeString]


@dataclass(frozen=True)
class Aid:
    """What to do at once; `when` are the signs with which it helps."""

    text: SafeString
    when: list[SafeString]
    marks: list[SafeString]


@dataclass(frozen=True)
class LevelView:
    """`rank` is the colour, 4 to 1: both appointments share one, and `level` says in words how soon. `name` is the
    title without links, `anchor` the id of its place on the page."""

    rank: int
    level: str
    anchor: str
    title: SafeString
    name: str
    advice: list[SafeString]
    marks: list[SafeString]
    groups: list[Signs]
    combinations: list[Combination]
    first_aid: list[Aid]


class Speaker:
    """Says the texts of one protocol on one page: with its numbers to call, and with marks of its sources.

    From what is urgent no link leads away but numbers to call.
    """

    def __init__(self, protocol: Protocol, to_call: Sequence[Call], citing: Citing) -> None:
        self.protocol = protocol
        self.to_call = to_call
        self._citing = citing
        self._options = {
            f"{question.id}.{option.id}": option for question in protocol.questions for option in question.options
        }

    def said(self, text: str) -> SafeString:
        return spoken(text, self.to_call)

    def plain(self, text: str) -> str:
        return plain(text, self.to_call)

    def marks(self, references: Iterable[str], *, rank: int = 0) -> list[SafeString]:
        return self._citing.marks(references, linked=rank < 4)

    def level(self, level: Level) -> LevelView:
        """Return a level with everything that leads to it."""
        rank = RANKS[level.id]
        protocol = self.protocol
        by_question = ((question, self._leading(question, level.rank)) for question in protocol.questions)
        return LevelView(
            rank=rank,
            level=level_line(level),
            anchor=level.id.replace("_", "-"),
            title=self.said(level.title),
            name=self.plain(level.title),
            advice=[self.said(one) for one in paragraphs(level.text)],
            marks=self.marks(level.references, rank=rank),
            groups=[self.group(question, options, rank=rank) for question, options in by_question if options],
            combinations=[
                Combination(
                    text=self.said(rule.text),
                    together=self.signs_of(rule.when),
                    marks=self.marks(rule.references, rank=rank),
                )
                for rule in protocol.rules
                if rule.rank == level.rank
            ],
            first_aid=[self.aid(one, rank=rank) for one in level.first_aid],
        )

    def group(self, question: Question, options: Iterable[Option], *, rank: int) -> Signs:
        """Return these answers of a question as signs; `rank` is the colour of the card that they stand in."""
        signs = [Sign(self.said(one.text), self.marks(one.references, rank=rank)) for one in options]
        return Signs(self.plain(question.text), signs)

    def aid(self, aid: FirstAid, *, rank: int) -> Aid:
        return Aid(self.said(aid.text), self.signs_of(aid.when), self.marks(aid.references, rank=rank))

    def signs_of(self, answers: Iterable[str]) -> list[SafeString]:
        """Return the signs among these answers (`question.option`)."""
        held = [self._options[one] for one in answers if one in self._options]
        return [self.said(option.text) for option in held if option.id != UNSURE]

    def _leading(self, question: Question, rank: int) -> list[Option]:
        return [one for one in question.options if one.rank == rank > 0 and one.id != UNSURE]


def level_line(level: Level) -> str:
    """Return how urgent a level is, in words beside its colour."""
    return gettext("Level %(rank)s of 4 · %(words)s") % {"rank": RANKS[level.id], "words": CARE_LEVELS[level.id]}
