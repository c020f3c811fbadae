"""Who pulls the content: partners, their keys and webhooks, and how far in the journal each of them has come."""
