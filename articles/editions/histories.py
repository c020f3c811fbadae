"""What happened to texts, as the journal tells it: the history of one text, and the corrections of all.

Each function says how many queries it makes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from articles.canonical.languages import Language
from articles.editions import noting
from articles.editions.envelope import CHANGE_CLASSES, ChangeClass, Envelope
from articles.editions.shelf import Change, Edition, Standing

# Lines that bring an edition out.
PUBLISHING = frozenset({"published", "amended"})
# Lines of a text's own history. How far the other language is behind is told where it is read, and is not among them.
OWN = PUBLISHING | {"withdrawn", "restored", "check_started", "check_ended", "expunged"}
# Lines by which something wrong was put right or taken away.
CORRECTING = PUBLISHING | {"withdrawn", "restored", "expunged"}
# What a reader of the earlier words ought to hear of.
CORRECTIONS: tuple[ChangeClass, ...] = ("safety", "correction")


@dataclass(frozen=True)
class Event:
    """A line of a text's history, with the edition that it brought out; `is_erased` says that its words are gone."""

    line: Change
    edition: Edition | None
    is_erased: bool = False


def history(item: UUID | str, language: Language) -> list[Event]:
    """Return what happened to a text, newest first; two queries, which read no document."""
    lines = Change.objects.filter(item=item, language=language, event__in=OWN).order_by("-sequence")
    editions = Edition.objects.filter(item=item, language=language).select_related("expunged").defer("document_json")
    with noting.reads(f"item:{item}"):
        by_number = {edition.number: edition for edition in editions}
        return [_event(line, by_number.get(line.edition or 0)) for line in lines]


def _event(line: Change, edition: Edition | None) -> Event:
    if line.event not in PUBLISHING or edition is None:
        return Event(line, None)
    return Event(line, edition, is_erased=hasattr(edition, "expunged"))


def later(edition: Edition) -> list[Envelope]:
    """Return the envelopes of the editions that came after this one, oldest first; one query, which reads no document.

    Among them may be one that the reader does not know yet: ask for the standing first.
    """
    rows = Edition.objects.filter(item=edition.item, language=edition.language, number__gt=edition.number)
    with noting.reads(f"item:{edition.item}"):
        return [row.envelope for row in rows.defer("document_json").order_by("number")]


def gravest_first(envelopes: Iterable[Envelope]) -> list[ChangeClass]:
    """Return the classes of these changes, each once, the worst first."""
    found = {envelope.change.class_ for envelope in envelopes}
    return [one for one in CHANGE_CLASSES if one in found]


def corrections(language: Language, *, limit: int, before: int | None = None) -> list[Event]:
    """Return what corrected or took away something, newest first, below the number `before` of the journal.

    Three queries, which read no document. Ask for one more than is shown to learn whether there are older ones.
    """
    lines: list[Change] = []
    # One class at a time: so an index of language, class and number has the lines in the order that is asked for.
    for change_class in CORRECTIONS:
        rows = Change.objects.filter(language=language, change_class=change_class, event__in=CORRECTING)
        if before is not None:
            rows = rows.filter(sequence__lt=before)
        lines += rows.order_by("-sequence")[:limit]
    lines = sorted(lines, key=lambda line: -line.sequence)[:limit]
    named = [line.digest for line in lines if line.event in PUBLISHING]
    editions = Edition.objects.filter(digest__in=named).select_related("expunged").defer("document_json")
    by_digest = {edition.digest: edition for edition in editions}
    return [_event(line, by_digest.get(line.digest)) for line in lines]


def standings(items: Iterable[UUID], language: Language) -> dict[UUID, Standing]:
    """Return where these items stand in a language; one query, which reads no document, and none without items."""
    wanted = set(items)
    if not wanted:
        return {}
    return {row.item: row for row in Standing.objects.filter(item__in=wanted, language=language)}
