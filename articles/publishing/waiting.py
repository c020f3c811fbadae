"""States in which a text is on its way to readers and waits for somebody."""

from articles.editorial.states import State

# Drafts and live texts are found by what readers see.
UNDER_WAY = (State.IN_REVIEW, State.RETURNED, State.APPROVED)
