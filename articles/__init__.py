"""The editors' desk, the press, the shelf, and the faces of what is on the shelf."""
