"""A protocol written out as blocks: all that it says and decides, as a text to be read and compared.

It is for its past and for differences, never for somebody who asks what to do: that is the opening page.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from articles.editions.blocks import AnyBlock, HeadingBlock, TextBlock
from articles.editions.parts import CareService
from triage.engine.protocol import PLACEHOLDER, Protocol, Question


def written_out(protocol: Protocol, services: Iterable[CareService]) -> list[AnyBlock]:
    """Return when to call, the levels, the questions with what each answer means alone, and the combinations.

    Numbers are those of the protocol. An answer that asks for nothing stands alone: what the mildest level says is true
    only after all of them. Ids follow from the parts, so versions are compared part by part.
    """
    return _Writer(protocol, services).blocks()


class _Writer:
    def __init__(self, protocol: Protocol, services: Iterable[CareService]) -> None:
        self._protocol = protocol
        numbers = dict.fromkeys(one.number for one in services if one.purpose == "emergency")
        self._numbers = " / ".join(numbers)
        self._titles = {level.rank: level.title for level in protocol.levels}

    def blocks(self) -> list[AnyBlock]:
        protocol = self._protocol
        written: list[AnyBlock] = [self._text("danger", [protocol.danger])]
        for level in protocol.levels:
            written += self._section(
                f"level:{level.id}", level.title, level.text.split("\n\n"), [aid.text for aid in level.first_aid]
            )
        for question in protocol.questions:
            written += self._section(
                f"question:{question.id}", question.text, [question.exclusive_because], self._answers(question)
            )
        rules = [self._meaning(rule.text, rule.rank) for rule in protocol.rules]
        return [*written, self._text("rules", [], rules)] if rules else written

    def _answers(self, question: Question) -> list[str]:
        return [self._meaning(one.text, one.rank) for one in question.options]

    def _meaning(self, words: str, rank: int) -> str:
        return f"{words} → {self._titles[rank]}" if rank and rank in self._titles else words

    def _section(self, part: str, title: str, text: Sequence[str], items: Sequence[str]) -> list[AnyBlock]:
        heading = HeadingBlock(id=_id(f"{part}/title"), required=True, text=self._said(title))
        return [heading, self._text(part, text, items)] if items or any(text) else [heading]

    def _text(self, part: str, text: Sequence[str], items: Sequence[str] = ()) -> TextBlock:
        body: list[dict[str, Any]] = [self._paragraph(one) for one in text if one]
        if items:
            body.append({"type": "list", "ordered": False, "items": [[self._paragraph(one)] for one in items]})
        return TextBlock(id=_id(part), required=True, body=body)

    def _paragraph(self, words: str) -> dict[str, Any]:
        return {"type": "paragraph", "content": [{"type": "text", "text": self._said(words)}]}

    def _said(self, words: str) -> str:
        return words.replace(PLACEHOLDER, self._numbers)


def _id(part: str) -> str:
    return str(uuid5(NAMESPACE_URL, part))
