"""The press: the only way from the desk to the shelf."""
