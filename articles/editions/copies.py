"""Whether a copy on paper or in somebody's files is still current: asked by the digest that stands on it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Literal

from django.db.models import Q

from articles.editions import histories, queries
from articles.editions.envelope import ChangeClass, Envelope
from articles.editions.queries import Shelved
from articles.editions.recalls import Recall, recalls
from articles.editions.shelf import Edition

State = Literal["current", "outdated", "withdrawn_in_part", "withdrawn", "unknown", "ambiguous"]

SHORTEST = 12
LONGEST = 64

# People type from paper. No digit looks like these letters, so nothing else can have been meant: Cyrillic letters that
# look like Latin ones, and letters that look like digits.
_LOOKALIKES = str.maketrans("асевбоoзlіi|", "aceb600" + "3" + "1111")
_IGNORED = re.compile(r"[\s\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}‐‑‒–—-]+")


@dataclass(frozen=True)
class Code:
    """A digest or the beginning of one as somebody typed it; `problem` is empty if it can be looked for.

    `length` is how many characters were typed, `wrong` those of them that occur in no digest.
    """

    prefix: str
    problem: Literal["", "short", "long", "characters"]
    length: int
    wrong: str = ""


@dataclass(frozen=True)
class Copy:
    """What became of the text that a copy was made of.

    `shelved` is where the text stands now, `edition` the copy's own, `later` the envelopes that came after it, oldest
    first. `recall` says which part was withdrawn since. Of what is unknown or ambiguous there is none of these.
    """

    state: State
    shelved: Shelved | None = None
    edition: Edition | None = None
    later: Sequence[Envelope] = ()
    recall: Recall | None = None

    @property
    def classes(self) -> list[ChangeClass]:
        """The classes of all changes since, the worst first."""
        return histories.gravest_first(self.later)

    @property
    def has_same_words(self) -> bool:
        """Whether the edition that is live says the same, word for word."""
        if not (self.edition and self.shelved):
            return False
        return self.edition.content_digest == self.shelved.standing.edition.content_digest


def read_code(typed: str) -> Code:
    """Return the code without spaces, in small letters, with the mistakes undone that can only be slips of the eye.

    Of a whole address by which a copy is checked, what stands behind `digest=` is the code.
    """
    typed = typed.rpartition("digest=")[2].partition("&")[0]
    plain = _IGNORED.sub("", typed).casefold().translate(_LOOKALIKES)
    wrong = "".join(dict.fromkeys(sign for sign in plain if sign not in "0123456789abcdef"))
    if wrong:
        return Code("", "characters", len(plain), wrong)
    if not SHORTEST <= len(plain) <= LONGEST:
        return Code("", "short" if len(plain) < SHORTEST else "long", len(plain))
    return Code(plain, "", len(plain))


_Text = tuple[str, str]


def copy_of(prefix: str) -> Copy:
    """Return what became of the text with this digest, of an edition or of its words alone, or with this beginning.

    `prefix` comes from `read_code`. Two to six queries, whatever the shelf holds.
    """
    return copies_of([prefix])[prefix]


def copies_of(prefixes: Iterable[str]) -> dict[str, Copy]:
    """Return the same of several at once, by what was asked for; as many queries as for one."""
    named = _with_digests(prefixes)
    meant = [found[0] for found in named.values() if len(found) == 1]
    shelves: dict[_Text, Shelved] = {
        (one.item, one.language): one for one in queries.shelved((row.item, row.language) for row in meant)
    }
    old = [edition for edition in meant if _is_old(edition, shelves.get(_text(edition)))]
    since = _later(old)
    gone = recalls(old)
    return {
        prefix: _copy(found, shelves, since, gone) if len(found) < 2 else Copy("ambiguous")
        for prefix, found in named.items()
    }


def _text(edition: Edition) -> _Text:
    return str(edition.item), edition.language


def _is_old(edition: Edition, shelved: Shelved | None) -> bool:
    return shelved is not None and shelved.is_live and edition.number < shelved.standing.edition.number


def _copy(
    found: Sequence[Edition],
    shelves: Mapping[_Text, Shelved],
    since: Mapping[int, Sequence[Envelope]],
    gone: Mapping[int, Recall],
) -> Copy:
    edition = found[0] if found else None
    shelved = shelves.get(_text(edition)) if edition else None
    if edition is None or shelved is None:
        return Copy("unknown")
    if not shelved.is_live:
        return Copy("withdrawn", shelved, edition)
    if not _is_old(edition, shelved):
        return Copy("current", shelved, edition)
    recalled = gone.get(edition.pk)
    return Copy("withdrawn_in_part" if recalled else "outdated", shelved, edition, since[edition.pk], recalled)


def _later(editions: Sequence[Edition]) -> dict[int, list[Envelope]]:
    """The envelopes that came after each edition, oldest first, by its key; one query, none without editions."""
    if not editions:
        return {}
    rows = Edition.objects.filter(
        reduce(or_, (Q(item=one.item, language=one.language, number__gt=one.number) for one in editions))
    )
    texts: dict[_Text, list[Edition]] = {}
    for row in rows.defer("document_json").order_by("number"):
        texts.setdefault(_text(row), []).append(row)
    return {one.pk: [row.envelope for row in texts.get(_text(one), ()) if row.number > one.number] for one in editions}


def _with_digests(prefixes: Iterable[str]) -> dict[str, list[Edition]]:
    """The edition that is meant by each; two where several could be. Of editions with the same words the newest is
    meant. Documents are left on the shelf."""
    named = _beginning("digest", list(dict.fromkeys(prefixes)))
    words = _beginning("content_digest", [prefix for prefix, found in named.items() if not found])
    for prefix, found in words.items():
        newest = {row.content_digest: row for row in sorted(found, key=lambda row: row.number)}
        named[prefix] = list(newest.values())
    return named


def _beginning(which: Literal["digest", "content_digest"], prefixes: Sequence[str]) -> dict[str, list[Edition]]:
    """The editions whose digest begins with each; one query, none without prefixes.

    As ranges, so that the index serves a beginning as it serves a whole digest.
    """
    if not prefixes:
        return {}
    ranges = (Q(**{f"{which}__range": (one.ljust(LONGEST, "0"), one.ljust(LONGEST, "f"))}) for one in prefixes)
    rows = list(Edition.objects.filter(reduce(or_, ranges)).select_related("expunged").defer("document_json"))
    return {one: [row for row in rows if getattr(row, which).startswith(one)] for one in prefixes}
