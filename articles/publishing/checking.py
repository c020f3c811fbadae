"""“We are checking this text”: a notice over a live page that takes nothing away from it."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from articles.canonical.languages import Language
from articles.content.problems import Where
from articles.editions import journal as journals
from articles.editions import store
from articles.editions.shelf import Standing
from articles.editorial import audit
from articles.editorial.roles import require
from articles.publishing.desks import desk
from articles.publishing.for_readers import for_readers
from articles.publishing.problems import RefusedError, press_problem


def start_check(
    kind: str,
    item: UUID | str,
    languages: Collection[Language],
    notes: Mapping[Language, str],
    *,
    by: User,
    at: datetime,
) -> list[Standing]:
    """Tell readers of these languages that the text is being checked; return where it stands now.

    The notice stays over new editions until the check is ended, and goes when the text is withdrawn. Whoever may
    publish may do it. Raises NotAllowedError, or RefusedError with every problem at once; then nothing has changed.
    """
    put_up = partial(_change, checked=False, missing="check-note-missing", change=store.start_check)
    return put_up(kind, item, languages, notes, by=by, at=at)


def end_check(
    kind: str,
    item: UUID | str,
    languages: Collection[Language],
    notes: Mapping[Language, str],
    *,
    by: User,
    at: datetime,
) -> list[Standing]:
    """Take the notice off again and say what the check found; raises what `start_check` raises.

    It stays over a text that is said to be checked and is so no more.
    """
    take_off = partial(_change, checked=True, missing="check-result-missing", change=store.end_check)
    return take_off(kind, item, languages, notes, by=by, at=at)


def _change(
    kind: str,
    item: UUID | str,
    languages: Collection[Language],
    notes: Mapping[Language, str],
    *,
    checked: bool,
    missing: str,
    change: Callable[..., None],
    by: User,
    at: datetime,
) -> list[Standing]:
    """`checked` is how each text has to stand before."""
    require(by, "publish")
    where = Where(kind, str(item))
    with transaction.atomic(), journals.opened(at) as journal:
        languages = list(dict.fromkeys(languages))
        words, problems = for_readers(notes, languages, where, missing=missing)
        standings: list[Standing] = []
        for language in languages:
            standing = store.standing_of(str(item), language)
            if standing is None or standing.kind != kind or not standing.is_live:
                problems.append(press_problem("not-live", language, where))
            elif bool(standing.check_json) != checked:
                problems.append(press_problem("not-checked" if checked else "is-checked", language, where))
            else:
                standings.append(standing)
                if checked:
                    problems += desk(kind).still_stands(str(item), {language: standing.edition})
        if problems or not standings:
            raise RefusedError(problems or [press_problem("no-language", "", where)])
        for standing in standings:
            change(journal, standing, note=words[standing.language])  # type: ignore[index]
        changed = " ".join(standing.language for standing in standings)
        audit.record("put-under-check", by=by, at=at, kind=kind, about=item, detail=changed)
    return standings
