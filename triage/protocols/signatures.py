"""Signatures of clinicians on protocols, and their revocation. Both tables are written once.

A signature is about words and logic, not about an edition: it names the digests of what was looked at, and the rows of
the self-care list that were ticked one by one. Whatever changes later makes other digests, and it holds for those no
more.
"""

from django.conf import settings
from django.db import models

from articles.canonical.languages import Language
from articles.content.fields import LineField, PassageField
from articles.editions.immutability import ImmutableModel


class Signature(ImmutableModel):
    """`rows` are the keys of the self-care rows that were ticked; the note is for colleagues only."""

    protocol = models.UUIDField()
    logic_digest = models.CharField(max_length=64)
    content_digest_ru = models.CharField(max_length=64)
    content_digest_en = models.CharField(max_length=64)
    self_care_digest = models.CharField(max_length=64)
    rows = models.JSONField(default=list)
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name_ru = LineField(max_length=200)
    name_en = LineField(max_length=200)
    signed_at = models.DateTimeField()
    next_review_on = models.DateField()
    note = PassageField(blank=True)

    class Meta:
        ordering = ["signed_at", "pk"]
        indexes = [models.Index(name="signatures_by_protocol", fields=["protocol", "logic_digest"])]

    def __str__(self) -> str:
        return f"{self.protocol} {self.logic_digest[:12]}"

    def name_in(self, language: str) -> str:
        """Return the signer's public name for readers of a language."""
        return self.name_en if language == "en" else self.name_ru

    def content_digest(self, language: Language) -> str:
        """Return the digest of the words of a language that were signed."""
        return self.content_digest_en if language == "en" else self.content_digest_ru

    @property
    def is_revoked(self) -> bool:
        return hasattr(self, "revocation")


class SignatureRevocation(ImmutableModel):
    """The signer no longer stands by a signature; the reason is for colleagues only."""

    signature = models.OneToOneField(Signature, models.PROTECT, related_name="revocation")
    revoked_at = models.DateTimeField()
    reason = LineField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.signature_id}"
