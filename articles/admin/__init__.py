"""The editors' tools: one file per concern, each a thin face over actions."""

# Registration on the desk's site happens on import, in the order of work: it is the order of the menu too.
from articles.admin.desk import texts, quotes, rows, care, sources, experts, organisations, pictures, topics  # noqa: F401, I001
from articles.admin.desk import expired, lookups, paste  # noqa: F401
from articles.admin.press import accounts, drift, home, parts, previews, publishing, reviewing, withdrawing  # noqa: F401
