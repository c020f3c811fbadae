"""The editors' guide: its pictures, and tests that keep it true."""
