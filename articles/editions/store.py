"""The only door in: how the press puts editions on the shelf and takes items off it."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from articles.canonical.languages import Language
from articles.editions import services
from articles.editions.document import Document
from articles.editions.in_step import states_among
from articles.editions.journal import Journal
from articles.editions.overdue import overdue_from, overdue_sentence
from articles.editions.putting import AddressTakenError as AddressTakenError
from articles.editions.putting import Part as Part
from articles.editions.putting import Submission as Submission
from articles.editions.putting import address_is_free as address_is_free
from articles.editions.putting import put as put
from articles.editions.putting import put_all as put_all
from articles.editions.putting import standing_of as standing_of
from articles.editions.putting import standings_of as standings_of
from articles.editions.putting import tags_of, take_state
from articles.editions.shelf import Edition, Standing, WithdrawnPart
from articles.editions.times import rfc3339
from articles.editions.translations import TranslationState


def stands(item: str) -> list[tuple[str, str, int]]:
    """Return language, state and live edition of an item as they are now, to learn later whether they have moved."""
    rows = Standing.objects.filter(item=item).order_by("language")
    return list(rows.values_list("language", "state", "edition"))


def has_withdrawn(parts: Iterable[Part]) -> bool:
    """Return whether any of these parts was withdrawn; behind the journal's lock the answer is final."""
    return WithdrawnPart.objects.filter(part__in=[part.id for part in parts]).exists()


def withdraw(
    journal: Journal,
    standing: Standing,
    *,
    tombstone: dict[str, Any],
    change_class: str,
    effective_at: datetime | None = None,
) -> None:
    """Take an item off the shelf in one language; `tombstone` is what is answered in its place."""
    standing.state = Standing.State.WITHDRAWN
    standing.check_json = ""
    standing.overdue_since = None
    standing.gap_since = None
    standing.sequence = journal.sequence + 1
    standing.tombstone_json = json.dumps(tombstone | {"sequence": standing.sequence}, ensure_ascii=False)
    standing.save()
    services.forget_unused(standing.language)  # type: ignore[arg-type]
    journal.append(
        "withdrawn", standing, edition=standing.edition, change_class=change_class, note=tombstone["reason"],
        effective_at=effective_at, tags=tags_of(standing, _parts(standing.edition)),
    )  # fmt: skip


def restore(journal: Journal, standing: Standing, *, note: str) -> None:
    """Put the edition that was withdrawn back on the shelf, unchanged."""
    standing.state = Standing.State.LIVE
    standing.tombstone_json = ""
    standing.sequence = journal.sequence + 1
    standing.save()
    # Its own numbers may be older than those of texts that were live meanwhile: they count only where none is known.
    services.follow(standing.language, standing.edition.document, standing.edition.document)  # type: ignore[arg-type]
    journal.append(
        "restored", standing, edition=standing.edition, note=note, change_class="correction",
        tags=tags_of(standing, _parts(standing.edition)),
    )  # fmt: skip


def start_check(journal: Journal, standing: Standing, *, note: str) -> None:
    """Tell readers of a live text that it is being checked; its edition stays, and new ones stay under the check."""
    standing.check_json = json.dumps({"note": note, "started_at": rfc3339(journal.at)}, ensure_ascii=False)
    _note_check(journal, standing, "check_started", note)


def end_check(journal: Journal, standing: Standing, *, note: str) -> None:
    """Tell readers no longer that a text is being checked."""
    standing.check_json = ""
    _note_check(journal, standing, "check_ended", note)


def _note_check(journal: Journal, standing: Standing, event: str, note: str) -> None:
    standing.sequence = journal.sequence + 1
    standing.save(update_fields=["check_json", "sequence"])
    # With a class, or partners would not be given the note; the text itself has not changed, so it is `review`.
    journal.append(
        event, standing, edition=standing.edition, note=note, change_class="review",
        tags=tags_of(standing, _parts(standing.edition)),
    )  # fmt: skip


def fall_due(journal: Journal, standing: Standing) -> None:
    """Tell readers of a live text that its promised review is lacking; the text and its edition stay as they are."""
    review, lapses_on = standing.edition.envelope.review, standing.edition.document.lapses_on
    standing.overdue_since = overdue_from(review, lapses_on)
    standing.sequence = journal.sequence + 1
    standing.save(update_fields=["overdue_since", "sequence"])
    # With a class, as every line about a text has one: partners who follow only some classes know where it belongs.
    journal.append(
        "fell_due", standing, edition=standing.edition, note=overdue_sentence(review, standing.language, lapses_on),  # type: ignore[arg-type]
        change_class="review", effective_at=standing.overdue_since, tags=tags_of(standing, _parts(standing.edition)),
    )  # fmt: skip


def note_withdrawn_part(journal: Journal, part: Part, *, reason_code: str, reasons: Mapping[Language, str]) -> None:
    """Remember for good that a quote or source was withdrawn; the first reason stands."""
    WithdrawnPart.objects.get_or_create(
        part=part.id,
        defaults={
            "part_kind": part.kind,
            "reason_code": reason_code,
            "reason_ru": reasons["ru"],
            "reason_en": reasons["en"],
            "withdrawn_at": journal.at,
            "sequence": journal.sequence,
        },
    )


def settle_translations(
    journal: Journal,
    item: str,
    touched: Iterable[Language],
    standings: Mapping[Language, Standing] | None = None,
    states: Mapping[Language, TranslationState] | None = None,
) -> None:
    """Compute anew how far the item's languages are in step; one that moved untouched gets a journal line.

    `standings` are where the item stands now, `states` what is computed already, where they are at hand.
    """
    touched = set(touched)
    standings = standings_of(item) if standings is None else standings
    for language, state in (states or states_among(standings)).items():
        standing = standings[language]
        if not take_state(standing, state, journal):
            continue
        if language in touched:
            standing.save(update_fields=["translation_json", "gap_since"])
            continue
        standing.sequence = journal.sequence + 1
        standing.save(update_fields=["translation_json", "gap_since", "sequence"])
        journal.append(
            "language_state", standing, edition=standing.edition, change_class=state.lacks, tags=tags_of(standing, ())
        )


def parts_of(document: Document) -> list[Part]:
    """Return the shared parts that a document carries and, as `link:<kind>`, the items that it leads to, each once."""
    carried = [Part(part.part_kind, part.id) for part in document.shared_parts()]
    linked = [Part(f"link:{kind}", item) for kind, item in document.links()]
    return list(dict.fromkeys([*carried, *linked]))


def _parts(edition: Edition) -> list[Part]:
    return [Part(mention.part_kind, str(mention.part)) for mention in edition.mentions.all()]
