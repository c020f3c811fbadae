"""Amending: the live edition's own document with named parts exchanged. The desk's drafts are never read."""

from collections.abc import Callable, Mapping

from articles.canonical.languages import Language
from articles.editions import store
from articles.editions.document import Document
from articles.editions.envelope import Cause, ChangeNote, Review, TranslationOf
from articles.editions.journal import Journal
from articles.editions.shelf import Edition, Standing
from articles.editions.value import digest
from articles.editorial.confirmations import carry
from articles.publishing.following import Moves, parts_followed
from articles.publishing.replacing import Replacements, replaced


def _as_it_was(live: Edition, _document: Document) -> Review:
    return live.envelope.review


def amend(
    journal: Journal,
    item: str,
    replacements: Mapping[Language, Replacements],
    *,
    notes: Mapping[Language, ChangeNote],
    cause: Cause,
    review: Callable[[Edition, Document], Review] = _as_it_was,
) -> dict[Language, Edition]:
    """Put amended editions on the shelf in every language that has something to exchange; return the new ones.

    Text, credits and everything that is not named stay byte for byte, the review too unless `review` gives another.
    What was in step stays so: where the translation follows the original, its confirmations move with it. The journal
    must be open.
    """
    standings: dict[Language, Standing] = {}
    for language in replacements:
        standing = store.standing_of(item, language)
        if standing and standing.is_live:
            standings[language] = standing
    documents = {code: replaced(row.edition.document, replacements[code]) for code, row in standings.items()}
    moved = {
        code: (standings[code].edition.document, new)
        for code, new in documents.items()
        if new is not standings[code].edition.document and digest(new) != standings[code].edition.content_digest
    }
    amended: dict[Language, Edition] = {}
    for language, standing in standings.items():
        if language not in moved:
            continue
        live = standing.edition
        envelope = live.envelope
        agreed = envelope.translation_of
        followed = (
            parts_followed(moved[agreed.language], moved[language]) if agreed and agreed.language in moved else {}
        )
        amended[language] = store.put(
            journal,
            store.Submission(
                item=item,
                kind=standing.kind,
                language=language,
                document=documents[language],
                content_digest=digest(documents[language]),
                change=notes[language],
                review=review(live, documents[language]),
                translation_of=_carried(agreed, followed),
                parts=store.parts_of(documents[language]),
                caused_by=cause,
                credits=envelope.credits,
            ),
            event="amended",
        )
        carry(item, followed)
    return amended


def _carried(agreed: TranslationOf | None, followed: Moves) -> TranslationOf | None:
    if agreed is None:
        return None
    return TranslationOf(
        agreed.language,
        {
            part: followed[part][1] if part in followed and followed[part][0] == was else was
            for part, was in agreed.parts.items()
        },
    )
