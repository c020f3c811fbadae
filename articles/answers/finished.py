"""One finished answer: its status, headers and bytes in every form in which it is sent, each made once."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from articles.answers import encoding
from articles.answers.encoding import CODINGS, IDENTITY, Whole

Headers = list[tuple[str, str]]
# What an answer is known by: path, query, whether it was asked for by https, and a language where that was negotiated.
Key = tuple[str, str, bool, str]

NEVER = float("-inf")

# What belongs to one form of an answer.
_OF_A_FORM = frozenset({"content-encoding", "content-length", "etag"})
# What a 304 does not repeat; `conditional` gives the same.
_OF_A_BODY = _OF_A_FORM | {"content-type", "x-robots-tag"}

# What an answer takes beside its bytes, roughly: headers, tags and places in tables.
_BESIDE, _PER_TAG = 3000, 150


@dataclass(frozen=True)
class Form:
    """What goes to the server as it is. `figure` is what it counts as: kind and status."""

    status: str
    code: int
    headers: Headers
    body: list[bytes]
    figure: tuple[str, int]


@dataclass(eq=False)
class Finished:
    """`headers` are those that all forms share; `until` is the moment (seconds since 1970) from which it is old, `used`
    when it was last asked for, by a clock that never goes back."""

    kind: str
    status: str
    code: int
    headers: Headers
    whole: Whole
    tags: frozenset[str]
    until: float | None = None
    used: float = NEVER
    forms: dict[str, Form] = field(default_factory=dict)
    unchanged: dict[str, Form] = field(default_factory=dict)
    # What was found out once: by the codings that are accepted, and by what is held besides. There are few of both.
    _sent: dict[tuple[str, ...], Form] = field(default_factory=dict)
    _held: dict[tuple[str, tuple[str, ...]], Form] = field(default_factory=dict)

    @classmethod
    def of(
        cls, kind: str, status: str, headers: Headers, whole: Whole, tags: frozenset[str], until: datetime | None = None
    ) -> "Finished":
        """Return the answer of which Django has just made one form, whichever that was."""
        shared = [(name, value) for name, value in headers if name.lower() not in _OF_A_FORM]
        end = until.timestamp() if until else None
        return cls(kind, status, int(status[:3]), shared, whole, tags, end)

    def form(self, accepted: tuple[str, ...]) -> Form:
        """Return the form for whoever accepts these codings, best first."""
        return self._sent.get(accepted) or self._sent.setdefault(accepted, self._for(accepted))

    def pack(self, names: Iterable[str]) -> None:
        """Make the forms in these codings before anybody asks for them."""
        for name in names:
            self._for((name, IDENTITY))

    def _for(self, accepted: tuple[str, ...]) -> Form:
        name = IDENTITY
        if self.whole.is_packable:
            name = encoding.sent_as(accepted, len(self.whole.body))
        return self.forms.get(name) or self.forms.setdefault(name, self._made(name))

    def held(self, header: str, accepted: tuple[str, ...]) -> Form | None:
        """Return the 304 for whoever holds one of the forms that it accepts, as `If-None-Match` says; else None."""
        known = self._held.get((header, accepted))
        if known is not None or not self.whole.tag or self.code != 200:
            return known
        tag = encoding.held(header, self._tags(accepted))
        if tag is None:
            return None
        form = self.unchanged.get(tag) or self.unchanged.setdefault(tag, self._unchanged(tag))
        # One tag, as browsers and partners send it; of what else may stand in a header there is no end.
        if header.removeprefix("W/") == tag:
            self._held[header, accepted] = form
        return form

    @property
    def is_over(self) -> bool:
        """Whether the moment has come from which it is old."""
        return self.until is not None and time.time() >= self.until

    @property
    def size(self) -> int:
        """How many bytes it takes with all its forms, roughly."""
        # What a coding makes of it is counted before it is made: nobody asks again how much is held.
        packed = len(self.whole.body) // 3 * len(CODINGS) if self.whole.is_packable else 0
        return len(self.whole.body) + packed + _BESIDE + _PER_TAG * len(self.tags)

    def _tags(self, accepted: Sequence[str]) -> list[str]:
        if not self.whole.is_packable:
            return [self.whole.tag]
        sent = encoding.sent_as(accepted, len(self.whole.body))
        names = [sent, *(name for name in accepted if name != sent)]
        return [encoding.form_tag(self.whole.tag, name, with_care=self.whole.with_care) for name in names]

    def _made(self, name: str) -> Form:
        whole, own = self.whole, {}
        body = whole.body if name == IDENTITY else encoding.packed(whole.body, name, with_care=whole.with_care)
        if name != IDENTITY:
            own["Content-Encoding"] = name
        own["Content-Length"] = str(len(body))
        if whole.tag:
            own["ETag"] = encoding.form_tag(whole.tag, name, with_care=whole.with_care)
        return Form(self.status, self.code, [*self.headers, *own.items()], [body], (self.kind, self.code))

    def _unchanged(self, tag: str) -> Form:
        own: Mapping[str, str] = {"ETag": tag, "Content-Length": "0"}
        kept = [(name, value) for name, value in self.headers if name.lower() not in _OF_A_BODY]
        return Form("304 Not Modified", 304, [*kept, *own.items()], [b""], (self.kind, 304))
