"""The table of kinds that have editions: what each is on every floor. `triage` adds its own at start-up."""

from dataclasses import dataclass

from django.conf import settings

from articles.canonical.shapes import learn
from articles.editions.document import (
    ArticleDocument,
    Document,
    ExpertDocument,
    FaqDocument,
    PageDocument,
    TermDocument,
    TopicDocument,
)


@dataclass(frozen=True)
class Kind:
    """`page` and `api` are address templates; listed and searched say where the kind appears by itself."""

    name: str
    document: type[Document]
    page: str
    api: str
    listed: bool = True
    searched: bool = True

    def page_path(self, *, language: str, slug: str) -> str:
        return self.page.format(language=language, slug=slug)

    def page_url(self, *, language: str, slug: str) -> str:
        return settings.SITE_URL + self.page_path(language=language, slug=slug)

    def api_url(self, *, language: str, item: str) -> str:
        return settings.SITE_URL + self.api.format(item=item) + f"?lang={language}"


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind; raise ValueError if its name is taken."""
    if kind.name in _KINDS:
        raise ValueError(f"the kind {kind.name} is registered already")
    learn(kind.document)
    _KINDS[kind.name] = kind


def kind(name: str) -> Kind:
    """Return the kind; raise KeyError for an unknown one."""
    return _KINDS[name]


def kinds() -> list[Kind]:
    """Return every kind in the order of registration."""
    return list(_KINDS.values())


register(Kind("article", ArticleDocument, page="/{language}/articles/{slug}/", api="/api/v1/articles/{item}/"))
register(Kind("faq", FaqDocument, page="/{language}/faq/{slug}/", api="/api/v1/faq/{item}/"))
register(Kind("topic", TopicDocument, page="/{language}/topics/{slug}/", api="/api/v1/topics/{item}/"))
register(Kind("term", TermDocument, page="/{language}/glossary/#{slug}", api="/api/v1/terms/{item}/"))
register(Kind("expert", ExpertDocument, page="/{language}/people/{slug}/", api="/api/v1/experts/{item}/"))
register(Kind("page", PageDocument, page="/{language}/about/{slug}/", api="/api/v1/pages/{item}/"))
