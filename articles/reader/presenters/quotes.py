"""A quote with its whole context: who, where from, what we did not ask, what the evidence says."""

from dataclasses import dataclass

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


@dataclass(frozen=True)
class SpeakerView:
    """`role` is what the person is, `workplace` where and how we know it, `interests` what was declared."""

    name: str
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

    title: str
    reason: str


def quote_view(quote: Quote, source: Source | None, language: Language, citing: Citing) -> QuoteView:
    """Return the quote for a page in `language`."""
    return QuoteView(
        is_verbatim=quote.mode == "verbatim",
        paragraphs=paragraphs(quote.text),
        mark=citing.mark(quote.source, quote.locator),
        speaker=_speaker(quote.speaker, language) if quote.speaker else None,
        origin=_origin(quote, source, language),
        verdict=_verdict(quote.verdict, citing),
        reply=_reply(quote, language),
    )


def quote_notice(withdrawn: PartWithdrawal) -> NoticeView:
    """Return the notice in the place of a withdrawn quote."""
    return NoticeView(str(WITHDRAWN_QUOTE), withdrawn.reason)


def paragraphs(passage: str) -> list[str]:
    """Return the paragraphs of a passage; a single line break inside one is a space to a reader."""
    return [paragraph.replace("\n", " ") for paragraph in passage.split("\n\n") if paragraph.strip()]


def _speaker(person: Person, language: Language) -> SpeakerView:
    name = person.organisation.name if person.organisation else ""
    basis = WORKPLACE_BASES[person.workplace_basis]
    return SpeakerView(
        name=person.name,
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
        marks=[citing.mark(source) for source in verdict.sources],
        checked=str(CHECKED_BY_EDITORS) if is_checked else "",
    )


def _reply(quote: Quote, language: Language) -> ReplyView | None:
    if quote.reply is None:
        return None
    who = quote.speaker.name if quote.speaker else ""
    date = spelled(quote.reply.on, language)
    title = gettext("Reply of the speaker: %(name)s, %(date)s") if who else gettext("Reply, %(date)s")
    return ReplyView(title % {"name": who, "date": date}, paragraphs(quote.reply.text))
