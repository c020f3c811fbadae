"""The whole shelf in one answer, one JSON value in each line, made while it is sent."""

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Any, ClassVar

import msgspec
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext, override
from rest_framework.request import Request

from articles.answers import headers
from articles.answers.conditional import unless_held
from articles.answers.kept_lines import OF_THE_SNAPSHOT
from articles.answers.lines_tables import Made
from articles.answers.problems import problem
from articles.answers.streaming import Slots, Stream
from articles.api.v1.answering import PublicAddress
from articles.api.v1.description import VERSION, Component
from articles.api.v1.finding import tombstone_of
from articles.api.v1.offers import OFFERS
from articles.api.v1.parameters import LANG, Parameter, one_of
from articles.api.v1.refusals import RefusedError
from articles.api.v1.scopes import out_of_scope
from articles.api.v1.selecting import selected
from articles.api.v1.shapes import snapshot as shapes
from articles.canonical.languages import LANGUAGES, Language
from articles.editions import noting, queries, snapshots
from articles.editions.followed import Place
from articles.editions.queries import Shelved, Target
from articles.editions.services import read_once
from articles.editions.snapshots import Extent, Stand, Start

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/x-ndjson"

# Texts that are read and made ready together: what lies in memory, and how old a line is when it leaves.
PAGE = 20
# Those that were made ready before: how many are looked for at once, and how many are given away together.
RUN, HANDFUL = 500, 50

# Not `lang`: that goes with every address, and whoever added it by habit would lose half of the shelf unawares.
LANGUAGE = Parameter(
    "language", one_of(LANGUAGES), {"type": "string", "enum": list(LANGUAGES)}, "Only texts in this language."
)

slots = Slots()
kept = OF_THE_SNAPSHOT


class Snapshot(PublicAddress):
    """The whole shelf in both languages: the first step of a copy that then follows `changes/`.

    One JSON value in each line (NDJSON). First a line of `kind` `snapshot` with the number of the journal's newest
    line; then every text that was live at it, each in its own language, with the members of its own address; last a
    line of `kind` `end`. **Without that last line it was broken off**: throw it away and begin anew.

    Each text is sent as it is when its turn comes. One that was withdrawn meanwhile is a line of `kind` `withdrawn`
    with its tombstone, one that was amended meanwhile is sent as amended: apply `changes/?after={sequence}` afterwards
    and your copy is the shelf as it is. To apply a line twice does no harm.

    The texts come in order of id and language, and nothing more may be concluded from the order. The `ETag` is weak: it
    stands for the journal's newest line and the parameters. A key with a scope narrows the snapshot to it.
    """

    is_in_one_language = False
    media_type: ClassVar[str] = MEDIA_TYPE
    limit = "snapshot"
    heeds_scope = True

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        kinds = list(OFFERS)
        self.parameters = (
            LANG,
            Parameter("kind", one_of(kinds), {"type": "string", "enum": kinds}, "Only items of this kind."),
            LANGUAGE,
        )

    def describe(self, component: Component) -> dict[str, Any]:
        lines = (shapes.SnapshotStart, *(offer.shape for offer in OFFERS.values()))
        return {
            "description": "One line: the first, an item or what stands in the place of a withdrawn one, the last.",
            "anyOf": [component(shape) for shape in (*lines, shapes.SnapshotWithdrawn, shapes.SnapshotEnd)],
        }

    def get(self, request: Request) -> HttpResponseBase:
        kinds, languages = self._narrowed()
        if "If-None-Match" in request.headers or request.method == "HEAD":
            # Streaming too, or it would say that the answer is no bytes long.
            empty = StreamingHttpResponse(content_type=MEDIA_TYPE)
            answer = self._headed(empty, queries.head(), kinds, languages)
            if answer.status_code == 304 or request.method == "HEAD":
                return answer
        # All strangers together are one: an address costs nothing, and they must not keep partners out.
        give_back = slots.take(self.caller.partner.pk if self.caller else None)
        if give_back is None:
            raise RefusedError("unavailable", gettext("The whole shelf is being fetched already, by others or by you."))
        try:
            start = snapshots.start(Extent(kinds, languages))
            first = shapes.SnapshotStart(
                sequence=start.head.sequence, head_hash=start.head.hash, count=start.count,
                kinds=kinds, languages=languages,
            )  # fmt: skip
            parts = Stream(lines(first, start), give_back)
        except BaseException:
            give_back()
            raise
        return self._headed(StreamingHttpResponse(parts, content_type=MEDIA_TYPE), start.head, kinds, languages)

    def _narrowed(self) -> tuple[list[str] | None, list[Language] | None]:
        """The kinds and languages that are asked for, within those of the key; None where nothing narrows them."""
        scope = self.scope
        kind, language = self.asked["kind"], self.asked["language"]
        named = (kind or next(iter(scope.kinds), "article"), language or next(iter(scope.languages), self.language))
        if not scope.covers(*named):
            raise out_of_scope(scope, *named)
        kinds = [kind] if kind else sorted(scope.kinds)
        languages: list[Language] = [language] if language else sorted(scope.languages)
        return kinds or None, languages or None

    def _headed(
        self, response: HttpResponseBase, head: queries.Head, kinds: Iterable[str] | None, languages: Any
    ) -> HttpResponseBase:
        headers.apply(response, "stream", vary=("Authorization",))
        name = json.dumps([VERSION, head.sequence, head.hash, kinds, languages])
        return unless_held(self.request, response, name)


def lines(first: shapes.SnapshotStart, start: Start) -> Iterator[bytes]:
    """Yield the lines, those of one page together; a fault on the way is logged and raised, and no end is told."""
    extent, sequence = Extent(first.kinds, first.languages), start.head.sequence
    sent: int = 0
    after: snapshots.Key | None = None
    try:
        yield _line(first)
        for run in _runs(extent, sequence):
            while run:
                # Given away in one breath with asking what has moved: what is withdrawn later has not stayed here.
                place = kept.follow()
                bodies = kept.held([_name(stand) for stand in run[:HANDFUL]], at=place)
                if not bodies:
                    bodies = [line.body for line in _made(extent, sequence, after, run, place)]
                yield b"".join(bodies)
                sent, after = sent + len(bodies), run[len(bodies) - 1].key
                del run[: len(bodies)]
        if sent != start.count:
            raise RuntimeError(f"{start.count} texts were live at line {sequence}, and {sent} were found")
    except Exception:
        logger.exception("the snapshot of line %d broke off behind %d texts", sequence, sent)
        raise
    yield _line(shapes.SnapshotEnd(count=sent))


def fill(goes_on: Callable[[], bool]) -> bool:
    """Make lines that are not kept yet, a few at a time, as long as there is room and `goes_on` says so each time.

    Returns whether nothing is left to be made.
    """
    extent, sequence = Extent(), queries.head().sequence
    after: snapshots.Key | None = None
    for run in _runs(extent, sequence):
        missing = set(kept.lacking([_name(stand) for stand in run]))
        while run:
            if _name(run[0]) not in missing:
                after = run.pop(0).key
                continue
            place = kept.follow()
            if place is None:
                return False
            made = _made(extent, sequence, after, run, place)
            after = run[len(made) - 1].key
            del run[: len(made)]
            if kept.is_full:
                return True
            if not goes_on():
                return False
    return True


def _runs(extent: Extent, sequence: int) -> Iterator[list[Stand]]:
    """Yield which texts there are, many at a time."""
    after: snapshots.Key | None = None
    is_more = True
    while is_more and (run := snapshots.stands(extent, sequence, after=after, limit=RUN)):
        after, is_more = run[-1].key, len(run) == RUN
        yield run


def _made(
    extent: Extent, sequence: int, after: snapshots.Key | None, run: Sequence[Stand], place: Place | None
) -> list[Made]:
    """Lines of the first of these texts, made now and kept; at least one."""
    names = [_name(stand) for stand in run[:PAGE]]
    lacking = set(kept.lacking(names))
    few = sum(1 for _ in takewhile(lacking.__contains__, names))
    # Read, made and given away in one breath: nothing that is withdrawn later has stayed here.
    page = snapshots.page(extent, sequence, after=after, limit=few or len(names))
    if [snapshots.stand(shelved).key for shelved in page] != [stand.key for stand in run[: len(page)]] or not page:
        raise RuntimeError("texts that were live have no standing any more")
    made = _item_lines(page)
    kept.keep((line for line in made if line.tags), since=place)
    return made


def _name(stand: Stand) -> str:
    """A line of another edition, or of before the journal touched its text, has another name."""
    return f"{stand.item} {stand.language} {stand.edition} {stand.sequence}"


def _item_lines(page: list[Shelved]) -> list[Made]:
    """The lines of these texts; one without tags is not to be kept."""
    linked: dict[Language, list[str]] = {}
    for shelved in page:
        if shelved.is_live:
            linked.setdefault(shelved.language, []).extend(shelved.document.linked_items())
    targets = {language: queries.targets(items, language) for language, items in linked.items()}
    # The words around an item are in its own language, whatever language was asked in.
    made: list[Made] = []
    with read_once():
        for shelved in page:
            with override(shelved.language), noting.recorded() as notes:
                body = _line(_value(shelved, targets))
            made.append(Made(_name(snapshots.stand(shelved)), body, _tags(shelved, notes)))
    return made


def _tags(shelved: Shelved, notes: noting.Notes) -> set[str]:
    """What a line depends on: what it was made of, and what was noted on the way; empty where that is not all."""
    if not shelved.is_live or not notes.is_kept or noting.EVERYTHING in notes.tags or notes.until is not None:
        return set()
    items = {shelved.item, *shelved.document.linked_items()}
    return notes.tags | {f"item:{item}" for item in items}


def _value(shelved: Shelved, targets: dict[Language, dict[str, Target]]) -> Any:
    if not shelved.is_live:
        tombstone = tombstone_of(shelved)
        return {
            "kind": "withdrawn",
            "tombstone": problem("withdrawn", shelved.language, tombstone["reason"], **tombstone),
        }
    offer = OFFERS[shelved.standing.kind]
    item = offer.shape(**offer.whole(shelved, targets[shelved.language]))
    return selected(item, None, offer.always)


def _line(value: Any) -> bytes:
    return msgspec.json.encode(value) + b"\n"
