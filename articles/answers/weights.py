"""What a request prefers, as the `Accept-…` headers say it: names with a quality between 0 and 1 (RFC 9110, 12.4.2)."""

from collections.abc import Iterator

# A longer header says nothing more about the few things that we can choose from; it only costs time.
_LONGEST = 2_000


def weighted(header: str) -> Iterator[tuple[str, float]]:
    """Yield each name in lower case with its quality, in the order of the header; what is malformed is passed over."""
    for entry in header[:_LONGEST].split(","):
        name, _, parameters = entry.partition(";")
        weight = _weight(parameters)
        if name.strip() and weight is not None:
            yield name.strip().lower(), weight


def _weight(parameters: str) -> float | None:
    """Return the quality between 0 and 1; None where it is malformed."""
    name, _, value = parameters.strip().partition("=")
    if not parameters.strip():
        return 1.0
    if name.strip().lower() != "q":
        return None
    digits = value.strip()
    if len(digits) > 5 or not digits.isascii() or not digits.replace(".", "", 1).isdigit():
        return None
    weight = float(digits)
    return weight if weight <= 1 else None
