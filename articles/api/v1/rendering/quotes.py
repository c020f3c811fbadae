"""Quotes: words with everything that must stand beside them."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext

from articles.api.v1.rendering.markup import inline, lines, paragraphs
from articles.api.v1.rendering.surroundings import Surroundings
from articles.canonical.languages import Language
from articles.editions import wording
from articles.editions.dates import spelled
from articles.editions.parts import Disclosure, PartWithdrawal, Person, Quote, Reply, Source
from articles.editions.provenance import provenance
from articles.editions.references import reference

MARKS: Mapping[Language, tuple[str, str]] = {"ru": ("«", "»"), "en": ("“", "”")}


def quote_html(quote: Quote, around: Surroundings) -> str:
    """Return the quote with its context. Only words that the speaker really used stand in a `blockquote`."""
    words = paragraphs(_with_marks(quote, around.language))
    said = f"<blockquote>{words}</blockquote>" if quote.mode == "verbatim" else words
    context = "".join(f"<p>{inline(line)}</p>" for line in context_lines(quote, around))
    return f"<figure>{said}<figcaption>{context}</figcaption></figure>"


def quote_text(quote: Quote, around: Surroundings) -> str:
    """Return the quote with its context as plain text."""
    return lines(_with_marks(quote, around.language), *context_lines(quote, around))


def context_lines(quote: Quote, around: Surroundings) -> list[str]:
    """Return everything that must stand beside the words, a sentence or line each."""
    source = around.sources.get(quote.source)
    return [
        *(_who(quote.speaker) if quote.speaker else []),
        _mode(quote),
        *provenance(quote, source, around.language),
        str(wording.ATTRIBUTIONS[quote.attribution]) + ".",
        *_source_lines(quote, source, around),
        *_evidence_lines(quote, around),
        *(_reply(quote.reply, around.language) if quote.reply else []),
    ]


def checked_by(quote: Quote) -> str:
    """Return who checked the statement against the evidence; empty where nobody has."""
    is_checked = quote.verdict.state != "not_assessed" or bool(quote.verdict.note)
    return str(wording.CHECKED_BY_EDITORS) if is_checked else ""


def withdrawal_text(withdrawal: PartWithdrawal) -> str:
    """Return the notice that stands in the place of a withdrawn quote."""
    return f"{wording.WITHDRAWN_QUOTE} {withdrawal.reason}"


def withdrawal_html(withdrawal: PartWithdrawal) -> str:
    """Return the same notice as HTML."""
    return paragraphs(withdrawal_text(withdrawal))


def person_line(person: Person) -> str:
    """Return name, credentials, specialty, post and workplace, and how we know the workplace."""
    line = ", ".join(part for part in (person.name, person.credentials, person.specialty, person.post) if part)
    if person.organisation:
        line += f", {person.organisation.name} ({wording.WORKPLACE_BASES[person.workplace_basis]})"
    return line


def disclosure_line(disclosure: Disclosure) -> str:
    """Return what was declared, or that nobody asked, with who declared it."""
    parts = [str(wording.DISCLOSURES[disclosure.state]), "; ".join(disclosure.interests)]
    return ": ".join(part for part in parts if part) + (f" ({disclosure.by})" if disclosure.by else "") + "."


def _who(person: Person) -> list[str]:
    return [f"— {person_line(person)}.", disclosure_line(person.disclosure)]


def _mode(quote: Quote) -> str:
    return gettext("Wording: %(mode)s.") % {"mode": wording.MODES[quote.mode]}


def _source_lines(quote: Quote, source: Source | None, around: Surroundings) -> Iterable[str]:
    if source is None:
        return
    where = ", ".join(part for part in (reference(source, around.language), quote.locator) if part)
    yield gettext("Source [%(number)s]: %(reference)s") % {"number": around.numbers[source.id], "reference": where}
    if source.withdrawn:
        yield f"{wording.WITHDRAWN_SOURCE} {source.withdrawn.reason}"


def _evidence_lines(quote: Quote, around: Surroundings) -> Iterable[str]:
    verdict = quote.verdict
    yield f"{wording.VERDICT_LABEL}: {wording.VERDICTS[verdict.state]}."
    if verdict.note:
        yield verdict.note + around.marks_text(verdict.sources)
    if said := checked_by(quote):
        yield said


def _reply(reply: Reply, language: Language) -> Iterable[str]:
    yield gettext("Reply of the speaker, %(date)s: %(reply)s") % {
        "date": spelled(reply.on, language), "reply": reply.text,
    }  # fmt: skip


def _with_marks(quote: Quote, language: Language) -> str:
    opening, closing = MARKS[language] if quote.mode == "verbatim" else ("", "")
    return f"{opening}{quote.text}{closing}"
