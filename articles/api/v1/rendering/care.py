"""Care boxes: when to get which help, with the numbers to call."""

from collections.abc import Iterator
from html import escape

from django.utils.text import capfirst
from django.utils.translation import gettext

from articles.api.v1.rendering.markup import bullets, inline, lines, paragraphs, plain_bullets, title
from articles.api.v1.rendering.surroundings import Surroundings
from articles.canonical.languages import Language
from articles.editions import wording
from articles.editions.care import services_in_order, spoken
from articles.editions.parts import CareBox


def care_html(box: CareBox, around: Surroundings) -> str:
    """Return the box: how soon, the signs, what to do meanwhile, whom to call."""
    signs = bullets(inline(spoken(sign, box, around.language)) for sign in box.triggers)
    marks = around.marks_html(box.cited)
    content = [
        f"<p><strong>{inline(capfirst(str(wording.CARE_LEVELS[box.level])))}</strong></p>",
        title(spoken(box.title, box, around.language)),
        signs,
        paragraphs(spoken(box.advice, box, around.language)),
        bullets(_html_calls(box, around.language)),
        f"<p>{inline(gettext('Sources'))}: {marks}</p>" if marks else "",
    ]
    return f"<section>{''.join(content)}</section>"


def care_text(box: CareBox, around: Surroundings) -> str:
    """Return the box as plain text."""
    marks = around.marks_text(box.cited)
    return lines(
        capfirst(str(wording.CARE_LEVELS[box.level])),
        spoken(box.title, box, around.language),
        plain_bullets(spoken(sign, box, around.language) for sign in box.triggers),
        spoken(box.advice, box, around.language),
        *_text_calls(box, around.language),
        f"{gettext('Sources')}:{marks}" if marks else "",
    )


def _text_calls(box: CareBox, language: Language) -> list[str]:
    return [f"{number} {what}".strip() for number, what in _calls(box, language)]


def _html_calls(box: CareBox, language: Language) -> list[str]:
    return [
        f'<a href="tel:{escape(number)}">{inline(number)}</a> {inline(what)}'.strip()
        for number, what in _calls(box, language)
    ]


def _calls(box: CareBox, language: Language) -> Iterator[tuple[str, str]]:
    """Each number and whom it reaches where; one number under one name in several countries is told once."""
    places: dict[tuple[str, str, str], list[str]] = {}
    for service in services_in_order(box.services, language):
        places.setdefault((service.number, service.name, service.purpose), []).append(service.note)
    for (number, name, purpose), notes in places.items():
        advice = str(wording.ADVICE_ONLY) if purpose == "advice" else ""
        said = ", ".join(part for part in (name, *dict.fromkeys(notes), advice) if part)
        yield number, f"— {said}" if said else ""
