"""What somebody types, as a question in one line. Plain Python."""

from articles.canonical.text import INVISIBLE, normal

# More than a sentence; whoever pastes a page is told that only its beginning was looked for.
LONGEST = 200


def cleaned(raw: str) -> str:
    """Return a query in one line, in NFC, without anything that no letter, sign or space is made of."""
    visible = raw.translate(INVISIBLE)
    return normal("".join(character if character.isprintable() else " " for character in visible))


def beginning(query: str) -> str:
    """Return as much of a cleaned query as is looked for."""
    return query[:LONGEST].rstrip()
