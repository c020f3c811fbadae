"""The table of when to get help, as HTML and as plain text: complete in itself, made of the protocol that decides.

Being able to manage at home is no line of it: nobody who has answered nothing can be told so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext

from articles.api.v1.presenters.items import check_out, review_out
from articles.api.v1.rendering.markup import apart, bullets, inline, lines, paragraphs, plain_bullets, title
from articles.api.v1.rendering.surroundings import Surroundings
from articles.editions import wording
from articles.editions.parts import Source
from articles.editions.references import reference
from triage.api.speaking import Speaker
from triage.engine.protocol import SELF_CARE, UNSURE, Level, Protocol, Rule
from triage.live.protocols import LiveProtocol
from triage.live.wording import label


@dataclass(frozen=True)
class _Sign:
    """Something that leads to a level, and the sources that say so."""

    text: str
    sources: list[str]


def table_html(live: LiveProtocol, say: Speaker, around: Surroundings) -> str:
    """Return the table with its label, the review statement, the signs with which to call at once, and its sources."""
    protocol = live.document.protocol
    parts = [
        *(f"<p><strong>{inline(text)}</strong></p>" for text in _said_first(live)),
        f"<h2>{inline(live.document.title)}</h2>",
        paragraphs(live.document.summary),
        f"<p><strong>{inline(say(protocol.danger))}</strong></p>",
        *(_level_html(level, protocol, say, around) for level in _levels(protocol)),
        title(gettext("Sources")),
        bullets(inline(f"[{around.numbers[source.id]}] {text}") for source, text in _sources(live)),
    ]
    return f"<section>{''.join(parts)}</section>"


def table_text(live: LiveProtocol, say: Speaker, around: Surroundings) -> str:
    """Return the same as plain text."""
    protocol = live.document.protocol
    return apart(
        *_said_first(live),
        lines(live.document.title, live.document.summary),
        say(protocol.danger),
        *(_level_text(level, protocol, say, around) for level in _levels(protocol)),
        lines(
            gettext("Sources"),
            plain_bullets(f"[{around.numbers[source.id]}] {text}" for source, text in _sources(live)),
        ),
    )


def _said_first(live: LiveProtocol) -> list[str]:
    review = review_out(live.shelved.envelope.review, live.language, is_overdue=live.shelved.is_overdue)
    check = check_out(live.shelved)
    return [text for text in (label(live), check.statement if check else "", review.statement) if text]


def _levels(protocol: Protocol) -> list[Level]:
    """The levels that there is something to show for, the gravest first."""
    return sorted((level for level in protocol.levels if level.rank > SELF_CARE), key=lambda level: -level.rank)


def _signs(level: Level, protocol: Protocol) -> Iterator[tuple[str, list[_Sign]]]:
    """What leads to a level: each question with its options, then the combinations. Not being sure is no sign."""
    for question in protocol.questions:
        found = [one for one in question.options if one.rank == level.rank and one.id != UNSURE]
        if found:
            yield question.text, [_Sign(one.text, one.references) for one in found]
    texts = {f"{question.id}.{one.id}": one.text for question in protocol.questions for one in question.options}
    rules = [
        _Sign(": ".join(part for part in (rule.text, _together(rule, texts)) if part), rule.references)
        for rule in protocol.rules
        if rule.rank == level.rank
    ]
    if rules:
        yield gettext("More urgent together than each alone"), rules


def _together(rule: Rule, texts: Mapping[str, str]) -> str:
    return "; ".join(texts[one] for one in rule.when if not one.endswith(f".{UNSURE}"))


def _level_html(level: Level, protocol: Protocol, say: Speaker, around: Surroundings) -> str:
    parts = [
        title(say(level.title)),
        f"<p>{inline(capfirst(str(wording.CARE_LEVELS[level.id])))}</p>",
        paragraphs(say(level.text), around.marks_html(level.references)),
        bullets(inline(say(aid.text)) + around.marks_html(aid.references) for aid in level.first_aid),
    ]
    for asked, signs in _signs(level, protocol):
        parts.append(f"<p>{inline(say(asked))}</p>")
        parts.append(bullets(inline(say(sign.text)) + around.marks_html(sign.sources) for sign in signs))
    return "".join(parts)


def _level_text(level: Level, protocol: Protocol, say: Speaker, around: Surroundings) -> str:
    parts = [
        say(level.title),
        capfirst(str(wording.CARE_LEVELS[level.id])),
        f"{say(level.text)}{around.marks_text(level.references)}",
        plain_bullets(f"{say(aid.text)}{around.marks_text(aid.references)}" for aid in level.first_aid),
    ]
    for asked, signs in _signs(level, protocol):
        parts += [say(asked), plain_bullets(f"{say(sign.text)}{around.marks_text(sign.sources)}" for sign in signs)]
    return lines(*parts)


def _sources(live: LiveProtocol) -> Iterator[tuple[Source, str]]:
    for source in live.document.sources:
        notice = f"{wording.WITHDRAWN_SOURCE} {source.withdrawn.reason}" if source.withdrawn else ""
        yield source, notice or reference(source, live.language)
