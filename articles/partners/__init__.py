"""Partners, their keys, webhooks, and their place in the journal."""
