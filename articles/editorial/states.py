"""States and transitions of an item in one language: a pure table, plain Python."""
