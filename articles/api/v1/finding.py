"""From an id in an address to what stands on the shelf, or to the problem that says why there is nothing."""

from typing import Any, NoReturn
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.api.v1.parameters import parsed_id
from articles.api.v1.presenters.items import translations_out
from articles.api.v1.presenters.quotes import part_url
from articles.api.v1.refusals import RefusedError
from articles.api.v1.shapes.common import TranslationOut
from articles.canonical.languages import Language
from articles.editions import projections, queries
from articles.editions.projections import Carried
from articles.editions.queries import Shelved
from articles.editions.recalls import Recall
from articles.editions.times import rfc3339

_NOT_FOUND = {False: _("No item has this id."), True: _("No item has this id or slug.")}


def live(kind: str, item: str, language: Language, *, by_slug: bool = False) -> Shelved:
    """Return the live item in this language, found by its id or, with `by_slug`, by its slug too; one query.

    Raises RefusedError: `not-found`, `not-in-this-language` with the languages that there are, or `withdrawn`.
    """
    found = _by_slug(kind, item) if by_slug else queries.by_id(kind, identifier(item))
    if found is None:
        raise RefusedError("not-found", str(_NOT_FOUND[by_slug]))
    shelved = found.shelved(language)
    if shelved is None:
        refuse_language(found, language)
    if not shelved.is_live:
        refuse_withdrawn(shelved)
    return shelved


def live_part(kind: str, item: str, language: Language) -> Carried:
    """Return a quote or source that live texts in this language carry; four queries, five where it is not there.

    Raises RefusedError: `withdrawn`, `not-in-this-language` with the languages that there are, or `not-found`.
    """
    part = identifier(item)
    if gone := projections.withdrawal(kind, part):
        raise RefusedError("withdrawn", gone.reason(language), **_tombstone(gone, str(part), kind, language))
    found = projections.carried(kind, [part], language).get(part)
    if found:
        return found
    there = projections.languages(kind, part)
    if not there or language in there:
        raise RefusedError("not-found", gettext("No live text carries anything with this id."))
    raise RefusedError(
        "not-in-this-language",
        id=str(part),
        language=language,
        translations=[
            {"language": other, "state": "in_step", "lacks": None, "api_url": part_url(f"{kind}s", str(part), other)}
            for other in there
        ],
    )


def _by_slug(kind: str, ref: str) -> queries.Found | None:
    id = parsed_id(ref)
    return queries.by_id(kind, id) if id else queries.by_slug(kind, ref)


def identifier(text: str) -> UUID:
    """Return the id; raise RefusedError unless it is a UUID as we write them, in any case of letters."""
    parsed = parsed_id(text)
    if parsed is None:
        raise RefusedError("not-found", gettext("An id is a UUID of 36 characters, such as those in the list."))
    return parsed


def refuse_language(found: queries.Found, language: Language) -> NoReturn:
    """Refuse an item that was never published in this language."""
    there = [row for row in translations_out(list(found.by_language.values())) if row.api_url]
    raise RefusedError("not-in-this-language", id=found.item, language=language, translations=_plain(there))


def refuse_withdrawn(shelved: Shelved) -> NoReturn:
    """Refuse a withdrawn item with its tombstone."""
    tombstone = tombstone_of(shelved)
    raise RefusedError("withdrawn", tombstone["reason"], **tombstone)


def tombstone_of(shelved: Shelved) -> dict[str, Any]:
    """Return the tombstone of a withdrawn item with the languages in which it is still there."""
    there = [row for row in translations_out([shelved.twin] if shelved.twin else []) if row.api_url]
    return {**(shelved.standing.tombstone or {}), "translations": _plain(there)}


def refuse_recalled(shelved: Shelved, recall: Recall) -> NoReturn:
    """Refuse an old edition that carries a part withdrawn since."""
    tombstone = _tombstone(recall, shelved.item, shelved.standing.kind, shelved.language)
    part = {"kind": recall.part_kind, "id": str(recall.part)}
    raise RefusedError("withdrawn", tombstone["reason"], **tombstone, part=part)


def _tombstone(gone: Recall, id: str, kind: str, language: Language) -> dict[str, Any]:
    return {
        "id": id,
        "kind": kind,
        "language": language,
        "withdrawn_at": rfc3339(gone.withdrawn_at),
        "reason_code": gone.reason_code,
        "reason": gone.reason(language),
        "replaced_by": None,
        "sequence": gone.sequence,
    }


def _plain(translations: list[TranslationOut]) -> list[dict[str, Any]]:
    return [
        {"language": row.language, "state": row.state, "lacks": row.lacks, "api_url": row.api_url}
        for row in translations
    ]
