"""How many examples a property gets that is about the code and meets a database: its code is the same on the second.

Each example there costs several conversations with a server. What is looked for, sorted or compared in the database
itself has as many examples on either.
"""

from hypothesis import settings

# Profiles of hypothesis, each with its number of examples: what a run gets, what the pass on the second database gets
# where another pass tries the same on the first, and what `make soak` gets.
PROFILES = {"suite": 100, "second": 25, "soak": 3000}


def examples(count: int) -> int:
    """Return how many examples there are in this run where an ordinary one has `count`."""
    return max(1, count * settings().max_examples // PROFILES["suite"])
