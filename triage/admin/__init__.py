"""The desk of the triage: forms of protocols, and the pages on which they are signed and released."""

# What articles' desk has comes first in its menu; the registration of ours happens on import.
from django.utils.translation import pgettext_lazy

from articles.admin import sections
from articles.admin.press import addresses, withdrawing
from triage.admin import comparing, exchanging, levels, ordering, protocols, questions, releasing, signing  # noqa: F401

# Reading it gives the desk the preview of a protocol.
from triage.pages import previews  # noqa: F401

sections.GROUPS.append((pgettext_lazy("group of kinds", "Triage"), ("protocol", "question", "level")))
withdrawing.offer("protocol")
addresses.PUBLISHING["protocol"] = "triage_publish"
addresses.REVIEWING["protocol"] = "triage_sign"
