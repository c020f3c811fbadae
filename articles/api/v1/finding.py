"""From an id in an address to what stands on the shelf, or to the problem that says why there is nothing."""

from typing import Any, NoReturn
from uuid import UUID

from django.utils.translation import gettext

from articles.api.v1.presenters.items import translations_out
from articles.api.v1.refusals import RefusedError
from articles.api.v1.shapes.common import TranslationOut
from articles.canonical.languages import Language
from articles.editions import queries
from articles.editions.queries import Shelved
from articles.editions.shelf import WithdrawnPart
from articles.editions.times import rfc3339


def live(kind: str, item: str, language: Language) -> Shelved:
    """Return the live item in this language; one query.

    Raises RefusedError: `not-found`, `not-in-this-language` with the languages that there are, or `withdrawn`.
    """
    found = queries.by_id(kind, identifier(item))
    if found is None:
        raise RefusedError("not-found", gettext("No item has this id."))
    shelved = found.shelved(language)
    if shelved is None:
        refuse_language(found, language)
    if not shelved.is_live:
        refuse_withdrawn(shelved)
    return shelved


def identifier(text: str) -> UUID:
    """Return the id; raise RefusedError unless it is a UUID as we write them, in any case of letters."""
    try:
        parsed = UUID(text)
    except ValueError:
        parsed = None
    if parsed is None or str(parsed) != text.lower():
        raise RefusedError("not-found", gettext("An id is a UUID of 36 characters, such as those in the list."))
    return parsed


def refuse_language(found: queries.Found, language: Language) -> NoReturn:
    """Refuse an item that was never published in this language."""
    there = [row for row in translations_out(list(found.by_language.values())) if row.api_url]
    raise RefusedError("not-in-this-language", id=found.item, language=language, translations=_plain(there))


def refuse_withdrawn(shelved: Shelved) -> NoReturn:
    """Refuse a withdrawn item with its tombstone."""
    tombstone = shelved.standing.tombstone or {}
    raise RefusedError("withdrawn", tombstone["reason"], **tombstone)


def refuse_recalled(shelved: Shelved, recall: WithdrawnPart) -> NoReturn:
    """Refuse an old edition that carries a part withdrawn since."""
    reason = recall.reason(shelved.language)
    raise RefusedError(
        "withdrawn",
        reason,
        id=shelved.item,
        kind=shelved.standing.kind,
        language=shelved.language,
        withdrawn_at=rfc3339(recall.withdrawn_at),
        reason_code=recall.reason_code,
        reason=reason,
        replaced_by=None,
        sequence=recall.sequence,
        part={"kind": recall.part_kind, "id": str(recall.part)},
    )


def _plain(translations: list[TranslationOut]) -> list[dict[str, Any]]:
    return [
        {"language": row.language, "state": row.state, "lacks": row.lacks, "api_url": row.api_url}
        for row in translations
    ]
