"""Protocols in the table of what the interface offers: list, item, editions and documents follow from it."""

from articles.api.v1 import offers
from articles.api.v1.offers import Offer
from articles.api.v1.selecting import ALWAYS
from triage.api import shapes
from triage.api.presenting import short, whole

# What must be shown with every part of a protocol, and what says whether it may still be shown.
_ALWAYS = (*ALWAYS, "status", "label", "logic_digest", "expires_on")

OFFER = Offer(
    "protocol", "triage protocol", "triage protocols",
    shapes.TriageProtocolShort, shapes.TriageProtocol, short, whole,
    always=_ALWAYS, by_slug=True,
)  # fmt: skip


def register() -> None:
    """Add protocols to the table; raise ValueError if they are there."""
    offers.register(OFFER)
