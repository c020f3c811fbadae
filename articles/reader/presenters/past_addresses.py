"""Where the past of a text is told: all its editions, one of them, what changed in it."""

from articles.editions.queries import Shelved
from articles.editions.shelf import Standing
from articles.reader.presenters.frame import other_path

# Kinds whose pages have words of their own. A term stands on the glossary's page, a person's page follows live texts.
KINDS_WITH_HISTORY = frozenset({"article", "faq", "page", "topic", "protocol"})


def history_path(standing: Standing) -> str:
    """Return where all editions of a text are; empty for a kind without history and for what was erased."""
    return f"{standing.page_path}editions/" if standing.kind in KINDS_WITH_HISTORY and standing.slug else ""


def edition_path(standing: Standing, number: int) -> str:
    """Return where the text of an edition is; empty where there is no history."""
    home = history_path(standing)
    return f"{home}{number}/" if home else ""


def changes_path(standing: Standing, number: int) -> str:
    """Return where the changes of an edition are told; empty where there is no history."""
    home = history_path(standing)
    return f"{home}{number}/changes/" if home else ""


def other_history_path(shelved: Shelved) -> str:
    """Return where the history of the other language is; where it has none, the address that says why."""
    twin = shelved.twin
    return (history_path(twin) if twin and twin.is_live else "") or other_path(shelved)
