"""Clinical codes as parameters: the classifications that are known here, and how their codes are read."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext

from articles.api.v1.parameters import BadValueError, Parameter
from articles.canonical import icd10


def an_icd10_code(text: str) -> str:
    """Take a code of ICD-10, with or without its dot; a Cyrillic letter is refused, since it may mean two letters."""
    if icd10.is_cyrillic(text):
        raise BadValueError(gettext("Type the letter of a code in Latin: a Cyrillic one may stand for either of two."))
    found = icd10.sought(text)
    if found is None:
        raise BadValueError(
            gettext(
                "A code of ICD-10 is a Latin letter and two figures, often with one or two more after a dot: R25.2."
            )
        )
    return found


# МКБ-10 is the Russian translation of ICD-10: the codes are the same.
SYSTEMS: Mapping[str, Callable[[str], str]] = {"icd10": an_icd10_code}

HOW_WRITTEN = "As in ICD-10 of the World Health Organization: R25, R25.2; the dot may be left out."

CODE_OF_ICD10 = Parameter(
    "code",
    an_icd10_code,
    {"type": "string", "pattern": r"^[A-Za-z][0-9]{2}(\.?[0-9]{1,2})?$", "examples": ["R25.2"]},
    HOW_WRITTEN,
)
