"""What differs between two versions of a protocol, in words: what lowers urgency first, and marked as dangerous."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from articles.canonical.languages import Language
from articles.canonical.text import excerpt
from articles.content.sources import Source
from triage.engine.comparing import EFFECTS, Effect, compare
from triage.engine.document import ProtocolDocument
from triage.engine.faults import faults
from triage.protocols.change_words import heading, sentence

_DANGEROUS: Effect = "milder"


@dataclass(frozen=True)
class Group:
    """The differences of one effect; `is_dangerous` where somebody may be told to wait longer than before."""

    heading: str
    is_dangerous: bool
    sentences: list[str]


@dataclass(frozen=True)
class Compared:
    """`groups` is empty where nothing differs. `possible` is False where ids are not sound or no language is shared."""

    possible: bool
    groups: list[Group]

    @property
    def is_dangerous(self) -> bool:
        return any(group.is_dangerous for group in self.groups)


def between(before: Mapping[Language, ProtocolDocument], after: Mapping[Language, ProtocolDocument]) -> Compared:
    """Return every difference in words of the interface language; two queries at most."""
    was = {language: document.protocol for language, document in before.items()}
    now = {language: document.protocol for language, document in after.items()}
    is_sound = not any(faults(protocol) for protocol in [*was.values(), *now.values()])
    if not is_sound or not was.keys() & now.keys():
        return Compared(False, [])
    names = names_of([*before.values(), *after.values()])
    by_effect: dict[Effect, list[str]] = {}
    for difference in compare(was, now):
        by_effect.setdefault(difference.effect, []).append(sentence(difference, names))
    return Compared(
        True,
        [Group(heading(effect), effect == _DANGEROUS, by_effect[effect]) for effect in EFFECTS if effect in by_effect],
    )


def names_of(documents: Iterable[ProtocolDocument]) -> dict[str, str]:
    """Return how sources are called: as the desk calls them, or by the title that was frozen with the protocol."""
    frozen = {source.id: source.title for document in documents for source in document.sources}
    desk = {str(source.pk): source for source in Source.objects.filter(pk__in=list(frozen))}
    return {
        id: f"{desk[id].short_name}: {excerpt(title, 60)}" if id in desk else excerpt(title, 80)
        for id, title in frozen.items()
    }
