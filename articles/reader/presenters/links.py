"""Links as templates show them."""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Link:
    words: str
    address: str


def web_address(address: str) -> str:
    """Return an address of the web as it is, empty for anything else that a link could lead to."""
    try:
        return address if urlsplit(address).scheme in {"http", "https"} else ""
    except ValueError:
        return ""
