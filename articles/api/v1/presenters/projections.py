"""Quotes and sources by themselves: as the newest live text has them, and where they appear."""

from collections.abc import Mapping

from articles.api.v1.presenters.items import attribution_out, licence_out, review_out
from articles.api.v1.presenters.quotes import quote_members, source_members, source_out
from articles.api.v1.rendering.quotes import quote_html, quote_text
from articles.api.v1.rendering.surroundings import Surroundings
from articles.api.v1.shapes import quotes as shapes
from articles.api.v1.shapes.common import AttributionOut
from articles.canonical.languages import Language
from articles.editions.parts import Quote, Source
from articles.editions.projections import Carried
from articles.editions.queries import Shelved

# How long a copy of a quote or source may be shown unconfirmed, in seconds.
_MAX_AGE = 86400


def live_quote(found: Carried, language: Language) -> shapes.LiveQuote:
    """Return the quote with its context; the sources that it names are numbered anew."""
    quote = found.part
    assert isinstance(quote, Quote)
    around = _alone(quote, found.sources, language)
    return shapes.LiveQuote(
        **quote_members(quote, around),
        kind="quote",
        language=language,
        html=quote_html(quote, around),
        text=quote_text(quote, around),
        sources=[source_out(source, around) for source in around.sources.values()],
        origin=_origin(found.carriers[0], language),
        licence=licence_out(language),
        max_age=_MAX_AGE,  # type: ignore[arg-type]
        appears_in=[_appearance(shelved) for shelved in found.carriers],
    )


def live_source(found: Carried, language: Language) -> shapes.LiveSource:
    """Return the source and where it is cited."""
    source = found.part
    assert isinstance(source, Source)
    return shapes.LiveSource(
        **source_members(source, language),
        max_age=_MAX_AGE,  # type: ignore[arg-type]
        appears_in=[_appearance(shelved) for shelved in found.carriers],
    )


def _alone(quote: Quote, sources: Mapping[str, Source], language: Language) -> Surroundings:
    named = [source for source in dict.fromkeys(quote.sources()) if source in sources]
    numbers = {source: number for number, source in enumerate(named, start=1)}
    return Surroundings(language, {source: sources[source] for source in named}, numbers)


def _origin(shelved: Shelved, language: Language) -> AttributionOut:
    review = review_out(shelved.envelope.review, language, is_overdue=shelved.is_overdue)
    return attribution_out(shelved, review)


def _appearance(shelved: Shelved) -> shapes.AppearanceOut:
    return shapes.AppearanceOut(
        id=shelved.item,
        kind=shelved.standing.kind,
        language=shelved.language,
        title=shelved.standing.title,
        url=shelved.page_url,
        api_url=shelved.api_url,
        edition=shelved.standing.edition.number,
    )
