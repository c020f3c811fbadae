"""Translations at the desk: the queue of what waits, and the page on which a text is translated."""
