"""Care boxes: when to get which help, with the numbers to call."""

from collections.abc import Iterable
from html import escape

from articles.api.v1.rendering.markup import bullets, inline, lines, paragraphs, plain_bullets, title
from articles.api.v1.rendering.surroundings import Surroundings
from articles.canonical.languages import Language
from articles.editions import wording
from articles.editions.care import services_in_order, spoken
from articles.editions.parts import CareBox, CareService


def care_html(box: CareBox, around: Surroundings) -> str:
    """Return the box: how soon, the signs, what to do meanwhile, whom to call."""
    signs = bullets(inline(spoken(sign, box, around.language)) for sign in box.triggers)
    marks = around.marks_html(box.cited)
    content = [
        f"<p><strong>{inline(str(wording.CARE_LEVELS[box.level]))}</strong></p>",
        title(spoken(box.title, box, around.language)),
        signs,
        paragraphs(spoken(box.advice, box, around.language)),
        bullets(_called(service) for service in services_in_order(box.services, around.language)),
        f"<p>{marks}</p>" if marks else "",
    ]
    return f"<section>{''.join(content)}</section>"


def care_text(box: CareBox, around: Surroundings) -> str:
    """Return the box as plain text."""
    return lines(
        str(wording.CARE_LEVELS[box.level]),
        spoken(box.title, box, around.language),
        plain_bullets(spoken(sign, box, around.language) for sign in box.triggers),
        spoken(box.advice, box, around.language),
        *services_text(box.services, around.language),
        around.marks_text(box.cited).strip(),
    )


def services_text(services: Iterable[CareService], language: Language) -> list[str]:
    """Return whom to call, a line each: the number, what it is, where it works."""
    return [" ".join([service.number, _what(service)]).strip() for service in services_in_order(services, language)]


def _called(service: CareService) -> str:
    number = escape(service.number)
    return f'<a href="tel:{number}">{number}</a> {inline(_what(service))}'.strip()


def _what(service: CareService) -> str:
    purpose = str(wording.ADVICE_ONLY) if service.purpose == "advice" else ""
    said = ", ".join(part for part in (service.name, service.note, purpose) if part)
    return f"— {said}" if said else ""
