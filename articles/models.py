"""The register of tables: it imports every model so that Django finds it, and nobody imports it."""

from articles.content.accounts import Accounts, AccountsEntry
from articles.content.blocks import BLOCKS
from articles.content.care import CareBox, CareService
from articles.content.evidence import EvidenceRow, EvidenceTable
from articles.content.experts import Expert
from articles.content.organisations import Organisation
from articles.content.pictures import Picture
from articles.content.quotes import Quote
from articles.content.sources import Source
from articles.content.terms import Term
from articles.content.texts import Article, FaqEntry, Page, Text
from articles.content.topics import Topic
from articles.editions.expunged import Expunged
from articles.editions.shelf import (
    Address,
    Change,
    Edition,
    JournalHead,
    KnownService,
    Mention,
    Standing,
    WithdrawnPart,
)
from articles.editorial.comments import Comment
from articles.editorial.confirmations import Confirmation
from articles.editorial.presence import Presence
from articles.editorial.revisions import Revision
from articles.editorial.scratch import ScratchCopy
from articles.editorial.signoffs import Revocation, SignOff
from articles.editorial.transitions import Transition
from articles.partners.deliveries import Attempt, Delivery
from articles.partners.endpoints import Endpoint
from articles.partners.keys import Key
from articles.partners.partner import Application, Partner
from articles.partners.places import Place
from articles.partners.reminders import Heralded, Reminder
from articles.partners.usage import UsageDay
from articles.publishing.dues import Due
from articles.publishing.erasures import ErasureRequest
from articles.search.tables import IndexedText, IndexedWord, IndexState

__all__ = [
    "BLOCKS", "Accounts", "AccountsEntry", "Address", "Application", "Article", "Attempt", "CareBox", "CareService",
    "Change", "Comment", "Confirmation", "Delivery", "Due", "Edition", "Endpoint", "ErasureRequest", "EvidenceRow",
    "EvidenceTable", "Expert", "Expunged", "FaqEntry", "Heralded", "IndexState", "IndexedText", "IndexedWord",
    "JournalHead", "Key", "KnownService", "Mention", "Organisation", "Page", "Partner", "Picture", "Place", "Presence",
    "Quote", "Reminder", "Revision", "Revocation", "ScratchCopy", "SignOff", "Source",
    "Standing", "Term", "Text", "Topic", "Transition",
    "UsageDay", "WithdrawnPart",
]  # fmt: skip
