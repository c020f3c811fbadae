"""A protocol as it lies on the shelf: one language of it, with the sources and the services to call frozen in."""

from typing import Any, ClassVar

from articles.canonical import canonical_json
from articles.editions.blocks import AnyBlock
from articles.editions.document import ItemDocument, Stretch
from articles.editions.parts import CareService
from articles.editions.value import plain
from triage.engine.protocol import LEVELS, UNSURE, Protocol, Question
from triage.engine.written import written_out

# From here on every sign alone calls for help at once or today. What is milder depends on all answers together.
_URGENT = LEVELS.index("same_day")


class ProtocolDocument(ItemDocument, frozen=True, tag_field="kind", tag="protocol"):
    """`summary` says for whom the questions are and for whom they are not; `services` are the numbers to call.

    `logic_digest` is that of the protocol's logic, the same in both languages.
    """

    kind: ClassVar[str] = "protocol"

    logic_digest: str
    protocol: Protocol
    services: list[CareService]

    @property
    def lapses_on(self) -> str:
        return self.protocol.expires_on

    def head(self) -> dict[str, Any]:
        return super().head() | {"danger": self.protocol.danger}

    def parts(self) -> dict[str, str]:
        """Return part to digest: the head, each question with its options, each level, each rule."""
        return {"head": canonical_json.digest(self.head())} | {
            part: canonical_json.digest(plain(value)) for part, value in self._own().items()
        }

    def own_texts(self) -> dict[str, str]:
        """Return what each part outside the blocks says, to be compared word by word."""
        return {"head": self.protocol.danger} | {part: _words(value) for part, value in self._own().items()}

    def found_by(self) -> list[Stretch]:
        """When to call, then each sign with its question: the urgent ones below what to do.

        What a milder level says is left out, as is every harmless answer: an excerpt is read without the other
        questions, and must calm nobody.
        """
        protocol = self.protocol
        found = [Stretch(protocol.danger)]
        for level in sorted(protocol.levels, key=lambda one: -one.rank):
            if level.rank >= _URGENT:
                found += [Stretch(level.title, is_heading=True), Stretch(level.text)]
                found += [Stretch(aid.text) for aid in level.first_aid]
                found += [
                    Stretch(f"{one.text} {sign}") for one in protocol.questions for sign in _signs(one, level.rank)
                ]
                found += [Stretch(rule.text) for rule in protocol.rules if rule.rank == level.rank]
        for question in protocol.questions:
            signs = [sign for rank in range(1, _URGENT) for sign in _signs(question, rank)]
            found += [Stretch(question.text, is_heading=True), *map(Stretch, signs)] if signs else []
        return found

    def written_out(self) -> list[AnyBlock]:
        return written_out(self.protocol, self.services)

    def _own(self) -> dict[str, Any]:
        protocol = self.protocol
        return {
            **{f"question:{one.id}": one for one in protocol.questions},
            **{f"level:{one.id}": one for one in protocol.levels},
            **{f"rule:{one.id}": one for one in protocol.rules},
        }


def _signs(question: Question, rank: int) -> list[str]:
    """The answers that mean this much by themselves; "not sure" is no sign."""
    return [one.text for one in question.options if one.rank == rank and one.id != UNSURE]


def _words(value: Any) -> str:
    own = [getattr(value, name, "") for name in ("title", "text", "exclusive_because")]
    inner = [one.text for name in ("options", "first_aid") for one in getattr(value, name, ())]
    return "\n".join(words for words in [*own, *inner] if words)
