"""Words and classes for the pages of the triage."""
