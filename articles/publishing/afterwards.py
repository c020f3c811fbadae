"""What went past the review for the safety of readers and is reviewed afterwards: texts, and parts within them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from articles.canonical.languages import LANGUAGES
from articles.editions.shelf import Change, Standing
from articles.editorial.signoffs import SignOff
from articles.editorial.transitions import Transition
from articles.publishing.approvals import approved, independent
from articles.publishing.covering import Place, covering, signatures_holding
from articles.publishing.desks import desk
from articles.publishing.substance import substance


@dataclass(frozen=True)
class Urgent:
    """A safety correction that went out without a review and still waits for one.

    `why` is for colleagues where somebody published the text, and what readers were told where a shared part was
    exchanged in it. `step` is None then: an amendment takes no step on the way of the text.
    """

    standing: Standing
    why: str
    since: datetime
    step: Transition | None = None


def urgent_unreviewed() -> list[Urgent]:
    """Return what went past the review and is live with words that no reviewer has signed since, oldest first.

    Texts that were published so are few: each is asked about by itself. Of amended ones there may be hundreds.
    """
    # Mostly there is nothing, and the home page asks often.
    if not _urgent_steps().values("item").union(_amendments().values("item")).exists():
        return []
    published = _published()
    known = {(one.standing.item, one.standing.language) for one in published}
    amended = [one for one in _amended() if (one.standing.item, one.standing.language) not in known]
    return sorted([*published, *amended], key=lambda one: (one.since, str(one.standing.item), one.standing.language))


def _published() -> list[Urgent]:
    urgent = {(row.item, row.language): row for row in _urgent_steps().order_by("-pk")}
    found = []
    for standing in _live({item for item, _language in urgent}):
        place = (standing.item, standing.language)
        if place not in urgent or standing.edition.envelope.review.state == "reviewed":
            continue
        document, language = standing.edition.document, standing.edition.envelope.language
        signed = signatures_holding(standing.item, language, document, standing.edition)
        if not independent(signed, standing.item, language, document):
            step = urgent[place]
            found.append(Urgent(standing, step.note, step.done_at, step))
    return found


def _amended() -> list[Urgent]:
    """Texts that a reviewer had signed and in which a part was exchanged for safety since they were published last.

    Whoever confirms what changed in the part has reviewed it for all of them. A notice in the place of a part that was
    withdrawn leaves other words than anybody has signed.
    """
    # The first line of each text tells since when it waits.
    lines = {(row.item, row.language): row for row in _amendments().order_by("-sequence")}
    texts: dict[Place, Standing] = {
        (one.item, one.language): one  # type: ignore[misc]
        for one in _live({item for item, _language in lines})
        if (one.item, one.language) in lines and desk(one.kind).review is None
    }
    documents = {place: standing.edition.document for place, standing in texts.items()}
    held = covering({place: substance(document) for place, document in documents.items()}) if documents else {}
    done = approved(held, documents)
    return [
        Urgent(standing, lines[place].note, lines[place].recorded_at)
        for place, standing in texts.items()
        if place not in done
    ]


def _urgent_steps() -> QuerySet[Transition]:
    return Transition.objects.filter(is_urgent=True).order_by()


def _amendments() -> QuerySet[Change]:
    """The lines of texts that some reviewer signed which tell of an exchange for safety since they were published."""
    same = Change.objects.filter(item=OuterRef("item"), language=OuterRef("language"))
    later = same.filter(sequence__gt=OuterRef("sequence"), event="published")
    signed = SignOff.objects.filter(item=OuterRef("item"), language=OuterRef("language"))
    return Change.objects.filter(
        Exists(signed), ~Exists(later), language__in=LANGUAGES, change_class="safety", event="amended"
    ).order_by()


def _live(items: Collection[UUID]) -> list[Standing]:
    rows = Standing.objects.filter(item__in=items, state=Standing.State.LIVE) if items else Standing.objects.none()
    return list(rows.select_related("edition"))
