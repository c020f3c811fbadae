"""How fast things are, beside something that everybody knows. Never a test: no clock of a shared machine is fair."""
