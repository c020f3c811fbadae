"""The editors' tools: one file per concern, each a thin face over actions."""

# Registration on the desk's site happens on import, in the order of work: it is the order of the menu too.
from articles.admin.desk import texts, quotes, rows, care, sources, experts, organisations, pictures, topics  # noqa: F401, I001
from articles.admin.desk import comments, expired, lookups, paste, scratches, search, shown_parts  # noqa: F401
from articles.admin.press import publishing, reviewing, urgent, used, withdrawing, workflow  # noqa: F401
from articles.admin.press import again, confirmed_parts, editions, part_confirming, seen  # noqa: F401
from articles.admin.press import ending, releases, review_calendar  # noqa: F401
from articles.admin.press import accounts, checking, checklists, drift, erasing, home, impact, parts, previews  # noqa: F401
from articles.admin.partners import applications, keys, partners, suspending, webhooks  # noqa: F401
from articles.admin.partners import recall  # noqa: F401
from articles.admin.sign_in import entering, gate, own, resetting  # noqa: F401
from articles.admin import trail  # noqa: F401
from articles.admin.translations import page, queue  # noqa: F401
