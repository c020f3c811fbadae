"""One site for one run: its database, its texts, its server."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.loading import Asked, one
from tests.bench.serving import Running, granian

if TYPE_CHECKING:
    from uuid import UUID

# Answers are compared as a program without special wishes gets them: whoever packs them does more.
PLAINLY = {"Accept": "*/*", "User-Agent": "bench"}
_OF_THE_SERVER = frozenset({"date", "server", "connection", "transfer-encoding"})


@dataclass
class Site:
    """The site that is measured. `is_full` asks for the full sizes; `large` texts have a page of 20 to 25 KB.

    `figures` are what one measurement leaves for another: milliseconds of CPU and megabytes (`sizing`).
    """

    room: Path
    is_full: bool
    large: int = 0
    notes: list[str] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)

    @property
    def log(self) -> Path:
        return self.room / "log"

    @property
    def environment(self) -> dict[str, str]:
        """What a server is told. Without lines of the snapshot: making them would be measured with everything else."""
        given = {name: os.environ[name] for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
        return given | {"SNAPSHOT_MEGABYTES": "0"}

    @property
    def lines(self) -> Path:
        """Where a server that keeps lines of the snapshot has them."""
        return self.room / "lines"

    def pick(self, quick: int, full: int) -> int:
        """Return a size for this run."""
        return full if self.is_full else quick

    def grow(self, number: int) -> None:
        """Bring the site to so many generated texts."""
        from tests.bench.making.corpus import make_corpus

        make_corpus(number)

    def has_large(self, number: int) -> None:
        """Begin with so many texts of the large kind; only an empty site can."""
        from tests.bench.making.corpus import make_corpus
        from tests.bench.making.moulds import LARGE

        if not self.large:
            make_corpus(number, paragraphs=(LARGE,), moulds_at_most=6)
            self.large = number

    @contextmanager
    def served(self, *, with_lines: bool = False) -> Iterator[Running]:
        """Run the server of production on this site; with lines of the snapshot it has those that are there."""
        given = {"SNAPSHOT_MEGABYTES": "4096", "SNAPSHOT_LINES": str(self.lines)} if with_lines else {}
        with granian("site", "tests.bench.served:application", {**self.environment, **given}, self.log) as running:
            yield running

    def key(self) -> str:
        """Return the text of a partner's key that opens everything."""
        from django.utils import timezone

        from articles.partners import keys
        from articles.partners.partner import Partner
        from tests.bench.making.moulds import somebody

        mail = "nobody@example.org"
        partner, _is_new = Partner.objects.get_or_create(
            name="Measuring",
            defaults={"email": mail, "safety_email": mail, "language": "en", "created_at": timezone.now(),
                      "created_by": somebody()},
        )  # fmt: skip
        return keys.issue(partner, at=timezone.now())[1]


def large_text() -> "tuple[UUID, str, str]":
    """Return id and both slugs of the large text that every site has."""
    from tests.bench.making import moulds, words

    return words.key("article", "large"), moulds.LARGE_SLUG["ru"], moulds.LARGE_SLUG["en"]


def articles(start: int, until: int) -> "list[tuple[UUID, str, str]]":
    """Return id and both slugs of generated articles in the order in which they last moved."""
    from articles.editions.shelf import Standing

    rows = Standing.objects.filter(kind="article").order_by("sequence")
    found: dict[UUID, dict[str, str]] = {}
    for item, language, slug in rows.values_list("item", "language", "slug")[2 * start : 2 * until]:
        found.setdefault(item, {})[language] = slug
    return [(item, slugs["ru"], slugs["en"]) for item, slugs in found.items() if len(slugs) == 2]


def kept_answer(running: Running, asked: Asked, file: Path) -> dict[str, str]:
    """Keep an answer for the servers that give nothing but this one; return its headers."""
    head, body = one(running, asked, asked.paths[0])
    lines = head.decode("latin-1").split("\r\n")[1:]
    pairs = [line.split(": ", 1) for line in lines if ": " in line]
    headers = [(name, value) for name, value in pairs if name.lower() not in _OF_THE_SERVER]
    file.write_text(json.dumps({"headers": headers, "body": body.decode("latin-1")}))
    return {name.lower(): value for name, value in pairs}
