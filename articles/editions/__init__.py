"""The shelf: immutable editions, the journal, and what an edition carries."""
