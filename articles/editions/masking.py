"""Notices in the place of what was withdrawn: a quote gives way to its notice, a source stands beside it.

One rule for all: what the press does to live texts when a part is withdrawn is what pages do to old editions.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

import msgspec

from articles.editions.blocks import QuoteBlock
from articles.editions.parts import Account, PartWithdrawal, SharedPart, Source
from articles.editions.value import Value, exchanged

_V = TypeVar("_V", bound=Value)
_NoticeOf = Callable[[SharedPart], PartWithdrawal | None]


def noticed(value: _V, notice_of: _NoticeOf) -> _V:
    """Return a place for a quote, or a source, with its notice if `notice_of` has one; anything else as it is."""
    if isinstance(value, QuoteBlock | Account) and value.quote:
        if notice := notice_of(value.quote):
            required = {"required": True} if isinstance(value, QuoteBlock) else {}
            return msgspec.structs.replace(value, quote=None, withdrawn=notice, **required)
    elif isinstance(value, Source) and (notice := notice_of(value)):
        return msgspec.structs.replace(value, withdrawn=notice)
    return value


def masked(value: _V, notices: Mapping[str, PartWithdrawal]) -> _V:
    """Return a document or a part of it with notices in the place of these quotes and beside these sources (by id).

    A source that has a notice already keeps it. The same object where there is nothing to hide.
    """
    return _masked(value, lambda part: None if getattr(part, "withdrawn", None) else notices.get(part.id))


def _masked(value: _V, notice_of: _NoticeOf) -> _V:
    return noticed(exchanged(value, partial(_masked, notice_of=notice_of)), notice_of)
