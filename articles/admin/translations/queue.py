"""The queue of translations: what is missing or behind, gravest first, with who is to do it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from articles.admin.moments import now, person
from articles.admin.press import addresses
from articles.admin.press.gap_words import hours_left
from articles.admin.press.step_words import waiting_counts
from articles.admin.press.words import LANGUAGE_NAMES
from articles.admin.sections import TEXTS
from articles.admin.site import Menu, desk_site
from articles.canonical.languages import LANGUAGES, other_language
from articles.content.aggregates import AGGREGATES
from articles.editions.wording import CHANGE_CLASSES
from articles.editorial.rights import languages_of, may_compose
from articles.editorial.roles import right
from articles.editorial.translation_tasks import TranslationTask, assign
from articles.publishing import translation_queue
from articles.publishing.safety_gaps import gaps_of

SHOWN = 50
# Of what has just moved, so much is counted while somebody waits for the page; the worker counts the rest.
_COUNTED = 10

WHOSE: Mapping[str, Promise] = {
    "mine": gettext_lazy("Mine"),
    "unassigned": gettext_lazy("Nobody's yet"),
    "all": pgettext_lazy("translations", "All"),
}


def may_see(request: HttpRequest) -> bool:
    """Return whether the person may look at the texts of the desk."""
    return request.user.has_perm(right("view", AGGREGATES["article"]))


def may_take(request: HttpRequest) -> bool:
    """Return whether the person may translate at all, and so take a text."""
    return request.user.has_perm(right("change", AGGREGATES["article"]))


def waiting(request: HttpRequest, asked: QueryDict) -> "QuerySet[TranslationTask]":
    """Return the translations that wait, as the address asks for them: gravest first, then who has waited longest."""
    rows = TranslationTask.objects.filter(since__isnull=False)
    whose = asked.get("whose", "")
    if whose == "mine":
        rows = rows.filter(translator=person(request))
    elif whose == "unassigned":
        rows = rows.filter(translator=None)
    if asked.get("language") in LANGUAGES:
        rows = rows.filter(language=asked["language"])
    elif asked.get("language") != "all":
        mine = languages_of(person(request))
        if len(mine) < len(LANGUAGES):
            rows = rows.filter(language__in=mine)
    return rows.order_by("rank", "since", "item")


def neighbours(rows: "QuerySet[TranslationTask]", task: TranslationTask | None) -> dict[str, TranslationTask | None]:
    """Return what stands before and behind a translation in the queue; of one that does not wait, only the first."""
    if task is None or task.since is None:
        return {"previous": None, "next": rows.first()}
    before = Q(rank__lt=task.rank) | Q(rank=task.rank, since__lt=task.since)
    after = Q(rank__gt=task.rank) | Q(rank=task.rank, since__gt=task.since)
    same = Q(rank=task.rank, since=task.since)
    return {
        "previous": rows.filter(before | (same & Q(item__lt=task.item))).reverse().first(),
        "next": rows.filter(after | (same & Q(item__gt=task.item))).first(),
    }


@desk_site.page(
    "translations/",
    name="translations",
    menu=Menu(TEXTS, gettext_lazy("Translations"), may_see, 1),
)
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits; on POST give what is ticked to somebody. Constant queries, whatever number waits."""
    if not may_see(request):
        raise PermissionDenied
    if request.method == "POST":
        return _assign(request)
    translation_queue.follow(most=_COUNTED, at=now())
    rows = waiting(request, request.GET)
    number = _number(request.GET.get("page", ""))
    found = list(rows.select_related("translator")[(number - 1) * SHOWN : number * SHOWN + 1])
    context = desk_site.each_context(request) | {
        "title": _("Translations"),
        "rows": _rows(found[:SHOWN]),
        "count": rows.count(),
        "filters": _filters(request),
        "earlier": _link(request, page=str(number - 1)) if number > 1 else "",
        "later": _link(request, page=str(number + 1)) if len(found) > SHOWN else "",
        "people": people() if may_compose(request.user) else [],
        "may_take": may_take(request),
    }
    return TemplateResponse(request, "articles/admin/translations/queue.html", context)


def people() -> list[tuple[int, str]]:
    """Return everybody who may translate, by name; two queries at most."""
    able = User.objects.with_perm(
        right("change", AGGREGATES["article"]), backend="django.contrib.auth.backends.ModelBackend"
    )
    found = [(user.pk, name(user)) for user in able if user.is_active and user.is_staff]
    return sorted(found, key=lambda pair: pair[1])


def name(user: User | None) -> str:
    """Return how colleagues know somebody; empty for nobody."""
    return (user.get_full_name() or user.get_username()) if user else ""


def _rows(tasks: Sequence[TranslationTask]) -> list[dict[str, Any]]:
    gaps = gaps_of([task.item for task in tasks])
    at = now()
    return [
        {
            "task": task,
            "url": addresses.translation(task.kind, task.item),
            "title": task.title or _("no name yet"),
            "kind": capfirst(str(AGGREGATES[task.kind]._meta.verbose_name)),
            "original": other_language(task.language),  # type: ignore[arg-type]
            "into": LANGUAGE_NAMES[task.language],  # type: ignore[index]
            "counts": waiting_counts(task),
            "lacks": CHANGE_CLASSES.get(task.lacks, ""),
            "is_grave": task.lacks in ("safety", "advice"),
            "translator": name(task.translator),
            "left": [hours_left(gap, at) for (item, _language), gap in gaps.items() if item == task.item],
        }
        for task in tasks
    ]


def _assign(request: HttpRequest) -> HttpResponse:
    """Give what is ticked to somebody: whoever may write takes it, who decides about texts gives it to others too."""
    me = person(request)
    if not may_take(request):
        raise PermissionDenied
    wanted = request.POST.get("to", "")
    to: User | None = me
    if "take" not in request.POST:
        if not may_compose(me):
            raise PermissionDenied
        known = {key for key, _name in people()}
        to = User.objects.get(pk=int(wanted)) if wanted.isdecimal() and int(wanted) in known else None
    items = [found for value in request.POST.getlist("item") if (found := _uuid(value))]
    changed = assign(items, to, by=me, at=now())
    said = ngettext("Assigned: %(count)s text.", "Assigned: %(count)s texts.", changed) % {"count": changed}
    (messages.success if changed else messages.info)(request, said)
    return HttpResponseRedirect(_link(request))


def _filters(request: HttpRequest) -> list[dict[str, Any]]:
    whose, language = request.GET.get("whose", "") or "all", request.GET.get("language", "")
    return [
        {
            "title": _("Whose"),
            "links": [(words, _link(request, whose=code, page=""), code == whose) for code, words in WHOSE.items()],
        },
        {
            "title": _("Into"),
            "links": [
                (_languages_name(code), _link(request, language=code, page=""), code == (language or ""))
                for code in ("", *LANGUAGES)
            ],
        },
    ]


def _languages_name(code: str) -> Promise | str:
    return LANGUAGE_NAMES[code] if code else _("Languages in which I write")  # type: ignore[index]


def _link(request: HttpRequest, **changed: str) -> str:
    asked = request.GET.copy()
    for key, value in changed.items():
        asked[key] = value
    kept = QueryDict(mutable=True)
    for key in ("whose", "language", "page"):
        if asked.get(key):
            kept[key] = str(asked[key])
    address = reverse("admin:translations")
    return f"{address}?{kept.urlencode()}" if kept else address


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdecimal() and 0 < len(value) < 6 and int(value) else 1


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
