"""Blocks and quotes as HTML and plain text that are complete in themselves, for sites that show nothing else."""

from collections.abc import Iterable, Mapping
from html import escape

from django.utils.translation import gettext

from articles.canonical.html_writing import reader_html
from articles.canonical.languages import Language
from articles.canonical.plain_writing import plain_text
from articles.editions import wording
from articles.editions.dates import spelled
from articles.editions.parts import Disclosure, PartWithdrawal, Person, Quote, Reply, Source
from articles.editions.provenance import provenance
from articles.editions.queries import Target
from articles.editions.references import reference
from articles.editions.value import Body

MARKS: Mapping[Language, tuple[str, str]] = {"ru": ("«", "»"), "en": ("“", "”")}


def inline(text: str) -> str:
    """Return one line of plain text as HTML."""
    return escape(text, quote=False)


def body_html(body: Body, numbers: Mapping[str, int], targets: Mapping[str, Target]) -> str:
    """Return running text as HTML; links lead to pages of live items, and stay plain words where there is none."""

    def cite(source: str, locator: str) -> str:
        return f'<sup data-source="{escape(source)}">{escape(_marker(numbers, source, locator))}</sup>'

    def link(kind: str, item: str) -> tuple[str, str] | None:
        target = targets.get(item)
        return (target.url, target.title) if target else None

    return reader_html(body, cite=cite, link=link)


def body_text(body: Body, numbers: Mapping[str, int]) -> str:
    """Return running text as plain text with its citations as numbers in brackets."""
    return plain_text(body, cite=lambda source, locator: _marker(numbers, source, locator))


def quote_html(quote: Quote, sources: Mapping[str, Source], numbers: Mapping[str, int], language: Language) -> str:
    """Return the quote with its context. Only words that the speaker really used stand in a `blockquote`."""
    words = _paragraphs(_with_marks(quote, language))
    said = f"<blockquote>{words}</blockquote>" if quote.mode == "verbatim" else words
    context = "".join(
        f"<p>{escape(line, quote=False)}</p>" for line in context_lines(quote, sources, numbers, language)
    )
    return f"<figure>{said}<figcaption>{context}</figcaption></figure>"


def quote_text(quote: Quote, sources: Mapping[str, Source], numbers: Mapping[str, int], language: Language) -> str:
    """Return the quote with its context as plain text."""
    return "\n".join([_with_marks(quote, language), *context_lines(quote, sources, numbers, language)])


def context_lines(
    quote: Quote, sources: Mapping[str, Source], numbers: Mapping[str, int], language: Language
) -> list[str]:
    """Return everything that must stand beside the words, a sentence or line each."""
    source = sources.get(quote.source)
    return [
        *(_who(quote.speaker) if quote.speaker else []),
        _mode(quote),
        *provenance(quote, source, language),
        str(wording.ATTRIBUTIONS[quote.attribution]) + ".",
        *_source_lines(quote, source, numbers, language),
        *_evidence_lines(quote, numbers),
        *(_reply(quote.reply, language) if quote.reply else []),
    ]


def withdrawal_text(withdrawal: PartWithdrawal) -> str:
    """Return the notice that stands in the place of a withdrawn quote."""
    return f"{wording.WITHDRAWN_QUOTE} {withdrawal.reason}"


def withdrawal_html(withdrawal: PartWithdrawal) -> str:
    """Return the same notice as HTML."""
    return _paragraphs(withdrawal_text(withdrawal))


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


def _source_lines(quote: Quote, source: Source | None, numbers: Mapping[str, int], language: Language) -> Iterable[str]:
    if source is None:
        return
    where = ", ".join(part for part in (reference(source, language), quote.locator) if part)
    yield gettext("Source [%(number)s]: %(reference)s") % {"number": numbers[source.id], "reference": where}
    if source.withdrawn:
        yield f"{wording.WITHDRAWN_SOURCE} {source.withdrawn.reason}"


def _evidence_lines(quote: Quote, numbers: Mapping[str, int]) -> Iterable[str]:
    verdict = quote.verdict
    yield f"{wording.VERDICT_LABEL}: {wording.VERDICTS[verdict.state]}."
    if verdict.note:
        cited = ", ".join(str(numbers[source]) for source in verdict.sources if source in numbers)
        yield verdict.note + (f" [{cited}]" if cited else "")
    yield str(wording.CHECKED_BY_EDITORS)


def _reply(reply: Reply, language: Language) -> Iterable[str]:
    yield gettext("Reply of the speaker, %(date)s: %(reply)s") % {
        "date": spelled(reply.on, language), "reply": reply.text,
    }  # fmt: skip


def _with_marks(quote: Quote, language: Language) -> str:
    opening, closing = MARKS[language] if quote.mode == "verbatim" else ("", "")
    return f"{opening}{quote.text}{closing}"


def _paragraphs(text: str) -> str:
    paragraphs = (escape(part, quote=False).replace("\n", "<br>") for part in text.split("\n\n"))
    return "".join(f"<p>{part}</p>" for part in paragraphs)


def _marker(numbers: Mapping[str, int], source: str, locator: str) -> str:
    number = str(numbers.get(source, "?"))
    return f"[{number}, {locator}]" if locator else f"[{number}]"
