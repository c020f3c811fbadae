"""A release at its moment: everything in it goes out exactly as it was kept, or nothing does."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import override

from articles.canonical.languages import LANGUAGES, Language, other_language
from articles.content.labels import label
from articles.content.problems import DeskProblem, Where
from articles.editions import store
from articles.editions.journal import Journal
from articles.editions.overdue import overdue_from
from articles.editions.parts import SharedPart
from articles.editions.shelf import Edition
from articles.editions.value import digest
from articles.editorial import audit, transitions
from articles.editorial.roles import may
from articles.editorial.states import Act, State, state_of
from articles.editorial.transitions import Transition
from articles.publishing.compose import Composition
from articles.publishing.covering import as_signed, held_digests
from articles.publishing.desks import ITEMS, Text, desk
from articles.publishing.drift import frozen_parts, moved, working_parts
from articles.publishing.dues import Due
from articles.publishing.erasures import any_expunged
from articles.publishing.frozen import AlteredError, thaw
from articles.publishing.gate import may_go_unreviewed
from articles.publishing.preflight import both_original, review_among
from articles.publishing.problems import RefusedError, press_problem
from articles.publishing.release_letters import tell_broken, tell_refused
from articles.publishing.releases import Release, ReleaseEntry, ReleaseStep
from articles.publishing.review_dues import await_review
from articles.publishing.safety_gaps import settle_languages
from articles.publishing.scheduling import KIND, forget, stands_in
from articles.publishing.substance import holds, substance

# What takes an approval of these very words back.
_TAKEN_BACK = frozenset({Act.RETURN, Act.RECALL})

Going = Mapping[Language, store.Submission]


def lock_texts(due: Due) -> None:
    """Lock the rows of a release's texts at the desk, before the journal, as everybody does who publishes them."""
    texts = ReleaseEntry.objects.filter(release=due.item).order_by("kind", "item").values_list("kind", "item")
    for kind, item in texts.distinct():
        desk(kind).lock(item)


def go_out(journal: Journal, due: Due) -> None:
    """Put everything that a release holds on the shelf; `effective_at` is the moment that was promised.

    Raises RefusedError with everything that is in the way, and for a moment that is past for longer than
    `RELEASE_LATE_HOURS`; then the transaction must be rolled back.
    """
    release = Release.objects.select_for_update().get(pk=due.item)
    if release.state != Release.State.PLANNED:
        return
    going, found = _going(release, journal.at)
    # What was right at its moment may not be so by now: somebody looks at it again and sets another one.
    if journal.at - release.goes_out_at > timedelta(hours=settings.RELEASE_LATE_HOURS):
        hours = str(settings.RELEASE_LATE_HOURS)
        found = [press_problem("release-late", "", Where(KIND, str(release.pk)), hours=hours), *found]
    if found:
        raise RefusedError(found)
    for item, texts in going.items():
        for submission in texts.values():
            try:
                store.put(journal, submission, event="published", effective_at=release.goes_out_at)
            except store.AddressTakenError as taken:
                where = Where(submission.kind, item, "slug", submission.language)
                problem = press_problem("slug-taken", submission.language, where, slug=str(taken))
                raise RefusedError([problem]) from taken
        for language, submission in texts.items():
            await_review(journal, item, language, by=release.arranged_by)
            _record(submission, journal.at)
        audit.record("published", by=None, at=journal.at, kind=_kind_of(texts), about=item, detail=" ".join(texts))
    # After all of it: links and translations of one text may depend on another one.
    for item, texts in going.items():
        settle_languages(journal, item, touched=texts, by=release.arranged_by)
    release.state, release.went_out_at, release.refusals = Release.State.OUT, journal.at, []
    release.save(update_fields=["state", "went_out_at", "refusals"])
    forget(release.entries.all())
    ReleaseStep.objects.create(release=release, act=ReleaseStep.Act.OUT, done_by=None, done_at=journal.at)


def _kind_of(texts: Going) -> str:
    return next(iter(texts.values())).kind


def _record(submission: store.Submission, at: datetime) -> None:
    """Write down that the text is live, unless other words of it are on their way by now: their state stays theirs."""
    last = transitions.last([UUID(submission.item)]).get((UUID(submission.item), submission.language))
    if last and last.content_digest != submission.content_digest:
        return
    transitions.record(
        submission.kind,
        submission.item,
        submission.language,
        Act.PUBLISH,
        from_state=state_of(last.done if last else None, [submission.content_digest]),
        to_state=State.LIVE,
        content_digest=submission.content_digest,
        by=None,
        at=at,
    )


def refuse(due: Due, problems: Sequence[DeskProblem], at: datetime) -> None:
    """Keep why a release did not go out; nothing of it went. It waits until somebody sets another moment."""
    release = Release.objects.select_for_update().get(pk=due.item)
    release.state, release.refusals = Release.State.REFUSED, [_said(problem) for problem in problems]
    release.save(update_fields=["state", "refusals"])
    ReleaseStep.objects.create(release=release, act=ReleaseStep.Act.REFUSED, done_by=None, done_at=at)
    tell_refused(release, at=at)


def broke(due: Due, at: datetime) -> None:
    """Tell whoever arranged a release that a fault of the program keeps it back; it is tried again and again."""
    tell_broken(Release.objects.get(pk=due.item), at=at)


def in_the_way(release: Release, at: datetime) -> list[DeskProblem]:
    """Return what would keep a release from going out, were its moment this one."""
    return _going(release, at)[1]


def _going(release: Release, at: datetime) -> tuple[dict[str, Going], list[DeskProblem]]:
    entries = list(release.entries.order_by("kind", "item", "-language"))
    found: list[DeskProblem] = []
    if not entries:
        found.append(press_problem("release-empty", "", Where(KIND, str(release.pk))))
    if not may(release.arranged_by, "publish"):
        found.append(press_problem("release-arranger", "", Where(KIND, str(release.pk))))
    going: dict[str, Going] = {}
    for (kind, item), group in groupby(entries, key=lambda entry: (entry.kind, entry.item)):
        rows = list(group)
        try:
            texts: Going = {row.language: thaw(row) for row in rows}  # type: ignore[misc]
        except AlteredError:
            found += [_about(row, "release-altered") for row in rows]
            continue
        going[str(item)] = texts
        found += _of_item(kind, item, rows, texts, at)
    return going, list(dict.fromkeys(found))


def _of_item(kind: str, item: UUID, rows: Sequence[ReleaseEntry], going: Going, at: datetime) -> list[DeskProblem]:
    working = ITEMS[kind]._default_manager.filter(pk=item).first()
    if working is None:
        return [_about(row, "release-text-gone") for row in rows]
    stands = store.stands(str(item))
    standings = {language: store.standing_of(str(item), language) for language in LANGUAGES}
    live = {code: one.edition if one and one.is_live else None for code, one in standings.items()}
    last, returned = transitions.last([item]), transitions.last([item], act=Act.RETURN)
    found: list[DeskProblem] = []
    for row in rows:
        submission = going[row.language]  # type: ignore[index]
        if list(row.stood) != list(stands_in(stands, row.language)):
            found.append(_about(row, "release-moved"))
        found += _of_address(submission)
        found += _of_parts(row, submission)
        place = (item, row.language)
        against = _against(row, submission, last.get(place), returned.get(place))
        if any(_is_about(done, working, submission, live[submission.language]) for done in against):
            found.append(_about(row, "release-approval"))
        if other_language(submission.language) not in going and both_original(
            str(item), submission.language, submission.translation_of
        ):
            found.append(_about(row, "original-switched"))
        lapses = overdue_from(submission.review, submission.document.lapses_on)
        if lapses and lapses <= at:
            day = min(one for one in (submission.review.next_on, submission.document.lapses_on) if one)
            found.append(_about(row, "release-review-lapses", day=day))
    found += _of_approvals(kind, working, rows, going, live)
    found += desk(kind).released(working, {code: Composition(one.document, []) for code, one in going.items()}, at)
    return found


def _against(
    row: ReleaseEntry, submission: store.Submission, last: Transition | None, returned: Transition | None
) -> list[Transition]:
    """What takes back on what terms a text waits, where it is about these words: the last act, or the last return.

    Whoever decided to go without a review did not know of a return that came later, though the text was sent again
    since. Where reviewers signed, their signatures say it.
    """
    found = [last] if last and last.act in _TAKEN_BACK else []
    if returned and returned.done_at > row.kept_at and submission.review.state != "reviewed":
        found.append(returned)
    return found


def _is_about(done: Transition, working: models.Model, submission: store.Submission, live: Edition | None) -> bool:
    """Whether an act was about the words that wait, or about words that differ where nobody has to read them again."""
    if done.content_digest == submission.content_digest:
        return True
    document, language = submission.document, submission.language
    if done.content_digest in held_digests(submission.item, language, document, live):
        return True
    drafted = desk(submission.kind).compose(working, language).document
    return digest(drafted) == done.content_digest and holds(as_signed(substance(drafted)), substance(document), ())


def _of_address(submission: store.Submission) -> list[DeskProblem]:
    slug = submission.document.slug
    if store.address_is_free(submission.kind, slug, submission.item):
        return []
    where = Where(submission.kind, submission.item, "slug", submission.language)
    return [press_problem("slug-taken", submission.language, where, slug=slug)]


def _of_parts(row: ReleaseEntry, submission: store.Submission) -> list[DeskProblem]:
    """What became of the parts that a text carries: a live text is corrected by itself, one that waits here is not."""
    parts = list(submission.parts)
    found = []
    if store.has_withdrawn(parts) or any_expunged([submission.item, *(part.id for part in parts)]):
        found.append(_about(row, "release-part-gone"))
    frozen = frozen_parts(submission.document)
    working = working_parts(frozen)
    if sent := [part for part in _sent_since(row, frozen) if part in working]:
        found.append(_about(row, "release-part-sent", names=_named(working[part] for part in sent)))
    numbers = {part: value for part, value in frozen.items() if part.kind == "care_service"}
    if named := list(moved(numbers, working, submission.language)):
        found.append(_about(row, "release-numbers", names=_named(working[part] for part in named)))
    return found


def _sent_since(row: ReleaseEntry, frozen: Mapping[store.Part, SharedPart]) -> list[store.Part]:
    """The parts that were sent out to live texts since, and that these show otherwise than the text that waits."""
    since = Edition.objects.filter(pk__gt=row.editions, language=row.language).order_by("pk")
    shown: dict[store.Part, SharedPart] = {}
    for edition in since.exclude(envelope_json__contains='"caused_by":null').iterator(100):
        cause = edition.envelope.caused_by
        part = store.Part(cause.kind, cause.id) if cause else None
        if part in frozen and not edition.is_erased:
            shown |= {one: value for one, value in frozen_parts(edition.document).items() if one == part}
    return [part for part, value in shown.items() if value != frozen[part]]


def _of_approvals(
    kind: str,
    working: models.Model,
    rows: Sequence[ReleaseEntry],
    going: Going,
    live: Mapping[Language, Edition | None],
) -> list[DeskProblem]:
    """Signatures that were taken back, or that promise an earlier day by now; more of them than then are no harm.

    Where there was none, the site still has to allow a decision in its place.
    """
    texts = {language: Text(_digest(kind, working, language, going, live), live[language]) for language in LANGUAGES}
    found = []
    for row in rows:
        kept = going[row.language].review  # type: ignore[index]
        if kept.state != "reviewed":
            if not may_go_unreviewed(kind):
                found.append(_about(row, "not-approved"))
            continue
        now = review_among(kind, working, row.language, texts, going[row.language].document)  # type: ignore[arg-type, index]
        if now is None or not all(one in now.by for one in kept.by) or now.next_on < kept.next_on:
            found.append(_about(row, "release-approval"))
    return found


def _digest(
    kind: str, working: models.Model, language: Language, going: Going, live: Mapping[Language, Edition | None]
) -> str:
    """Of the words that a language will say: what goes out, else what stays live, else what the desk holds."""
    if language in going:
        return going[language].content_digest
    stays = live[language]
    return stays.content_digest if stays else desk(kind).compose(working, language).content_digest


def _named(objects: Iterable[models.Model]) -> str:
    return "; ".join(dict.fromkeys(label(one) for one in objects))


def _about(row: ReleaseEntry, code: str, **params: str) -> DeskProblem:
    return press_problem(code, row.language, Where(row.kind, str(row.item)), **params)


def _said(problem: DeskProblem) -> dict[str, str]:
    """A problem as it is kept, with its sentence in both languages."""
    said = {"code": problem.code, "language": problem.language, "kind": problem.where.model, "item": problem.where.id}
    for language in LANGUAGES:
        with override(language):
            said[language] = problem.sentence
    return said
