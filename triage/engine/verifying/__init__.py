"""Proving what a protocol does, for every combination of answers that there is. Plain Python, no clock, no I/O."""
