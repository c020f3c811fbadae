"""The parts of a protocol by which translations and versions are compared: each question, each level, each rule."""

from typing import Any

from triage.engine.protocol import Protocol


def parts_of(protocol: Protocol) -> dict[str, Any]:
    """Return part to value; a question has its options with it, a level its first aid."""
    return {
        **{f"question:{one.id}": one for one in protocol.questions},
        **{f"level:{one.id}": one for one in protocol.levels},
        **{f"rule:{one.id}": one for one in protocol.rules},
    }


def words_of(part: Any) -> str:
    """Return what a part says, a text a line."""
    own = [getattr(part, name, "") for name in ("title", "text", "exclusive_because")]
    inner = [one.text for name in ("options", "first_aid") for one in getattr(part, name, ())]
    return "\n".join(words for words in [*own, *inner] if words)
