"""The checklist of a text at the desk: every finding with its words marked, a field for each reason and each answer.

It stands on a page of its own, on the publish page and on the review page; what is typed is read here for all three.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.moments import now, person
from articles.admin.press import addresses
from articles.admin.press.proofs import Obstacle
from articles.admin.press.typed_words import refusals, tidy
from articles.admin.press.words import LANGUAGE_NAMES
from articles.admin.site import desk_site
from articles.canonical.languages import LANGUAGES, Language
from articles.canonical.text import excerpt
from articles.content.aggregates import kind_of
from articles.content.desk_object import DeskObject
from articles.content.labels import label
from articles.editorial import checklists
from articles.editorial.checklists import LONGEST_REASON, Answer, AnswerValue, may_settle
from articles.editorial.roles import right
from articles.publishing.checklist import Entry, both_checklists, checklist, gives_advice
from articles.publishing.checklist_words import Level
from articles.publishing.desks import ITEMS

_LEVELS: Mapping[Level, Promise] = {
    "block": gettext_lazy("Must be mended"),
    "warn": gettext_lazy("Mend it, or say why it may stand"),
    "task": gettext_lazy("Questions that a person answers by name"),
}
_FIELD = re.compile(rf"(reason|note|answer)_({'|'.join(LANGUAGES)})-")
# Around the marked words.
_LONGEST_SIDE = 160


@dataclass(frozen=True)
class Line:
    """One entry as a page shows it; `reason`, `answer` and `note` are what was typed and is not recorded yet."""

    entry: Entry
    url: str
    reason: str = ""
    answer: str = ""
    note: str = ""

    @property
    def before(self) -> str:
        words = self.entry.before
        if not self.entry.marked:
            return excerpt(words, 2 * _LONGEST_SIDE)
        return words if len(words) <= _LONGEST_SIDE else f"…{words[-_LONGEST_SIDE:]}"

    @property
    def after(self) -> str:
        words = self.entry.after
        return words if len(words) <= _LONGEST_SIDE else f"{words[:_LONGEST_SIDE]}…"

    @property
    def said(self) -> str:
        """The reason or the note that stands."""
        said = self.entry.said
        return (said.note if isinstance(said, Answer) else said.reason) if said else ""

    @property
    def answered(self) -> str:
        return self.entry.said.get_answer_display() if isinstance(self.entry.said, Answer) else ""

    @property
    def who(self) -> str:
        said = self.entry.said
        return (said.said_by.get_full_name() or said.said_by.get_username()) if said else ""

    @property
    def asks_reason(self) -> bool:
        return self.entry.takes_reason


@dataclass(frozen=True)
class Group:
    name: Promise
    level: Level
    lines: list[Line]

    @property
    def open(self) -> int:
        return sum(line.entry.is_open for line in self.lines)


@dataclass(frozen=True)
class Shown:
    """The checklist of one language; `holds` says that what is open keeps the text from its readers."""

    language: Language
    groups: list[Group]
    may_settle: bool
    holds: bool

    @cached_property
    def open(self) -> int:
        return sum(group.open for group in self.groups)

    @property
    def name(self) -> Promise:
        return LANGUAGE_NAMES[self.language]

    @property
    def answers(self) -> list[tuple[str, str]]:
        return [(value, str(words)) for value, words in AnswerValue.choices]


@desk_site.page("checklist/<str:kind>/<uuid:item>/", name="checklist")
def checklist_page(request: HttpRequest, kind: str, item: UUID) -> HttpResponse:
    """Show the checklist of both languages; on POST record what was typed, or say what is lacking."""
    if kind not in ITEMS or kind in addresses.PUBLISHING:
        raise Http404
    model = ITEMS[kind]
    if not request.user.has_perm(right("view", model)):
        raise PermissionDenied
    working = get_object_or_404(model._default_manager, pk=item)
    if request.method != "POST":
        return _page(request, working, ())
    if not may_settle(request.user):
        raise PermissionDenied
    found = [entry for entries in both_checklists(working, on=now().date()).values() for entry in entries]
    if refused := record(request, kind, item, found):
        return _page(request, working, refused)
    came_from = request.POST.get("next", "")
    back = {f"review_{code}": addresses.review(kind, item, code) for code in LANGUAGES}
    return HttpResponseRedirect(back.get(came_from) or addresses.checklist(kind, item))


def entries_of(working: DeskObject, language: Language) -> list[Entry]:
    """Return the checklist of an item as it stands now."""
    return checklist(working, language, on=now().date())


def shown(
    request: HttpRequest,
    kind: str,
    item: UUID,
    language: Language,
    entries: Sequence[Entry],
    *,
    only_to_be_said: bool = False,
) -> Shown:
    """Return a checklist for a page, what is open first, with what was typed into it.

    With `only_to_be_said` it leaves out what takes neither a reason nor an answer, where the page lists that elsewhere.
    """
    entries = [one for one in entries if not (only_to_be_said and one.level == "block" and not one.takes_reason)]
    groups = []
    for level, name in _LEVELS.items():
        lines = [_line(request, entry, kind, item) for entry in entries if entry.level == level]
        lines.sort(key=lambda line: not line.entry.is_open)
        if lines:
            groups.append(Group(name, level, lines))
    return Shown(language, groups, may_settle(request.user), gives_advice(kind))


def is_typed(request: HttpRequest) -> bool:
    """Return whether a form says anything of the checklist: where it does not, nobody need look through the text."""
    return any(value.strip() and _FIELD.match(name) for name, value in request.POST.items())  # type: ignore[union-attr]


def record(request: HttpRequest, kind: str, item: UUID, entries: Iterable[Entry]) -> list[Obstacle]:
    """Record every reason and answer that was typed, and return what keeps the others from it.

    A field names what it was typed about, so words that were changed meanwhile get no reason that was about others.
    """
    if not may_settle(request.user):
        return []
    refused: list[Obstacle] = []
    count = 0
    for entry in entries:
        at = f"#check-{entry.key}"
        unsafe = refusals(request.POST, [f"reason_{entry.key}", f"note_{entry.key}"])
        reason, note = (tidy(request.POST.get(f"{field}_{entry.key}", "")) for field in ("reason", "note"))
        value = request.POST.get(f"answer_{entry.key}", "")
        said = (kind, item, entry.language, entry.code, entry.digest)
        if unsafe:
            refused += [Obstacle(sentence, at) for _name, sentence in unsafe]
        elif max(len(reason), len(note)) > LONGEST_REASON:
            refused.append(Obstacle(_("At most %(most)s characters.") % {"most": LONGEST_REASON}, at))
        elif entry.takes_reason and reason:
            checklists.waive(*said, reason=reason, by=person(request), at=now())
            count += 1
        elif entry.level == "task" and value in AnswerValue.values:
            if value != AnswerValue.YES and not note:
                refused.append(Obstacle(_("Say why the answer is not a plain yes."), at))
                continue
            checklists.answer(*said, AnswerValue(value), note=note, by=person(request), at=now())
            count += 1
        elif entry.level == "task" and note:
            refused.append(Obstacle(_("Choose an answer beside your note."), at))
    if count:
        told = ngettext("%(count)s reason or answer is recorded.", "%(count)s reasons and answers are recorded.", count)
        messages.success(request, told % {"count": count})
    return refused


def _line(request: HttpRequest, entry: Entry, kind: str, item: UUID) -> Line:
    typed = (request.POST.get(f"{field}_{entry.key}", "") for field in ("reason", "answer", "note"))
    reason, answer, note = typed if entry.is_open else ("", "", "")
    return Line(entry, addresses.place(entry.where, kind, item), reason, answer, note)


def _page(request: HttpRequest, working: DeskObject, refused: Sequence[Obstacle]) -> HttpResponse:
    kind, item = kind_of(working), working.pk
    found = both_checklists(working, on=now().date())
    context = desk_site.each_context(request) | {
        "title": _("Checklist"),
        "subtitle": label(working),
        "shown": [shown(request, kind, item, language, entries) for language, entries in found.items()],
        "form_url": addresses.form(kind, item),
        "may_settle": may_settle(request.user),
        "refused": refused,
    }
    return TemplateResponse(request, "articles/admin/press/checklist.html", context, status=422 if refused else 200)
