"""The reference page, made of the published description and nothing else, and the documents that are served beside it."""
