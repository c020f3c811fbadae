"""In which language a reader wants to read, where the address does not say it."""

from articles.answers.weights import weighted
from articles.canonical.languages import LANGUAGES, Language

DEFAULT: Language = "ru"


def preferred(accept_language: str | None) -> Language:
    """Return the language that the `Accept-Language` header prefers (RFC 9110, 12.5.4), Russian if it prefers neither.

    Region subtags do not matter, the first of equally good ones wins, and what is malformed is passed over.
    """
    weights: dict[str, float] = {}
    for tag, weight in weighted(accept_language or ""):
        primary = tag.partition("-")[0]
        if primary:
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
