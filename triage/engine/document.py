"""A protocol as it lies on the shelf: one language of it, with the sources and the services to call frozen in."""

from typing import Any, ClassVar

from articles.canonical import canonical_json
from articles.editions.blocks import AnyBlock
from articles.editions.document import ItemDocument, Stretch
from articles.editions.parts import CareService
from articles.editions.value import plain
from triage.engine.found import found_by
from triage.engine.parts import parts_of, words_of
from triage.engine.protocol import Protocol
from triage.engine.written import written_out


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
            part: canonical_json.digest(plain(value)) for part, value in parts_of(self.protocol).items()
        }

    def own_texts(self) -> dict[str, str]:
        """Return what each part outside the blocks says, to be compared word by word."""
        return {"head": self.protocol.danger} | {
            part: words_of(value) for part, value in parts_of(self.protocol).items()
        }

    def found_by(self) -> list[Stretch]:
        return found_by(self.protocol)

    def written_out(self) -> list[AnyBlock]:
        return written_out(self.protocol, self.services)
