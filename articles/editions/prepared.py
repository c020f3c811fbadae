"""What nearly every page and item asks of the shelf, each question made once."""

from typing import Any
from uuid import UUID

from django.db.models import Case, F, QuerySet, TextField, Value, When

from articles.editions.shelf import Address, KnownService, Standing
from articles.editions.statements import Statement


def _whole(**where: Any) -> QuerySet[Standing]:
    return Standing.objects.filter(**where).select_related("edition")


def _at_slugs(kind: str, slugs: list[str]) -> QuerySet[Standing]:
    return _whole(item__in=Address.objects.filter(kind=kind, slug__in=slugs).values("item"))


def _live(language: str, **where: Any) -> QuerySet[Standing]:
    return Standing.objects.filter(**where, language=language, state=Standing.State.LIVE)


def _live_among(items: list[UUID], language: str) -> QuerySet[Standing]:
    term = Case(When(kind="term", then=F("edition__document_json")), default=Value(""), output_field=TextField())
    return _live(language, item__in=items).annotate(term=term)


def _known(language: str) -> QuerySet[KnownService]:
    return KnownService.objects.filter(language=language).order_by("position", "service")


# Standings with their editions, whatever their state: by a kind and slugs, by a kind and an id, by an id.
AT_SLUGS = Statement(Standing, _at_slugs)
OF_KIND = Statement(Standing, lambda kind, item: _whole(kind=kind, item=item))
OF_ITEM = Statement(Standing, lambda item: _whole(item=item))

# Live standings: of a kind and language, by id; of ids and a language, with the document of each term as `term`.
# Pages sort by title, and of two alike the same one has to stand first wherever it is read.
LIVE = Statement(Standing, lambda kind, language: _live(language, kind=kind).order_by("item"))
LIVE_AMONG = Statement(Standing, _live_among)

# Whom to call in a language, in the order of the pages.
KNOWN = Statement(KnownService, _known)
