"""What the publisher says of each language that goes out."""

from dataclasses import dataclass

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
