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
from articles.editorial.audit import AuditEntry
from articles.editorial.checklists import Answer, Waiver
from articles.editorial.comments import Comment
from articles.editorial.confirmations import Confirmation
from articles.editorial.part_confirmations import PartConfirmation, PartRevocation
from articles.editorial.presence import Presence
from articles.editorial.review_plans import ReviewPlan
from articles.editorial.revisions import Revision
from articles.editorial.rights import OneLanguage
from articles.editorial.scratch import ScratchCopy
from articles.editorial.signed_texts import SignedText
from articles.editorial.signoffs import Revocation, SignOff
from articles.editorial.transitions import Transition
from articles.editorial.translation_tasks import MovedObject, TranslationTask
from articles.partners.deliveries import Attempt, Delivery
from articles.partners.endpoints import Endpoint
from articles.partners.keys import Key
from articles.partners.partner import Application, Partner
from articles.partners.places import Place
from articles.partners.reminders import Heralded, Reminder
from articles.partners.usage import UsageDay
from articles.publishing.desk_letters import DeskLetter
from articles.publishing.dues import Due
from articles.publishing.erasures import ErasureRequest
from articles.publishing.gists import DriftingPart, Gist, GistState, Reading, Touched
from articles.publishing.heartbeat import Heartbeat
from articles.search.tables import IndexedText, IndexedWord, IndexState

__all__ = [
    "BLOCKS", "Accounts", "AccountsEntry", "Address", "Answer", "Application", "Article", "Attempt", "AuditEntry",
    "CareBox", "CareService", "Change", "Comment", "Confirmation", "Delivery", "DeskLetter", "DriftingPart", "Due",
    "Edition", "Endpoint", "ErasureRequest", "EvidenceRow", "EvidenceTable", "Expert", "Expunged", "FaqEntry", "Gist",
    "GistState", "Heartbeat", "Heralded", "IndexState", "IndexedText", "IndexedWord", "JournalHead", "Key",
    "KnownService", "Mention", "MovedObject", "OneLanguage", "Organisation", "Page", "PartConfirmation",
    "PartRevocation", "Partner",
    "Picture", "Place", "Presence", "Quote", "Reading", "Reminder", "ReviewPlan", "Revision", "Revocation",
    "ScratchCopy", "SignOff", "SignedText", "Source", "Standing", "Term", "Text", "Topic", "Touched", "Transition",
    "TranslationTask", "UsageDay", "Waiver", "WithdrawnPart",
]  # fmt: skip
