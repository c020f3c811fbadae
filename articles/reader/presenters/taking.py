"""A text on paper: the sheet to hand out, and the address at which anybody sees whether a copy is still current."""

from dataclasses import dataclass

from django.conf import settings

from articles.editions.queries import Shelved

# What a doctor may hand to a patient.
HANDED_OUT = ("article", "faq")

# So many digits of an edition's digest name it beyond doubt, and can still be typed from paper.
_DIGITS = 16


@dataclass(frozen=True)
class Taking:
    """`verify` is a whole address; `handout` is empty for a text that is not handed out."""

    verify: str
    handout: str


def taking(shelved: Shelved) -> Taking:
    """Return the ways of a live text to paper."""
    handout = f"{shelved.page_path}handout/" if shelved.standing.kind in HANDED_OUT else ""
    return Taking(verify_address(shelved), handout)


def verify_address(shelved: Shelved) -> str:
    """Return the whole address that says whether a copy of this edition is still current."""
    digest = shelved.standing.edition.digest[:_DIGITS]
    return f"{settings.SITE_URL}/{shelved.language}/verify/?digest={digest}"
