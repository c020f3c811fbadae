"""Accounts side by side: what several people or passages say on one point, each with its whole context."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from articles.editions.anchors import anchor
from articles.editions.blocks import QuoteBlock
from articles.editions.parts import Account, Accounts
from articles.reader.presenters.passages import paragraphs
from articles.reader.presenters.quotes import NoticeView, QuoteView, quote_notice, quote_view
from articles.reader.presenters.setting import Setting


@dataclass(frozen=True)
class SideView:
    """`said` is a quote, or the notice in the place of a withdrawn one."""

    anchor: str
    said: QuoteView | NoticeView


@dataclass(frozen=True)
class AccountsView:
    title: str
    experts_differ: bool
    sides: list[SideView]
    note: list[str]
    marks: list[SafeString]


def accounts_view(accounts: Accounts, setting: Setting) -> AccountsView:
    """Return the accounts in their order, then the note."""
    return AccountsView(
        title=accounts.title,
        experts_differ=accounts.they_differ(),
        sides=[SideView(anchor(entry.id), quote_or_notice(entry, setting)) for entry in accounts.entries],
        note=paragraphs(accounts.note),
        marks=setting.citing.marks(accounts.cited),
    )


def quote_or_notice(place: QuoteBlock | Account, setting: Setting) -> QuoteView | NoticeView:
    """Return what stands in a place for a quote; raise ValueError if there is neither a quote nor a notice."""
    if place.quote:
        return quote_view(place.quote, setting)
    if place.withdrawn:
        return quote_notice(place.withdrawn)
    raise ValueError(f"{place.id} holds neither a quote nor a notice")
