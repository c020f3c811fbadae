"""One form of text, JSON and digest: plain Python, read by every other room."""
