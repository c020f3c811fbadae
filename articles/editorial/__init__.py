"""The conversation at the desk: saved revisions, translation confirmations, named decisions, roles."""
