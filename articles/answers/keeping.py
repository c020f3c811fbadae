"""What of the answers that Django makes may be kept and given to everybody who asks for the same."""

from collections.abc import Callable, Mapping
from typing import Any

from articles.answers.encoding import Whole
from articles.answers.finished import Finished, Headers, Key
from articles.editions import noting

Start = Callable[..., Any]

# What may be kept, by the kind of the answer (articles/answers/headers.py).
KEPT: Mapping[str, frozenset[int]] = {
    "page": frozenset({200}), "answer": frozenset({200}), "gone": frozenset({410}), "moved": frozenset({301}),
}  # fmt: skip

_VARIES = frozenset({"accept-encoding", "accept-language"})
_ONE_FORM = frozenset({"set-cookie", "ratelimit", "retry-after"})


class Begun:
    """What an application has begun to answer; told to whoever waits for it."""

    def __init__(self, start_response: Start) -> None:
        self._start_response = start_response
        self.status, self.code = "", 0
        self.headers: Headers = []

    def __call__(self, status: str, headers: Headers, *more: Any) -> Any:
        self.status, self.code, self.headers = status, int(status[:3]), list(headers)
        return self._start_response(status, headers, *more)


def finished_of(key: Key, begun: Begun, answer: Any, notes: noting.Notes) -> Finished | None:
    """What may be kept of an answer that Django has made; None where nothing may."""
    kind, whole = getattr(answer, "answer_kind", ""), getattr(answer, "whole", None)
    if not notes.is_kept or not notes.tags or not isinstance(whole, Whole):
        return None
    if begun.code not in KEPT.get(kind, ()) or not _is_for_all(begun.headers, varies_by_language=bool(key[3])):
        return None
    return Finished.of(kind, begun.status, begun.headers, whole, frozenset(notes.tags), notes.until)


def _is_for_all(headers: Headers, *, varies_by_language: bool) -> bool:
    """Whether the headers of an answer allow to give it to everybody with the same key."""
    for name, value in ((name.lower(), value.lower()) for name, value in headers):
        if name in _ONE_FORM or (name == "cache-control" and ("no-store" in value or "private" in value)):
            return False
        if name == "content-security-policy" and "nonce-" in value:
            return False
        if name == "vary":
            named = {one.strip() for one in value.split(",")}
            if not named <= _VARIES or ("accept-language" in named and not varies_by_language):
                return False
    return True
