"""Texts that are withdrawn and corrected, and partners who come behind at their own pace."""

from datetime import datetime, timedelta

from articles.editions.shelf import Change
from articles.partners.partner import Partner
from tests.factories.documents import NOON, a_document, an_english_document, an_id, shelve, text, withdraw
from tests.factories.partners import make_partner

BEFORE = NOON - timedelta(days=1)


def after(**spans: float) -> datetime:
    """Return a moment after noon."""
    return NOON + timedelta(**spans)


def a_live_text(name: str = "article", *, at: datetime = BEFORE) -> str:
    """Put a text on the shelf in English and return its id."""
    document = an_english_document(text("Words."), title=f"About {name}", slug=name)
    shelve(document, "en", item=an_id(name), at=at)
    return an_id(name)


def a_withdrawal(name: str = "article", *, at: datetime = NOON) -> Change:
    """Publish a text in English, withdraw it for safety at noon, and return the line that says so."""
    withdraw(a_live_text(name), "en", reason="The dose was wrong.", reason_code="safety", at=at)
    return newest_line()


def newest_line() -> Change:
    """Return the newest line of the journal."""
    return Change.objects.latest("sequence")


def a_partner(name: str, **given: object) -> Partner:
    """Return somebody who was a partner before noon."""
    return make_partner(name, **({"created_at": BEFORE} | given))


__all__ = ["BEFORE", "NOON", "a_document", "a_live_text", "a_partner", "a_withdrawal", "after", "newest_line", "shelve"]
