"""What waits on its way to readers: given back to its author, to be signed, to be published, to be translated.

All of it is read from gists, so it costs the same whatever the number of texts. Gists that are old are left out: they
come back as soon as they are made.
"""

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.admin.moments import person
from articles.admin.press import addresses
from articles.admin.press.step_words import waiting_counts
from articles.admin.press.tiles import Entry, names_of
from articles.canonical.text import excerpt
from articles.editorial import transitions
from articles.editorial.states import Act, State
from articles.editorial.translation_tasks import TranslationTask
from articles.publishing.gists import Gist

# Among how many texts that were given back a person's own are looked for.
_AMONG = 400
_NOTE = 120


def returned_to_me(request: HttpRequest, most: int) -> Sequence[Entry]:
    """Texts that were given back to this person, who had sent them, longest first.

    What was sent by somebody who can no longer sign in is everybody's, or nobody would ever see it.
    """
    gists = list(_in_stage(State.RETURNED)[:_AMONG])
    sent = transitions.last({gist.item for gist in gists}, act=Act.SUBMIT)
    mine = []
    for gist in gists:
        step = sent.get((gist.item, gist.language))
        if step is None or step.done_by is None or not step.done_by.is_active or step.done_by_id == request.user.pk:
            mine.append(gist)
    mine = mine[: most + 1]
    given_back = transitions.last({gist.item for gist in mine}, act=Act.RETURN)

    def note(gist: Gist) -> str:
        step = given_back.get((gist.item, gist.language))
        return excerpt(step.note, _NOTE) if step else ""

    return _entries(mine, lambda gist: addresses.form(gist.kind, gist.item), note)


def to_sign(request: HttpRequest, most: int) -> Sequence[Entry]:
    """Texts that were sent for review, longest first."""
    found = list(_in_stage(State.IN_REVIEW)[: most + 1])
    return _entries(found, lambda gist: addresses.review(gist.kind, gist.item, gist.language))


def in_review(items: Collection[UUID]) -> set[tuple[UUID, str]]:
    """Return which of these texts were sent for review, by item and language; one query."""
    return set(_in_stage(State.IN_REVIEW).filter(item__in=items).values_list("item", "language"))


def to_publish(request: HttpRequest, most: int) -> Sequence[Entry]:
    """Texts that are approved and not published yet, longest first."""
    found = list(_in_stage(State.APPROVED)[: most + 1])
    return _entries(found, lambda gist: addresses.publish(gist.kind, gist.item))


def translations_behind(request: HttpRequest, most: int) -> Sequence[Entry]:
    """Translations with parts that are behind or missing: this person's own and those of nobody, the gravest first."""
    waiting = TranslationTask.objects.filter(since__isnull=False).select_related("translator")
    mine = waiting.filter(Q(translator=person(request)) | Q(translator=None)).order_by("rank", "since", "item")
    return [
        Entry(
            task.title or str(task.item),
            addresses.translation(task.kind, task.item),
            ", ".join(words for _state, words in waiting_counts(task)),
            task.language,
            task.since,
        )
        for task in mine[: most + 1]
    ]


def _in_stage(stage: State) -> QuerySet[Gist]:
    return Gist.objects.filter(stage=stage.value, is_old=False).order_by("stage_since", "item", "language")


def _entries(
    found: Sequence[Gist],
    url: Callable[[Gist], str],
    detail: Callable[[Gist], str] = lambda gist: "",
) -> list[Entry]:
    names = names_of((gist.kind, gist.item) for gist in found)
    return [
        Entry(
            names[gist.item] or _("Without a title"),
            url(gist),
            detail(gist),
            gist.language,
            gist.stage_since,
        )
        for gist in found
        if gist.item in names
    ]
