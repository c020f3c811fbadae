"""Passwords that the machine makes up: shown once, then known to nobody but their owner."""

import secrets

# Without letters that are taken for one another when read aloud or copied from paper.
_ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 20


def random_password() -> str:
    """Return a password of 20 letters and digits: more than 110 bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
