"""The way of a text to its readers, in each language: where it stands, and what people do with it.

The state follows from what was done last, from the words that the desk holds and from what readers see, so a text that
was published before anybody wrote steps down, or by a named decision, is live like any other.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import models, transaction

from articles.canonical.languages import LANGUAGES, Language
from articles.content.desk_object import DeskObject
from articles.content.problems import DeskProblem, Where
from articles.editions.document import Document
from articles.editions.shelf import Standing
from articles.editions.value import digest
from articles.editorial import transitions
from articles.editorial.rights import may_write
from articles.editorial.roles import NotAllowedError, require
from articles.editorial.states import Act, Done, NoSuchTransitionError, State, after, state_of
from articles.editorial.transitions import Transition
from articles.publishing.compose import Composition
from articles.publishing.covering import digests_held
from articles.publishing.desks import desk
from articles.publishing.digests import substances
from articles.publishing.dossiers import Dossier
from articles.publishing.for_readers import for_readers
from articles.publishing.problems import RefusedError, press_problem
from articles.publishing.returned import end_signatures
from articles.publishing.substance import substance

States = Mapping[tuple[UUID, Language], State]

# After these, what readers see says more than what was done: an amendment moves the live words without a step.
_SETTLED = (Act.PUBLISH.value, Act.RETIRE.value)


def states_of(items: Collection[DeskObject]) -> States:
    """Return the state of each item (of `ITEMS`) in each language; constant queries."""
    last = transitions.last(item.pk for item in items)
    rows = Standing.objects.filter(item__in=[item.pk for item in items]).select_related("edition")
    standings = {(row.item, row.language): row for row in rows}
    known = {item for item, _language in last.keys() | standings.keys()}
    now = substances([item for item in items if item.pk in known])
    return states_between(items, last, standings, digests_held(now))  # type: ignore[arg-type]


def states_between(
    items: Collection[DeskObject],
    last: Mapping[tuple[UUID, str], Transition],
    standings: Mapping[tuple[UUID, Language], Standing],
    held: Mapping[tuple[UUID, Language], Collection[str]],
) -> States:
    """Return the state of each item in each language from what was done last, what readers see, and the digests for
    which what was done holds now; no query."""
    places = [(item.pk, language) for item in items for language in LANGUAGES]
    return {place: _state(last.get(place), standings.get(place), held.get(place, ())) for place in places}


def _state(last: Transition | None, standing: Standing | None, held: Collection[str]) -> State:
    live = standing.edition.content_digest if standing and standing.is_live else ""
    done = last.done if last else None
    if standing and (last is None or last.act in _SETTLED):
        done = Done(Act.PUBLISH, live) if live else Done(Act.RETIRE, "")
    state = state_of(done, held)
    return State.LIVE if state == State.DRAFT and live in held else state


def states_known(item: models.Model, compositions: Mapping[Language, Composition], known: Dossier) -> States:
    """Return the state of an item in each language, from its words and all that is known beside them."""
    texts = {(item.pk, code): substance(one.document) for code, one in compositions.items()}
    standings = {(item.pk, language): one for language, one in known.standings.items()}
    held = digests_held(texts, known.signatures) if known.last or standings else {}
    return states_between([item], known.last, standings, held)  # type: ignore[list-item]


def submit(kind: str, item: UUID | str, language: Language, *, note: str = "", by: User, at: datetime) -> Transition:
    """Send the words that the desk holds for review.

    Raises NotAllowedError for who may not write in this language, RefusedError where the text could not be published or
    is in review already.
    """
    if not may_write(by, language):
        raise NotAllowedError("write")
    return _step(kind, item, language, Act.SUBMIT, note=note, by=by, at=at, must_be_whole=True)


def recall(kind: str, item: UUID | str, language: Language, *, note: str = "", by: User, at: datetime) -> Transition:
    """Take a text back out of review. Raises NotAllowedError for who may not write in this language, RefusedError."""
    if not may_write(by, language):
        raise NotAllowedError("write")
    return _step(kind, item, language, Act.RECALL, note=note, by=by, at=at)


def send_back(kind: str, item: UUID | str, language: Language, *, note: str, by: User, at: datetime) -> Transition:
    """Give a text back to its authors with a note that says what to change; what was signed of these words ends.

    Raises NotAllowedError for all but reviewers and publishers, RefusedError without a note.
    """
    if not may_send_back(by):
        raise NotAllowedError("return")
    return _step(kind, item, language, Act.RETURN, note=note, missing="return-note-missing", by=by, at=at)


def approve(
    kind: str, working: models.Model, language: Language, content_digest: str, *, by: User, at: datetime
) -> Transition | None:
    """Write down that a reviewer's signature approves a text that waits for it; None where nobody had sent it.

    Called by the press within the transaction of the signature, behind the item's lock.
    """
    require(by, "review")
    return _led(kind, working, language, Act.APPROVE, content_digest, by=by, at=at)


def unapprove(
    kind: str, working: models.Model, language: Language, document: Document, *, note: str, by: User, at: datetime
) -> Transition | None:
    """Write down that the last signature of an approved text was taken back: its authors have it again."""
    state = states_of([working]).get((working.pk, language))  # type: ignore[list-item]
    if state != State.APPROVED:
        return None
    done = _led(kind, working, language, Act.RETURN, digest(document), note=note, by=by, at=at)
    end_signatures(kind, working.pk, language, document, by=by, at=at)
    return done


def may_send_back(user: User) -> bool:
    """Return whether the person may give texts back to their authors."""
    return user.is_active and any(user.has_perm(name) for name in _SENDS_BACK)


_SENDS_BACK = ("articles.review_article", "articles.publish_article")


def published(
    kind: str,
    item: UUID,
    digests: Mapping[Language, str],
    was: States,
    *,
    note: str = "",
    is_urgent: bool = False,
    by: User | None,
    at: datetime,
) -> None:
    """Write down which words (language to content digest) went on the shelf; `was` are the states ahead of it."""
    transitions.record_all(
        Transition(
            kind=kind,
            item=item,
            language=language,
            act=Act.PUBLISH.value,
            from_state=was.get((item, language), State.DRAFT).value,
            to_state=State.LIVE.value,
            content_digest=digest,
            note=note,
            is_urgent=is_urgent,
            done_by=by,
            done_at=at,
        )
        for language, digest in digests.items()
    )


def retired(standings: Iterable[Standing], *, by: User | None, at: datetime) -> None:
    """Write down what has left the shelf. The desk's words are not asked: a withdrawal waits for nothing."""
    for standing in standings:
        transitions.record(
            standing.kind,
            standing.item,
            standing.language,  # type: ignore[arg-type]
            Act.RETIRE,
            from_state=State.LIVE,
            to_state=State.RETIRED,
            content_digest=standing.edition.content_digest,
            by=by,
            at=at,
        )


def brought_back(standing: Standing, *, note: str, by: User, at: datetime) -> None:
    """Write down that a withdrawn edition stands on the shelf again, unchanged."""
    digests = {standing.language: standing.edition.content_digest}
    was = {(standing.item, standing.language): State.RETIRED}
    published(standing.kind, standing.item, digests, was, note=note, by=by, at=at)  # type: ignore[arg-type]


def _step(
    kind: str,
    item: UUID | str,
    language: Language,
    act: Act,
    *,
    note: str,
    missing: str = "",
    must_be_whole: bool = False,
    by: User,
    at: datetime,
) -> Transition:
    where = Where(kind, str(item))
    with transaction.atomic():
        working = desk(kind).lock(item)
        if working is None:
            raise RefusedError([press_problem("no-language", language, where)])
        composition = desk(kind).compose(working, language)
        found: list[DeskProblem] = list(composition.problems) if must_be_whole else []
        words, unreadable = for_readers({language: note}, [language], where, missing=missing)
        found += unreadable
        if found:
            raise RefusedError(list(dict.fromkeys(found)))
        done = _led(kind, working, language, act, composition.content_digest, note=words[language], by=by, at=at)
        if done is None:
            raise RefusedError([press_problem("not-now", language, where)])
        if act == Act.RETURN:
            end_signatures(kind, working.pk, language, composition.document, by=by, at=at)
        return done


def _led(
    kind: str,
    working: models.Model,
    language: Language,
    act: Act,
    content_digest: str,
    *,
    note: str = "",
    by: User,
    at: datetime,
) -> Transition | None:
    """Record an act behind the item's lock; None where it is not possible in the state in which the text is."""
    state = states_of([working])[working.pk, language]  # type: ignore[list-item]
    try:
        leads_to = after(state, act)
    except NoSuchTransitionError:
        return None
    return transitions.record(
        kind,
        working.pk,
        language,
        act,
        from_state=state,
        to_state=leads_to,
        content_digest=content_digest,
        note=note,
        by=by,
        at=at,
    )
