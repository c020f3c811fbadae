"""How often a protocol says what somebody expects of it: short stories with an expected level, and honest counts."""
