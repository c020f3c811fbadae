"""Whether a copy on paper or in somebody's files is still current: asked by the digest that stands on it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from articles.editions import histories, queries
from articles.editions.envelope import ChangeClass, Envelope
from articles.editions.queries import Shelved
from articles.editions.recalls import Recall, recall
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


def copy_of(prefix: str) -> Copy:
    """Return what became of the text with this digest, of an edition or of its words alone, or with this beginning.

    `prefix` comes from `read_code`. Two to six queries, whatever the shelf holds.
    """
    found = _with_digest(prefix)
    if len(found) > 1:
        return Copy("ambiguous")
    if not found:
        return Copy("unknown")
    edition = found[0]
    standing = queries.by_item(edition.item)
    shelved = standing.shelved(edition.language) if standing else None  # type: ignore[arg-type]
    if shelved is None:
        return Copy("unknown")
    if not shelved.is_live:
        return Copy("withdrawn", shelved, edition)
    if edition.number >= shelved.standing.edition.number:
        return Copy("current", shelved, edition)
    gone = recall(edition)
    return Copy("withdrawn_in_part" if gone else "outdated", shelved, edition, histories.later(edition), gone)


def _with_digest(prefix: str) -> list[Edition]:
    """The edition that is meant; two where several could be. Of editions with the same words the newest is meant."""
    # As a range, so that the index serves a beginning as it serves a whole digest.
    between = (prefix.ljust(LONGEST, "0"), prefix.ljust(LONGEST, "f"))
    named = list(Edition.objects.filter(digest__range=between).order_by("digest")[:2])
    if named:
        return named
    same = Edition.objects.filter(content_digest__range=between)
    contents = list(same.order_by("content_digest").values_list("content_digest", flat=True).distinct()[:2])
    if not contents:
        return []
    newest = same.filter(content_digest=contents[0]).order_by("-number")[:1]
    return [*newest, *same.filter(content_digest__in=contents[1:])[:1]]
