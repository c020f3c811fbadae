"""The text that was signed or returned, kept beside what was said of it, so that a reviewer sees what changed since:
readers may never have seen those words."""

from typing import ClassVar, Literal
from uuid import UUID

from django.db import models

from articles.canonical.languages import Language


class SignedText(models.Model):
    """The canonical bytes of a text somebody signed or returned; empty once they were erased for good."""

    mutability: ClassVar[Literal["immutable"]] = "immutable"

    kind = models.CharField(max_length=20)
    item = models.UUIDField()
    language = models.CharField(max_length=2)
    content_digest = models.CharField(max_length=64)
    document_json = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_signed_text_is_kept_once", fields=["item", "language", "content_digest"])
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item} {self.language} {self.content_digest[:12]}"


def keep_signed(kind: str, item: UUID | str, language: Language, content_digest: str, document_json: str) -> None:
    """Keep a text that is being signed or returned; a second time the same words add nothing."""
    SignedText.objects.get_or_create(
        item=item,
        language=language,
        content_digest=content_digest,
        defaults={"kind": kind, "document_json": document_json},
    )


def signed_text(item: UUID | str, language: Language, content_digest: str) -> str:
    """Return the bytes of a text that was signed; empty where they were not kept, or erased since."""
    row = SignedText.objects.filter(item=item, language=language, content_digest=content_digest).first()
    return row.document_json if row else ""
