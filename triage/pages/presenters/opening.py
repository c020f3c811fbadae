"""The opening page: for whom the questions are, who must call now, and the table of when to get help.

The table is made of the same protocol that decides, so whoever reads it alone learns the same.
"""

from dataclasses import dataclass, replace

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.editions.dates import spelled
from articles.reader.presenters.checks import CheckView
from articles.reader.presenters.citing import Citing
from articles.reader.presenters.facts import Facts, facts
from articles.reader.presenters.frame import Frame
from articles.reader.presenters.links import Link
from articles.reader.presenters.passages import paragraphs
from articles.reader.presenters.sources import SourceView, source_views
from articles.reader.presenters.translation import TranslationView, translation_view
from triage.engine.protocol import EMERGENCY, UNSURE
from triage.live.protocols import LiveProtocol
from triage.pages.presenters.basis import Basis, Label, basis, check, label, own_frame, warning
from triage.pages.presenters.calling import Country, calls, countries
from triage.pages.presenters.signs import LevelView, Speaker

SELF_CARE = _("You can manage this yourself")

# Why nobody is asked, by what stands in the way.
CLOSED = {
    "expired": _(
        "The questions are closed until they have been checked again. The warning signs in the table still matter: with"
        " any of them, get help."
    ),
    "under_check": _("While we are checking this text, the questions are closed."),
    "closed": _(
        "The questions are not open yet: first two doctors must approve them, and the owner of this site must decide to"
        " open them. The table below follows the same rules, and you can use it on your own."
    ),
}


@dataclass(frozen=True)
class Start:
    """The way into the questions; nobody is asked more than `most`."""

    most: int
    countries: list[Country]

    @property
    def at_most(self) -> str:
        return ngettext(
            "There is at most %(most)s question.",
            "There are at most %(most)s questions, the most important first. They end as soon as the answer is clear.",
            self.most,
        ) % {"most": self.most}


@dataclass(frozen=True)
class OpeningPage:
    """`start` is there while somebody may be asked; otherwise `closed` says why not. `expired` says which promise was
    not kept. `unsure` is what to do for whoever cannot tell whether they have a sign."""

    frame: Frame
    title: str
    summary: list[str]
    label: Label | None
    check: CheckView | None
    expired: str
    warning: SafeString | str
    translation: TranslationView | None
    emergency: LevelView
    levels: list[LevelView]
    self_care: LevelView
    unsure: str
    start: Start | None
    closed: str
    contents: list[Link]
    sources: list[SourceView]
    basis: Basis
    facts: Facts


def opening_page(live: LiveProtocol) -> OpeningPage:
    """Return the page of a live protocol."""
    document, protocol, language = live.document, live.document.protocol, live.language
    citing = Citing(document.sources)
    speaker = Speaker(protocol, calls(document, "", language), citing)
    # In the order of the page, so that every source knows the marks that lead to it.
    ordered = sorted(protocol.levels, key=lambda level: -level.rank)
    emergency, *levels, self_care = [speaker.level(level) for level in ordered]
    # Its own title speaks to somebody who has answered questions; here nobody has.
    self_care = replace(self_care, title=escape(SELF_CARE), name=str(SELF_CARE))
    start = Start(live.engine.most_questions, countries(document)) if live.may_decide else None
    rests_on = basis(live)
    return OpeningPage(
        frame=own_frame(live),
        title=document.title,
        summary=paragraphs(document.summary),
        label=label(live),
        check=check(live),
        expired=_expired(live) if live.is_expired else "",
        warning=warning(live),
        translation=translation_view(live.shelved),
        emergency=emergency,
        levels=levels,
        self_care=self_care,
        unsure=speaker.plain(protocol.level(_unsure_rank(live)).title),
        start=start,
        closed="" if start else str(CLOSED[_in_the_way(live)]),
        contents=_contents(start, [*levels, self_care]),
        sources=source_views(document.sources, language, citing),
        basis=rests_on,
        facts=facts(live.shelved, rests_on.review, ()),
    )


def _unsure_rank(live: LiveProtocol) -> int:
    """Whoever reads the table alone answers no question, so the most urgent of what the questions would say holds."""
    options = [option for question in live.document.protocol.questions for option in question.options]
    return max((one.rank for one in options if one.id == UNSURE), default=EMERGENCY)


def _in_the_way(live: LiveProtocol) -> str:
    if live.is_expired:
        return "expired"
    return "under_check" if live.is_in_doubt else "closed"


def _expired(live: LiveProtocol) -> str:
    """Of what was promised, the review and how long all of it holds, the first day that passed."""
    promised = min(day for day in (live.shelved.envelope.review.next_on, live.document.lapses_on) if day)
    return gettext("It was due to be checked again by %(date)s. That has not happened.") % {
        "date": spelled(promised, live.language)
    }


def _contents(start: Start | None, levels: list[LevelView]) -> list[Link]:
    questions = [Link(gettext("Answer the questions"), "#start")] if start else []
    return [*questions, *(Link(one.name, f"#{one.anchor}") for one in levels)]
