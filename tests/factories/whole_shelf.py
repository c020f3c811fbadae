"""A shelf with something of every kind in both languages, and of everything that can have happened to it."""

from collections.abc import Mapping

from articles.editions.shelf import Mention, Standing
from tests.factories.documents import (
    ARTICLE,
    a_document,
    a_news_source,
    a_quote,
    a_source,
    an_english_document,
    an_id,
    cite,
    heading,
    quoted,
    said,
    shelve,
    text,
    withdraw,
    withdraw_part,
)
from tests.factories.documents_of_kinds import (
    a_faq,
    a_page,
    a_term,
    a_topic,
    an_expert,
    one_of_each,
)
from tests.factories.triage import SLUG, shelve_protocol

WITHDRAWN = an_id("withdrawn article")
PARTS = ("quote", "source")


def shelve_everything() -> None:
    """An article with a block of every kind and two editions, an item of each other kind, a protocol, what is
    published in one language only, what was withdrawn, and a quote that was withdrawn out of a live text."""
    gone = a_quote("gone")
    blocks = [heading("Что это"), text(said("Так бывает", cite(a_source()), ".")), quoted(a_quote()), quoted(gone)]
    shelve(a_document(*blocks, *one_of_each()))
    shelve(a_document(heading("Что это такое"), *blocks[1:], *one_of_each()), change="update", note="Яснее.")
    shelve(an_english_document(heading("What it is"), quoted(a_quote())), "en")
    kinds = (("faq", a_faq), ("page", a_page), ("term", a_term), ("topic", a_topic), ("expert", an_expert))
    for name, make in kinds:
        for language in ("ru", "en"):
            shelve(make(slug=f"{name}-{language}"), language, item=an_id(f"the {name}"))
    shelve(a_document(heading("Одно"), title="Только по-русски", slug="po-russki"), item=an_id("one language"))
    shelve(a_document(heading("Было"), title="Было", slug="bylo"), item=WITHDRAWN)
    withdraw(WITHDRAWN)
    withdraw_part(gone, ARTICLE)
    shelve_protocol()


def ids_by_collection() -> Mapping[str, list[str]]:
    """Every id that an address of a collection can be asked for, the one of nothing among them."""
    from articles.api.v1.offers import OFFERS

    found = {offer.collection: {ARTICLE, WITHDRAWN, an_id("nothing")} for offer in OFFERS.values()}
    for kind, item in Standing.objects.values_list("kind", "item").distinct():
        found[OFFERS[kind].collection].add(str(item))
    for part in PARTS:
        ids = Mention.objects.filter(part_kind=part).values_list("part", flat=True).distinct()
        found[f"{part}s"] = {str(one) for one in ids} | {an_id("nothing")}
    found["triage/protocols"] |= {SLUG}
    return {collection: sorted(ids) for collection, ids in found.items()}
