"""Why a text is taken off the shelf: the codes that partners may act on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.editions.envelope import ChangeClass


class WithdrawalReason(models.TextChoices):
    SAFETY = "safety", _("it could harm")
    ERROR = "error", _("it was wrong")
    OUTDATED = "outdated", _("it is out of date")
    SOURCE = "source", _("its source was withdrawn")
    REQUEST = "request", _("the speaker or owner asked for it")
    LEGAL = "legal", _("legal reasons")
    DUPLICATE = "duplicate", _("another text replaces it")
    FOLLOWS = "follows", _("it did not follow a safety change of the other language")
    EXPIRED = "expired", _("its time had come")


# A withdrawal for these reasons is a matter of safety: partners must act at once.
SAFETY_REASONS = frozenset({WithdrawalReason.SAFETY, WithdrawalReason.ERROR, WithdrawalReason.FOLLOWS})

# These reasons say nothing against what a text tells people to do in an emergency: somebody's rights, another text in
# its place, a term that has run out. For any other, unknown ones too, its advice may be what was wrong.
KEEPS_EMERGENCY_ADVICE = frozenset(
    {WithdrawalReason.REQUEST, WithdrawalReason.LEGAL, WithdrawalReason.DUPLICATE, WithdrawalReason.EXPIRED}
)


def change_class(reason_code: str) -> ChangeClass:
    """Return the change class of a withdrawal: `safety` or `correction`."""
    return "safety" if reason_code in SAFETY_REASONS else "correction"
