"""The way of a text to its readers, for people: where it stands in each language, what was done, what they may do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.admin.moments import now, person
from articles.admin.press import addresses
from articles.admin.press.proofs import Obstacle, obstacle
from articles.admin.press.standing import caught_up
from articles.admin.press.stored import stored as stored_text
from articles.admin.press.typed_words import tidy
from articles.admin.press.words import LANGUAGE_NAMES
from articles.admin.site import desk_site
from articles.canonical.languages import LANGUAGES, Language
from articles.content.aggregates import kind_of
from articles.content.desk_object import DeskObject
from articles.content.labels import label
from articles.editorial import transitions
from articles.editorial.rights import writable
from articles.editorial.roles import NotAllowedError, may, right
from articles.editorial.states import Act, State, possible
from articles.editorial.transitions import Transition
from articles.publishing import workflow
from articles.publishing.desks import ITEMS, desk
from articles.publishing.gists import Gist
from articles.publishing.problems import RefusedError
from articles.publishing.waiting import UNDER_WAY

STATES: Mapping[State, Promise] = {
    State.DRAFT: pgettext_lazy("state of a text", "draft"),
    State.IN_REVIEW: pgettext_lazy("state of a text", "in review"),
    State.RETURNED: pgettext_lazy("state of a text", "returned"),
    State.APPROVED: pgettext_lazy("state of a text", "approved"),
    State.LIVE: gettext_lazy("live"),
    State.RETIRED: pgettext_lazy("what happened to a text", "withdrawn"),
}
DONE: Mapping[str, Promise] = {
    Act.SUBMIT.value: gettext_lazy("sent for review"),
    Act.RECALL.value: gettext_lazy("taken back from review"),
    Act.RETURN.value: gettext_lazy("returned for changes"),
    Act.APPROVE.value: pgettext_lazy("state of a text", "approved"),
    Act.PUBLISH.value: pgettext_lazy("what happened to a text", "published"),
    Act.RETIRE.value: pgettext_lazy("what happened to a text", "withdrawn"),
}

_Verb = Callable[..., Transition]
_VERBS: Mapping[Act, tuple[_Verb, Promise, Promise]] = {
    Act.SUBMIT: (workflow.submit, gettext_lazy("Send for review"), gettext_lazy("Sent for review.")),
    Act.RECALL: (workflow.recall, gettext_lazy("Take back from review"), gettext_lazy("Taken back from review.")),
    Act.RETURN: (workflow.send_back, gettext_lazy("Return for changes"), gettext_lazy("Returned to its authors.")),
}
_FIELDS = {"return-note-missing": "note_", "words-unreadable": "note_"}


@dataclass(frozen=True)
class Lane:
    """One language of a text on its way; `voided` says that what was approved or sent is not what stands here now."""

    language: Language
    state: State
    last: Transition | None
    acts: list[tuple[Act, Promise]]
    review_url: str

    @property
    def name(self) -> Promise:
        return LANGUAGE_NAMES[self.language]

    @property
    def words(self) -> Promise:
        return STATES[self.state]

    @property
    def is_under_way(self) -> bool:
        """Whether a reviewer has it before them, or has returned it and waits for the change."""
        return self.state in (State.IN_REVIEW, State.RETURNED)

    @property
    def sent(self) -> Transition | None:
        """The step by which it was sent for the review that it waits for."""
        return self.last if self.state == State.IN_REVIEW else None

    @property
    def voided(self) -> str:
        """`approve` or `submit` where a later change took that back, else empty."""
        led_on = self.last is not None and self.last.act in (Act.APPROVE.value, Act.SUBMIT.value)
        return self.last.act if led_on and self.state == State.DRAFT else ""  # type: ignore[union-attr]

    @property
    def returned(self) -> Transition | None:
        """The step with the reviewer's note, where the text was returned."""
        return self.last if self.state == State.RETURNED else None


def goes_this_way(obj: models.Model | None) -> bool:
    """Return whether an object is sent, approved and published language by language."""
    return isinstance(obj, DeskObject) and kind_of(obj) in ITEMS and desk(kind_of(obj)).review is None


Known = tuple[workflow.States, Mapping[tuple[UUID, str], Transition]]


def lanes(request: HttpRequest, obj: DeskObject, known: Known | None = None) -> list[Lane]:
    """Return how each language of an item stands, and what this person may do with it; constant queries.

    `known` are the states and the last steps, where they are at hand already.
    """
    found, last = known or (workflow.states_of([obj]), transitions.last([obj.pk]))
    may_change = request.user.has_perm(right("change", type(obj)))
    written = writable(request.user) if may_change else frozenset()
    allowed: Mapping[Act, Callable[[Language], bool]] = {
        Act.SUBMIT: lambda language: language in written,
        Act.RECALL: lambda language: language in written,
        Act.RETURN: lambda language: workflow.may_send_back(person(request)),
    }
    reviews = may(request.user, "review")
    return [
        Lane(
            language,
            state := found[obj.pk, language],
            last.get((obj.pk, language)),
            [(act, _VERBS[act][1]) for act in possible(state) if act in allowed and allowed[act](language)],
            addresses.review(kind_of(obj), obj.pk, language) if reviews else "",
        )
        for language in LANGUAGES
    ]


def lanes_of(request: HttpRequest, obj: models.Model, known: Known | None = None) -> list[Lane]:
    """Return the lanes of an object; none for what goes another way."""
    return lanes(request, obj, known) if isinstance(obj, DeskObject) and goes_this_way(obj) else []


def form_lanes(request: HttpRequest, obj: models.Model | None) -> dict[str, Any]:
    """Return what the form of an item shows of its way; nothing for what is new, or goes another way."""
    if obj is None or not goes_this_way(obj):
        return {}
    if isinstance(obj, DeskObject) and (shown := stored_text(request, obj)):
        return {"lanes": lanes(request, obj, shown.way()), "workflow_url": addresses.workflow(kind_of(obj), obj.pk)}
    # Its own copy: composing loads relations that the form goes on to change.
    stored: Any = type(obj)._default_manager.get(pk=obj.pk)
    return {"lanes": lanes(request, stored), "workflow_url": addresses.workflow(kind_of(stored), stored.pk)}


def states_before(request: HttpRequest, obj: DeskObject) -> None:
    """Keep where an item stood ahead of the first change of a save."""
    if goes_this_way(obj):
        stored: Any = type(obj)._default_manager.get(pk=obj.pk)
        request.desk_stood = workflow.states_of([stored])  # type: ignore[attr-defined]


def tell_voided(request: HttpRequest, obj: models.Model) -> None:
    """Say after a save which approval, or which sending for review, it took back."""
    stood: workflow.States = getattr(request, "desk_stood", {})
    if not any(state in (State.APPROVED, State.IN_REVIEW) for state in stood.values()):
        return
    stored: Any = type(obj)._default_manager.get(pk=obj.pk)
    stands = workflow.states_of([stored])
    for (item, language), was in stood.items():
        if stands[item, language] == was or was not in _VOIDED:
            continue
        messages.warning(request, f"{LANGUAGE_NAMES[language]}: {_VOIDED[was]}")


_VOIDED: Mapping[State, Promise] = {
    State.APPROVED: gettext_lazy("this change took the approval back. The text needs another review."),
    State.IN_REVIEW: gettext_lazy("the text was changed while it waited for review. Send it again when it is ready."),
}


@desk_site.page("workflow/<str:kind>/<uuid:item>/", name="workflow")
def workflow_page(request: HttpRequest, kind: str, item: UUID) -> HttpResponse:
    """Show where a text stands and everything that was done with it; on POST do one of the acts that are offered."""
    working = _working(kind, item)
    if not request.user.has_perm(right("view", type(working))):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, working)
    act, _colon, language = request.POST.get("act", "").partition(":")
    if act not in {one.value for one in _VERBS} or language not in LANGUAGES:
        raise Http404
    verb, _name, told = _VERBS[Act(act)]
    note = tidy(request.POST.get(f"note_{language}", ""))
    if not request.user.has_perm(right("change", type(working))) and Act(act) != Act.RETURN:
        raise PermissionDenied
    try:
        verb(kind, item, language, note=note, by=person(request), at=now())
    except NotAllowedError:
        raise PermissionDenied from None
    except RefusedError as refusal:
        refused = [
            Obstacle(one.sentence, f"#note_{language}") if one.code in _FIELDS else obstacle(one, kind, item)
            for one in refusal.problems
        ]
        return _page(request, working, refused=refused, notes={language: note})
    messages.success(request, f"{LANGUAGE_NAMES[language]}: {told}")
    return HttpResponseRedirect(addresses.workflow(kind, item))


def _page(
    request: HttpRequest,
    working: DeskObject,
    *,
    refused: Sequence[Obstacle] = (),
    notes: Mapping[str, str] | None = None,
) -> HttpResponse:
    kind = kind_of(working)
    context = desk_site.each_context(request) | {
        "title": _("On the way to readers"),
        "subtitle": label(working),
        "panes": [
            (lane, _steps(working, lane.language), (notes or {}).get(lane.language, ""))
            for lane in lanes(request, working)
        ],
        "publish_url": addresses.publish(kind, working.pk) if may(request.user, "publish") else "",
        "checklist_url": addresses.checklist(kind, working.pk),
        "form_url": addresses.form(kind, working.pk),
        "refused": refused,
    }
    return TemplateResponse(request, "articles/admin/press/workflow.html", context, status=422 if refused else 200)


def _steps(working: DeskObject, language: Language) -> list[tuple[Transition, Promise, Promise]]:
    rows = transitions.history(working.pk, language)
    return [(row, DONE[row.act], STATES[State(row.from_state)]) for row in rows]


def _working(kind: str, item: UUID) -> DeskObject:
    working = ITEMS[kind]._default_manager.filter(pk=item).first() if kind in ITEMS else None
    if working is None or not goes_this_way(working):
        raise Http404
    return working


class WayFilter(admin.SimpleListFilter):
    """Texts by where they stand on their way, as far as they are under way."""

    title = gettext_lazy("review")
    parameter_name = "way"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [
            (f"{state.value}-{language}", f"{language.upper()}: {STATES[state]}")
            for language in LANGUAGES
            for state in UNDER_WAY
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        if self.value() not in {value for value, _label in self.lookup_choices}:
            return None
        state, language = str(self.value()).split("-")
        caught_up(request)
        found = Gist.objects.filter(language=language, stage=state, is_old=False)
        return queryset.filter(pk__in=found.values("item"))
