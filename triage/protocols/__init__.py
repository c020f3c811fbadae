"""Protocol drafts and their composer for the press."""
