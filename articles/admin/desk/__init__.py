"""The desk's forms: what editors type, how it is kept, and what happens when two type at once."""
