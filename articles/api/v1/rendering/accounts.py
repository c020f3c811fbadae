"""Accounts side by side: what several people or passages say on one point, each with its whole context."""

from articles.api.v1.rendering.markup import apart, inline, paragraphs, title
from articles.api.v1.rendering.quotes import quote_html, quote_text, withdrawal_html, withdrawal_text
from articles.api.v1.rendering.surroundings import Surroundings
from articles.editions import wording
from articles.editions.parts import Account, Accounts


def accounts_html(accounts: Accounts, around: Surroundings) -> str:
    """Return the point, the neutral note, and every account or the notice in its place."""
    differ = f"<p><strong>{inline(str(wording.EXPERTS_DIFFER))}.</strong></p>" if accounts.they_differ() else ""
    entries = "".join(account_html(entry, around) for entry in accounts.entries)
    note = paragraphs(accounts.note, around.marks_html(accounts.cited))
    return f"<section>{title(heading(accounts))}{differ}{note}{entries}</section>"


def accounts_text(accounts: Accounts, around: Surroundings) -> str:
    """Return the same as plain text."""
    differ = f"{wording.EXPERTS_DIFFER}." if accounts.they_differ() else ""
    note = (accounts.note + around.marks_text(accounts.cited)).strip()
    return apart(heading(accounts), differ, note, *(account_text(entry, around) for entry in accounts.entries))


def account_html(entry: Account, around: Surroundings) -> str:
    """Return one account; once it is withdrawn, the notice."""
    if entry.quote:
        return quote_html(entry.quote, around)
    return withdrawal_html(entry.withdrawn) if entry.withdrawn else ""


def account_text(entry: Account, around: Surroundings) -> str:
    """Return one account as plain text."""
    if entry.quote:
        return quote_text(entry.quote, around)
    return withdrawal_text(entry.withdrawn) if entry.withdrawn else ""


def heading(accounts: Accounts) -> str:
    """Return the point on which they are compared, or what this is."""
    return accounts.title or str(wording.ACCOUNTS)
