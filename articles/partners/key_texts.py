"""What the text of a key looks like: how it is made, and how it is kept out of logs. Plain Python: logging needs it
before there are models.

A key is 256 random bits behind a public beginning. Scanners of leaked secrets, ours among them, look for its name.
"""

import re
import secrets
import string

NAME = "cramps_"
LONGEST = 100
MASK = "…"

_LETTERS = string.ascii_lowercase + string.digits
_PREFIX_LETTERS = 8
_SECRET_BYTES = 32

# Also what is left of one that was cut off or written in other letters; its public beginning stays readable.
_LOOKS = re.compile(rf"({NAME[:-1]}(?:_|%5F)[a-z0-9]{{{_PREFIX_LETTERS}}})(?:_|%5F)[A-Za-z0-9_%-]*", re.IGNORECASE)
# Whatever else somebody sends in the header of keys: it may be the key of another site, or a password.
_QUOTE = r"(?:['\"]|&#x27;|&quot;)?"
_HEADER = re.compile(
    rf"(authorization{_QUOTE}\s*[:=,]\s*{_QUOTE})((?:bearer|basic|token)\s+)?[^\s'\",&]+", re.IGNORECASE
)


def make() -> tuple[str, str]:
    """Return the public beginning of a new key, and its whole text."""
    prefix = NAME + "".join(secrets.choice(_LETTERS) for _ in range(_PREFIX_LETTERS))
    return prefix, f"{prefix}_{secrets.token_urlsafe(_SECRET_BYTES)}"


def masked(text: str) -> str:
    """Return the text without the secret of any key, and without what follows the name of the header of keys."""
    return _HEADER.sub(rf"\1\2{MASK}", _LOOKS.sub(rf"\1_{MASK}", text))


def holds_key(text: str) -> bool:
    """Return whether something in the text looks like a key of ours."""
    return _LOOKS.search(text) is not None
