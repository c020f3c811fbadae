"""What stands around a protocol on the shelf: the texts for readers that lead to it."""

from articles.canonical.languages import Language
from articles.editions import linked
from articles.editions.queries import Target

# What is worth reading after an outcome, in this order; other kinds may lead to a protocol, but tell nobody more.
_READ = ("article", "faq")
# Nobody reads more than this after an outcome.
_MOST = 50


def texts_that_lead_to(protocol: str, language: Language) -> list[Target]:
    """Return the newest live articles, then questions, of this language that link to a protocol (id); by title; two
    queries."""
    leading = linked.carrying("link:protocol", language, protocol, limit=_MOST)
    found = [one for one in leading if one.standing.kind in _READ]
    found.sort(key=lambda one: (_READ.index(one.standing.kind), one.standing.title.casefold(), one.item))
    return [Target(one.standing.title, one.page_path, one.page_url, one.api_url) for one in found]
