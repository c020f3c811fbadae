"""The answer to whether a copy is still current, in plain words and with a way on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext, ngettext

from articles.canonical.languages import Language, other_language
from articles.editions.copies import LONGEST, SHORTEST, Code, Copy, State
from articles.editions.dates import spelled
from articles.editions.queries import Shelved, Target
from articles.reader.presenters.checks import CheckView, check_view
from articles.reader.presenters.frame import Frame, section_frame
from articles.reader.presenters.kinds_of_change import kinds_of_changes
from articles.reader.presenters.links import Link
from articles.reader.presenters.past_addresses import changes_path, history_path
from articles.reader.presenters.sections import SECTIONS
from articles.reader.presenters.translation import GRAVE

# What is kept of a typed code; a digest has 64 characters, and people may have put spaces between all of them.
KEPT = 200


@dataclass(frozen=True)
class AnswerView:
    """`answer` says yes or no, `about` names the copy, `warning` must not be missed.

    `title` and `reason` are in `language`, which is the copy's; it is empty where the page is in the same one. An
    erased text has lost its title.
    """

    answer: str
    language: str = ""
    title: str = ""
    about: list[str] = field(default_factory=list)
    warning: str = ""
    reason: str = ""
    since: list[str] = field(default_factory=list)
    check: CheckView | None = None
    ways: list[Link] = field(default_factory=list)
    is_emergency: bool = False


@dataclass(frozen=True)
class VerifyPage:
    """`typed` is what stands in the field, `fault` says what is wrong with it.

    `replacement` takes the place of a withdrawn text.
    """

    frame: Frame
    typed: str
    fault: str = ""
    answer: AnswerView | None = None
    replacement: Target | None = None


def empty_page(language: Language) -> VerifyPage:
    """Return the page before anything was typed."""
    description = gettext("Find out whether a printed or saved copy of one of our texts is still current.")
    return VerifyPage(section_frame(SECTIONS["verify"], language, description), "")


def fault_page(typed: str, code: Code, language: Language) -> VerifyPage:
    """Return the page of a code that cannot be looked for, with what to mend."""
    title = gettext("Error: %(title)s") % {"title": SECTIONS["verify"].title}
    return VerifyPage(_frame(typed, title, language), typed[:KEPT], fault=_fault(code))


def answer_page(typed: str, copy: Copy, replacement: Target | None, language: Language) -> VerifyPage:
    """Return the page with the answer."""
    answer = _ANSWERS[copy.state](copy, language)
    frame = _frame(typed, answer.answer, language)
    return VerifyPage(frame, typed[:KEPT], answer=answer, replacement=replacement)


def _frame(typed: str, title: str, language: Language) -> Frame:
    section, other = SECTIONS["verify"], other_language(language)
    switch = f"{section.path(other)}?{urlencode({'digest': typed[:KEPT]})}"
    return Frame(language, title, switch, is_indexed=False, section=section, is_section=True)


def _fault(code: Code) -> str:
    if code.problem == "characters":
        return gettext(
            "A code is made of digits and the Latin letters a to f. Yours also has: %(wrong)s. Look at the copy again."
        ) % {"wrong": " ".join(code.wrong[:10])}
    if code.problem == "long":
        return gettext("A code has at most %(most)s characters; yours has %(length)s. Look at the copy again.") % {
            "most": LONGEST,
            "length": code.length,
        }
    return ngettext(
        "Type at least %(least)s characters of the code; so far there is %(length)s.",
        "Type at least %(least)s characters of the code; so far there are %(length)s.",
        code.length,
    ) % {"least": SHORTEST, "length": code.length}


def _current(copy: Copy, language: Language) -> AnswerView:
    shelved = _of(copy)
    return AnswerView(
        answer=gettext("Yes, this copy is current"),
        **_named(shelved, language),
        about=[gettext("It is edition No. %(number)s of %(date)s, the current one.") % _edition(copy, language)],
        warning=_lapsed(shelved) or _lacks(shelved),
        check=check_view(shelved),
        ways=[_read(shelved)],
    )


def _outdated(copy: Copy, language: Language) -> AnswerView:
    same = [gettext("The words of the text are the same in both.")] if copy.has_same_words else []
    return AnswerView(
        answer=gettext("No, there is a newer edition"),
        **_named(_of(copy), language),
        about=[_mine(copy, language), _newer(copy, language), *same],
        warning=_grave(copy),
        since=kinds_of_changes(copy.later),
        ways=_ways(copy),
    )


def _withdrawn_in_part(copy: Copy, language: Language) -> AnswerView:
    shelved = _of(copy)
    return AnswerView(
        answer=gettext("No, a part of this text was withdrawn"),
        **_named(shelved, language),
        about=[_mine(copy, language), _newer(copy, language)],
        warning=_grave(copy) or gettext("Do not rely on this copy, read the current edition."),
        reason=copy.recall.reason(shelved.language) if copy.recall else "",
        since=kinds_of_changes(copy.later),
        ways=_ways(copy),
    )


def _withdrawn(copy: Copy, language: Language) -> AnswerView:
    shelved = _of(copy)
    tombstone = shelved.standing.tombstone or {}
    on = {"date": spelled(tombstone["withdrawn_at"], language)}
    has_page = bool(shelved.standing.slug) and "#" not in shelved.page_path
    return AnswerView(
        answer=gettext("No, this text was withdrawn"),
        **_named(shelved, language),
        about=[_mine(copy, language), gettext("The text was withdrawn on %(date)s.") % on],
        warning=gettext("Do not rely on this copy."),
        reason=tombstone["reason"],
        ways=[Link(gettext("Page of the withdrawn text"), shelved.page_path)] if has_page else [],
        is_emergency=True,
    )


def _unknown(copy: Copy, language: Language) -> AnswerView:
    return AnswerView(
        answer=gettext("We do not know this code"),
        about=[
            gettext("Compare it with your copy: a code has only digits and the Latin letters a to f."),
            gettext("If it is the same, the copy is not of a text that we have published. Do not rely on it."),
        ],
        is_emergency=True,
    )


def _ambiguous(copy: Copy, language: Language) -> AnswerView:
    return AnswerView(
        answer=gettext("Several codes begin with these characters"),
        about=[gettext("Type more of the code: as much as stands on the copy.")],
    )


_ANSWERS: Mapping[State, Callable[[Copy, Language], AnswerView]] = {
    "current": _current,
    "outdated": _outdated,
    "withdrawn_in_part": _withdrawn_in_part,
    "withdrawn": _withdrawn,
    "unknown": _unknown,
    "ambiguous": _ambiguous,
}


def _of(copy: Copy) -> Shelved:
    if copy.shelved is None:
        raise ValueError(f"of a copy that is {copy.state} no text is known")
    return copy.shelved


def _named(shelved: Shelved, language: Language) -> dict[str, Any]:
    foreign = shelved.language if shelved.language != language else ""
    return {"language": foreign, "title": shelved.standing.title}


def _edition(copy: Copy, language: Language) -> dict[str, Any]:
    if copy.edition is None:
        raise ValueError(f"of a copy that is {copy.state} no edition is known")
    return {"number": copy.edition.number, "date": spelled(copy.edition.envelope.published_at, language)}


def _mine(copy: Copy, language: Language) -> str:
    return gettext("Your copy is edition No. %(number)s of %(date)s.") % _edition(copy, language)


def _newer(copy: Copy, language: Language) -> str:
    newest = copy.later[-1]
    date = spelled(newest.published_at, language)
    return gettext("The current one is edition No. %(number)s of %(date)s.") % {"number": newest.number, "date": date}


def _grave(copy: Copy) -> str:
    """What must not be missed of the changes since: the worst of them."""
    if "safety" in copy.classes:
        return gettext("Since then there has been a change that matters for safety. Do not act on this copy.")
    if "advice" in copy.classes:
        return gettext("Since then our advice has changed. Do not act on this copy.")
    return ""


def _lapsed(shelved: Shelved) -> str:
    """What decides only until a day says so when that has passed; of other texts the page says what is overdue."""
    if not (shelved.is_overdue and shelved.document.lapses_on):
        return ""
    return gettext("It was due to be checked again, and that day has passed. Do not rely on its questions and answers.")


def _lacks(shelved: Shelved) -> str:
    """A current copy may be of a translation that has not followed a grave change yet."""
    if shelved.translation.lacks not in GRAVE:
        return ""
    return gettext("But the text has not yet followed an important change of the other language: see its page.")


def _read(shelved: Shelved) -> Link:
    return Link(gettext("Read the current edition"), shelved.page_path)


def _ways(copy: Copy) -> list[Link]:
    shelved = _of(copy)
    standing, first = shelved.standing, copy.later[0].number
    if not history_path(standing):
        return [_read(shelved)]
    if len(copy.later) == 1:
        words = gettext("What changed in edition No. %(number)s") % {"number": first}
        return [_read(shelved), Link(words, changes_path(standing, first))]
    return [_read(shelved), Link(gettext("What has changed since, edition by edition"), history_path(standing))]
