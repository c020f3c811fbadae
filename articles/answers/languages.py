"""In which language a reader wants to read, where the address does not say it."""

from articles.canonical.languages import LANGUAGES, Language

DEFAULT: Language = "ru"

# A longer header says nothing more about two languages; it only costs time.
_LONGEST = 2_000


def preferred(accept_language: str | None) -> Language:
    """Return the language that the `Accept-Language` header prefers (RFC 9110, 12.5.4), Russian if it prefers neither.

    Region subtags do not matter, the first of equally good ones wins, and what is malformed is passed over.
    """
    weights: dict[str, float] = {}
    for entry in (accept_language or "")[:_LONGEST].split(","):
        tag, _, parameters = entry.partition(";")
        weight = _weight(parameters)
        primary = tag.strip().lower().partition("-")[0]
        if primary and weight is not None:
            weights[primary] = max(weight, weights.get(primary, 0.0))
    named = {language: weights[language] for language in weights if language in LANGUAGES}
    if "*" in weights:
        # The star speaks for every language that is not named.
        named |= {language: weights["*"] for language in LANGUAGES if language not in named}
    wanted = [language for language in named if named[language] > 0]
    if not wanted:
        refused = [language for language in LANGUAGES if named.get(language) == 0.0]
        return next((language for language in LANGUAGES if language not in refused), DEFAULT)
    return max(wanted, key=lambda language: named[language])


def _weight(parameters: str) -> float | None:
    """Return the quality between 0 and 1; None where it is malformed."""
    name, _, value = parameters.strip().partition("=")
    if not parameters.strip():
        return 1.0
    if name.strip().lower() != "q":
        return None
    digits = value.strip()
    if len(digits) > 5 or not digits.isascii() or not digits.replace(".", "", 1).isdigit():
        return None
    weight = float(digits)
    return weight if weight <= 1 else None
