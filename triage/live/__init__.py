"""A protocol as it lives on the shelf: found, made ready for deciding, and whether it may decide now."""
