"""Wires the two apps together; nobody imports it."""
