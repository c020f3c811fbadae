"""The shelf as HTML."""
