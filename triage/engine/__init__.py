"""The protocol as a value: deciding, verifying, explaining. Plain Python, no clock, no input or output."""
