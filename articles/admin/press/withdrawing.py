"""The withdraw page of an item: a reason, then what readers will see, then the act. Restoring is on the same page.

From a telephone these are three taps, and nothing must be typed: every reason has a ready sentence in both languages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.moments import now, person
from articles.admin.press import addresses
from articles.admin.press.frames import framed
from articles.admin.press.live_addresses import live_text_at
from articles.admin.press.ready_reasons import filled
from articles.admin.press.standing import badge
from articles.admin.press.typed_words import refusals, tidy
from articles.admin.press.words import LANGUAGE_NAMES, title_of
from articles.admin.sign_in.step_up import step_up, turned_round
from articles.admin.site import desk_site
from articles.canonical.languages import LANGUAGES, Language
from articles.content.problems import DeskProblem, Where
from articles.editions import queries
from articles.editions.care import emergency_box
from articles.editions.queries import Found, Shelved
from articles.editions.withdrawals import WithdrawalReason, change_class
from articles.editorial.roles import may
from articles.partners.partner import Partner
from articles.publishing import withdraw as press
from articles.publishing.desks import ITEMS
from articles.publishing.problems import RefusedError, press_problem
from articles.publishing.states import TextState
from articles.publishing.uses import linking_texts
from articles.reader.pages import kept_box
from articles.reader.previews import render_withdrawn

_TEXTS = ("reason", "note")

# What a person may choose; the other reasons are given by the clock.
REASONS = [(code.value, code.label) for code in WithdrawalReason if code not in ("follows", "expired")]


@dataclass(frozen=True)
class Typed:
    """What was typed into the page, kept from step to step."""

    languages: Sequence[str]
    reason_code: str
    reasons: Mapping[Language, str]
    replacement: str


@desk_site.page("withdraw/<str:kind>/<uuid:item>/<str:language>/page/", name="withdrawn_page")
def withdrawn_page(request: HttpRequest, kind: str, item: UUID, language: str) -> HttpResponse:
    """The page that readers would meet, with the words of the query; it changes nothing."""
    if not may(request.user, "withdraw"):
        raise PermissionDenied
    found = queries.by_id(kind, item) if kind in ITEMS else None
    text = found.shelved(language) if found and language in LANGUAGES else None
    if text is None:
        raise Http404
    replacement = live_text_at(request.GET.get("replacement", ""))
    return framed(
        render_withdrawn(
            text,
            reason=request.GET.get("reason", ""),
            reason_code=request.GET.get("reason_code", ""),
            at=now(),
            replaced_by=replacement.item if replacement else "",
            twin_stays=request.GET.get("twin_stays") == "1",
        )
    )


def withdraw_item(request: HttpRequest, kind: str, item: UUID) -> HttpResponse:
    """Ask for a reason, show what readers will see, withdraw. Nothing is typed twice, whatever is refused."""
    if not may(request.user, "withdraw"):
        raise PermissionDenied
    found = queries.by_id(kind, item)
    if found is None:
        raise Http404
    typed = _typed(request, found)
    if request.method != "POST":
        return _page(request, kind, found, typed)
    if unsafe := refusals(request.POST, [*(f"{text}_{code}" for code in LANGUAGES for text in _TEXTS), "replacement"]):
        return _page(request, kind, found, typed, refused=unsafe)
    if "_restore" in request.POST:
        return _restored(request, kind, item, found)
    if "_change" in request.POST:
        return _page(request, kind, found, typed)
    replacement = live_text_at(typed.replacement)
    if typed.replacement.strip() and replacement is None:
        unknown = _("No page of this site has the address that takes its place.")
        return _page(request, kind, found, typed, refused=[("replacement", unknown)])
    problems = _problems(kind, item, typed)
    if problems or "_withdraw" not in request.POST or turned_round(request):
        refused = [(f"reason_{problem.language}", problem.sentence) for problem in problems]
        return _page(request, kind, found, typed, refused=refused, looking=not problems)
    if asked := step_up(request, shows_again=True):
        return asked
    try:
        withdrawn = press.withdraw(
            kind,
            item,
            [language for language in LANGUAGES if language in typed.languages],
            reason_code=typed.reason_code,
            reasons=typed.reasons,
            replaced_by=replacement.item if replacement else "",
            by=person(request),
            at=now(),
        )
    except RefusedError as refusal:
        refused = [(f"reason_{problem.language}", problem.sentence) for problem in refusal.problems]
        return _page(request, kind, found, typed, refused=refused)
    messages.success(request, _("Withdrawn. Its addresses answer with the reason from now on."))
    tell_recall(request, min(standing.sequence for standing in withdrawn))
    return HttpResponseRedirect(request.get_full_path())


def tell_recall(request: HttpRequest, sequence: int) -> None:
    """Say how many partners may hold what was just withdrawn, and lead to the page that shows whom it has reached."""
    count = Partner.objects.filter(state=Partner.State.ACTIVE).count()
    if count and may(request.user, "see_partners"):
        words = ngettext(
            "%(count)d partner may show this text and is being told.",
            "%(count)d partners may show this text and are being told.",
            count,
        ) % {"count": count}
        way = reverse("admin:recall", args=[sequence])
        messages.warning(request, format_html('{} <a href="{}">{}</a>', words, way, _("See whom it has reached")))


def offer(kind: str) -> None:
    """Give a kind its withdraw page."""
    desk_site.page(f"withdraw/{kind}/<uuid:item>/", name=f"withdraw_{kind}")(partial(withdraw_item, kind=kind))


for _kind in ITEMS:
    offer(_kind)


def _restored(request: HttpRequest, kind: str, item: UUID, found: Found) -> HttpResponse:
    language = request.POST["_restore"]
    if language not in LANGUAGES:
        raise Http404
    note = tidy(request.POST.get(f"note_{language}", ""))
    if not note:
        refused = [(f"note_{language}", _("Tell readers in a sentence why the text is back."))]
        return _page(request, kind, found, _typed(request, found), refused=refused)
    if asked := step_up(request):
        return asked
    try:
        press.restore(kind, item, language, note=note, by=person(request), at=now())
    except RefusedError as refusal:
        refused = [(f"note_{language}", problem.sentence) for problem in refusal.problems]
        return _page(request, kind, found, _typed(request, found), refused=refused)
    messages.success(request, _("The text is back on the site."))
    return HttpResponseRedirect(request.get_full_path())


def _page(
    request: HttpRequest,
    kind: str,
    found: Found,
    typed: Typed,
    *,
    refused: Sequence[tuple[str, str]] = (),
    looking: bool = False,
) -> HttpResponse:
    """Without a reason yet: the reasons to choose from. With one, or where something is lacking: everything else."""
    texts = [text for language in LANGUAGES if (text := found.shelved(language))]
    context = desk_site.each_context(request) | {
        "title": _("Withdraw"),
        "subtitle": title_of({text.language: text.standing.title for text in texts}),
        "live": [_choice(text, typed) for text in texts if text.is_live],
        "withdrawn": [_gone(text, request) for text in texts if not text.is_live],
        "reasons": REASONS,
        "typed": typed,
        "refused": refused,
        "looking": looking,
        "choosing": not looking and not refused,
        "reason_name": dict(REASONS).get(typed.reason_code, ""),
        "will_happen": _will_happen(texts, typed) if looking else [],
        "seen": [_seen(text, typed) for text in texts if looking and text.language in typed.languages],
        "linking": [(row, addresses.form(row.kind, row.item)) for row in linking_texts(kind, found.item)],
        "form_url": addresses.form(kind, found.item),
    }
    return TemplateResponse(request, "articles/admin/press/withdraw.html", context, status=422 if refused else 200)


def _will_happen(texts: Sequence[Shelved], typed: Typed) -> list[str]:
    """What follows from the act, in plain words."""
    chosen = [text for text in texts if text.is_live and text.language in typed.languages]
    found = [_("From that moment its page says that the text was withdrawn, and why.")]
    if any(emergency_box(text.document) for text in chosen):
        stays = any(kept_box(text, {"reason_code": typed.reason_code}) for text in chosen)
        found.append(
            _("What it says to do in an emergency stays on that page.")
            if stays
            else _(
                "What it says to do in an emergency goes too, for it may be what was wrong; the numbers to call stay."
            )
        )
    if change_class(typed.reason_code) == "safety":
        found.append(_("Partners are told that it is for safety and that it must be gone within the hour."))
    else:
        found.append(_("Partners are told to take it down at once."))
    found.append(_("It can be put back as it was, with a note for readers."))
    return found


def _choice(text: Shelved, typed: Typed) -> dict[str, object]:
    return {
        "language": text.language,
        "name": LANGUAGE_NAMES[text.language],
        "title": text.standing.title,
        "url": text.page_path,
        "ticked": text.language in typed.languages,
        "reason": typed.reasons[text.language],
    }


def _gone(text: Shelved, request: HttpRequest) -> dict[str, object]:
    return {
        "language": text.language,
        "name": LANGUAGE_NAMES[text.language],
        "title": text.standing.title,
        "state": badge(TextState.WITHDRAWN),
        "tombstone": text.standing.tombstone,
        "note": request.POST.get(f"note_{text.language}", ""),
    }


def _seen(text: Shelved, typed: Typed) -> dict[str, object]:
    asked = {
        "reason": typed.reasons[text.language],
        "reason_code": typed.reason_code,
        "replacement": typed.replacement,
        "twin_stays": int(len(typed.languages) < len(LANGUAGES)),
    }
    address = reverse("admin:withdrawn_page", args=[text.standing.kind, text.item, text.language])
    return {"language": text.language, "name": LANGUAGE_NAMES[text.language], "url": f"{address}?{urlencode(asked)}"}


def _typed(request: HttpRequest, found: Found) -> Typed:
    live = [language for language in LANGUAGES if (text := found.shelved(language)) and text.is_live]
    said = request.POST
    code = said.get("reason_code", "")
    reasons: dict[Language, str] = {language: tidy(said.get(f"reason_{language}", "")) for language in LANGUAGES}
    # What is about to be withdrawn must be said as it stands on the page that was looked at.
    is_final = "_withdraw" in said or "_change" in said
    return Typed(
        languages=said.getlist("languages") if request.method == "POST" else live,
        reason_code=code if code in dict(REASONS) else "",
        reasons=reasons if is_final else filled(reasons, code),
        replacement=said.get("replacement", ""),
    )


def _problems(kind: str, item: UUID, typed: Typed) -> list[DeskProblem]:
    """What can be said before the act; the press says the same, and more, when it is done."""
    where = Where(kind, str(item))
    if not typed.languages:
        return [press_problem("no-language", "", where)]
    problems = [
        press_problem("withdrawn-reason-missing", language, where)
        for language in LANGUAGES
        if language in typed.languages and not typed.reasons[language].strip()
    ]
    if not typed.reason_code:
        problems.append(press_problem("reason-code-missing", "", where))
    return problems
