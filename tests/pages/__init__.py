"""Every page that a reader can meet: a table of them, a shelf that has them, and commands that look at them."""
