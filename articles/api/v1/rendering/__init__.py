"""Blocks as HTML and plain text that are complete in themselves, for sites that show nothing else."""
