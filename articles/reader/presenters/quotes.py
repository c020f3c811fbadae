"""A quote with its whole context: who, where from, what we did not ask, what the evidence says."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.canonical.languages import Language
from articles.editions.dates import spelled
from articles.editions.parts import Disclosure, PartWithdrawal, Person, Quote, Source, Verdict
from articles.editions.provenance import provenance
from articles.editions.wording import (
    ATTRIBUTIONS,
    CHECKED_BY_EDITORS,
    DISCLOSURES,
    VERDICT_LABEL,
    VERDICTS,
    WITHDRAWN_QUOTE,
    WORKPLACE_BASES,
)
from articles.reader.presenters.citing import Citing
from articles.reader.presenters.passages import paragraphs
from articles.reader.presenters.setting import Setting


@dataclass(frozen=True)
class SpeakerView:
    """`role` is what the person is, `workplace` where and how we know it, `interests` what was declared.

    `address` is the person's page, empty where there is none.
    """

    name: str
    address: str
    role: str
    workplace: str
    disclosure: str
    interests: list[str]


@dataclass(frozen=True)
class VerdictView:
    title: str
    state: str
    note: list[str]
    marks: list[SafeString]
    checked: str


@dataclass(frozen=True)
class ReplyView:
    title: str
    paragraphs: list[str]


@dataclass(frozen=True)
class QuoteView:
    """`is_verbatim` alone decides on quotation marks: neither a summary nor our translation is word for word."""

    is_withdrawn: ClassVar[bool] = False

    is_verbatim: bool
    paragraphs: list[str]
    mark: SafeString
    speaker: SpeakerView | None
    origin: list[str]
    verdict: VerdictView
    reply: ReplyView | None


@dataclass(frozen=True)
class NoticeView:
    """Stands where a withdrawn part stood."""

    is_withdrawn: ClassVar[bool] = True

    title: str
    reason: str


def quote_view(quote: Quote, setting: Setting) -> QuoteView:
    """Return the quote for a page."""
    speaker, language = quote.speaker, setting.language
    return QuoteView(
        is_verbatim=quote.mode == "verbatim",
        paragraphs=paragraphs(quote.text),
        mark=setting.citing.mark(quote.source, quote.locator),
        speaker=speaker_view(speaker, language, setting.address(speaker.id) or "") if speaker else None,
        origin=_origin(quote, setting.source(quote.source), language),
        verdict=_verdict(quote.verdict, setting.citing),
        reply=_reply(quote, language),
    )


def quote_notice(withdrawn: PartWithdrawal) -> NoticeView:
    """Return the notice in the place of a withdrawn quote."""
    return NoticeView(str(WITHDRAWN_QUOTE), withdrawn.reason)


def speaker_view(person: Person, language: Language, address: str = "") -> SpeakerView:
    """Return who the person is, as it stands beside words and on the person's own page."""
    name = person.organisation.name if person.organisation else ""
    basis = WORKPLACE_BASES[person.workplace_basis]
    return SpeakerView(
        name=person.name,
        address=address,
        role=", ".join(part for part in (person.specialty, person.credentials, person.post) if part),
        workplace=f"{name} ({basis})" if name else "",
        disclosure=_disclosure(person.disclosure, language),
        interests=person.disclosure.interests if person.disclosure.state == "declared" else [],
    )


def _disclosure(disclosure: Disclosure, language: Language) -> str:
    words = str(DISCLOSURES[disclosure.state])
    stated = ", ".join(part for part in (disclosure.by, spelled(disclosure.on, language)) if part)
    return f"{words} ({stated})" if stated else words


def _origin(quote: Quote, source: Source | None, language: Language) -> list[str]:
    """How we know: the origin first, then how the source names the speaker, then what the speaker has seen of it."""
    first, *rest = provenance(quote, source, language)
    # Of a statement under nobody's name the shared lines say so already.
    attribution = [f"{ATTRIBUTIONS[quote.attribution]}."] if quote.speaker else []
    return [first, *attribution, *rest] if rest else [*attribution, first]


def _verdict(verdict: Verdict, citing: Citing) -> VerdictView:
    is_checked = verdict.state != "not_assessed" or bool(verdict.note)
    return VerdictView(
        title=str(VERDICT_LABEL),
        state=str(VERDICTS[verdict.state]),
        note=paragraphs(verdict.note),
        marks=citing.marks(verdict.sources),
        checked=str(CHECKED_BY_EDITORS) if is_checked else "",
    )


def _reply(quote: Quote, language: Language) -> ReplyView | None:
    if quote.reply is None:
        return None
    who = quote.speaker.name if quote.speaker else ""
    date = spelled(quote.reply.on, language)
    title = gettext("Reply of the speaker: %(name)s, %(date)s") if who else gettext("Reply, %(date)s")
    return ReplyView(title % {"name": who, "date": date}, paragraphs(quote.reply.text))
