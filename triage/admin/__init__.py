"""Editing and signing protocols."""
