"""What the publisher says of each language that goes out."""

from collections.abc import Mapping
from dataclasses import dataclass

from articles.canonical.languages import Language
from articles.editions.envelope import ChangeClass


@dataclass(frozen=True)
class Terms:
    """How one language goes out: the class of the change and the reader's note in that language.

    `seen` is the content digest that the publisher looked at; publishing refuses if the desk has moved on since.
    `this_language_only` is the publisher's word that what this language has changed up to now concerns it alone, and
    that the other one is right as it stands: it lacks nothing then.
    """

    change_class: ChangeClass | None = None
    note: str = ""
    seen: str = ""
    this_language_only: bool = False


@dataclass(frozen=True)
class Decision:
    """The named decision to publish without a medical review. Readers and partners see who, when and why.

    `reason` is one sentence for all languages (a name, a number) or, as readers need it, one for each. `signed_as` is
    the public name of who decided; without it the account's own name stands there.
    """

    reason: str | Mapping[Language, str]
    signed_as: str | Mapping[Language, str] = ""

    def reason_in(self, language: Language) -> str:
        """Return the reason for readers of this language; empty if none was given."""
        return _in_language(self.reason, language)

    def signed_in(self, language: Language) -> str:
        """Return the public name for readers of this language; empty if the account's own name is to stand."""
        return _in_language(self.signed_as, language)


def _in_language(words: str | Mapping[Language, str], language: Language) -> str:
    return (words if isinstance(words, str) else words.get(language, "")).strip()
