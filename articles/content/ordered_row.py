"""Rows that belong to one object, in an order: blocks of a text, options of an evidence table, accounts."""

import uuid
from typing import ClassVar, Literal, Self

from django.db import models

from articles.content.labels import label


class OrderedRow(models.Model):
    """`kind` names the row in files and histories. The concrete class has the foreign key `parent`."""

    mutability: ClassVar[Literal["mutable"]] = "mutable"
    internal: ClassVar[frozenset[str]] = frozenset({"ordering"})
    kind: ClassVar[str]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ordering = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["ordering", "id"]

    def __str__(self) -> str:
        return label(self)

    @classmethod
    def of(cls, parent: uuid.UUID) -> models.QuerySet[Self]:
        """The rows of one object."""
        return cls._default_manager.filter(models.Q(parent=parent))

    @property
    def holder(self) -> models.Model:
        """The object that the row belongs to."""
        return self.parent  # type: ignore[attr-defined]
