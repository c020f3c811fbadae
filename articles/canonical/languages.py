"""The two languages of everything here. Two are fixed by decision; the original is compared with its translation."""

from typing import Literal

Language = Literal["ru", "en"]

# In the order of columns, forms and lists.
LANGUAGES: tuple[Language, ...] = ("ru", "en")


def other_language(language: Language) -> Language:
    """Return the other of the two languages."""
    return "en" if language == "ru" else "ru"
