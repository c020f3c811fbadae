"""The reference page, made of nothing but the published description, and the documents that are served beside it."""
