"""Where a part is: the live texts that carry it, and the drafts that place it."""

from uuid import UUID

from articles.editions.shelf import Mention, Standing


def carriers(kind: str, part: UUID | str) -> list[str]:
    """Return ids of the items whose live editions carry the part, in any language; sorted, so locks have one order."""
    live = Standing.objects.filter(state=Standing.State.LIVE).values("edition")
    items = Mention.objects.filter(part_kind=kind, part=part, edition__in=live).values_list("edition__item", flat=True)
    return sorted({str(item) for item in items})
