"""Partners at the desk: who asks for access, who has it, with which keys and webhooks, and how far each has come."""
