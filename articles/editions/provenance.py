"""The lines that stand under every quote: where the words come from, and what we did not ask.

Fair to the people quoted: a summary says that it is one, from where, and whether the speaker has seen it.
"""

from django.utils.translation import gettext, override

from articles.canonical.languages import Language
from articles.editions.dates import spelled
from articles.editions.parts import Quote, Source


def provenance(quote: Quote, source: Source | None, language: Language) -> list[str]:
    """Return whole sentences in `language` on how the quote was obtained and whether its wording was approved."""
    with override(language):
        return [line for line in (_origin(quote, source, language), _approval(quote, language)) if line]


def source_name(source: Source) -> str:
    """Return by what a source is called in a sentence: its publisher, else where it appeared, else its title."""
    return source.publisher or source.container or source.title or source.translated_title


def _origin(quote: Quote, source: Source | None, language: Language) -> str:
    name = source_name(source) if source else ""
    if not (source and name):
        return ""
    issued = source.issued
    words = {"publisher": name, "date": spelled(issued, language)}
    if quote.mode == "paraphrase":
        if len(issued) == 10:
            return gettext("Our summary of what %(publisher)s published on %(date)s.") % words
        if issued:
            return gettext("Our summary of what %(publisher)s published (%(date)s).") % words
        return gettext("Our summary of what %(publisher)s published.") % words
    published = gettext("Published by %(publisher)s, %(date)s.") if issued else gettext("Published by %(publisher)s.")
    return " ".join([_translated(quote), published % words]).strip()


def _translated(quote: Quote) -> str:
    if quote.mode != "translation":
        return ""
    return gettext("Our translation from Russian.") if quote.original_language == "ru" else gettext(
        "Our translation from English."
    )  # fmt: skip


def _approval(quote: Quote, language: Language) -> str:
    if quote.speaker and quote.approved_on:
        return gettext("The speaker approved this wording on %(date)s.") % {
            "date": spelled(quote.approved_on, language)
        }
    if quote.speaker and quote.speaker.part != "quoted":
        return gettext("The speaker has not approved this wording yet.")
    # Nobody whose words these are has seen them here, so everybody is asked to object.
    return " ".join([_unseen(quote), gettext("Seen an error? Tell us and we will put it right.")])


def _unseen(quote: Quote) -> str:
    if quote.speaker is None:
        return gettext("The publication does not say whose words these are.")
    if quote.mode == "paraphrase":
        return gettext("We did not speak to the doctor, who has not approved this summary.")
    return gettext("We did not speak to the doctor, who has not approved this wording.")
