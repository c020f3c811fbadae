"""The shelf as JSON."""
