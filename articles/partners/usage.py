"""How much a partner asks. Counted in memory and written down now and then: a request waits for no row."""

from typing import ClassVar, Literal

from django.db import models

from articles.partners.keys import Key


class UsageDay(models.Model):
    """Requests with one key on one day (UTC): how many, of them answered with 304, and of them refused."""

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    key = models.ForeignKey(Key, models.CASCADE, related_name="usage")
    day = models.DateField()
    requests = models.PositiveBigIntegerField(default=0)
    unchanged = models.PositiveBigIntegerField(default=0)
    refused = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_count_per_key_and_day", fields=["key", "day"])]

    def __str__(self) -> str:
        return f"{self.key} {self.day:%Y-%m-%d}"
