"""Every model says whether its rows may change; rows that may not refuse it in Python and in the database."""

from typing import Any, ClassVar, Literal, NoReturn

from django.db import models


class ImmutableError(TypeError):
    """Raised on every attempt to change or remove a row that was written for good."""


class ImmutableQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise ImmutableError(f"{self.model.__name__} rows are never changed")

    def delete(self) -> NoReturn:
        raise ImmutableError(f"{self.model.__name__} rows are never deleted")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ImmutableError(f"{self.model.__name__} rows are never changed")


class ImmutableModel(models.Model):
    mutability: ClassVar[Literal["immutable"]] = "immutable"

    objects = ImmutableQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ImmutableError(f"{type(self).__name__} rows are never changed")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ImmutableError(f"{type(self).__name__} rows are never deleted")
