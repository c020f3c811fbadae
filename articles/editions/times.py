"""Moments as text."""

from datetime import UTC, datetime


def rfc3339(moment: datetime) -> str:
    """Return an aware moment as RFC 3339 in UTC with microseconds, which sorts as text; raise ValueError if naive."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be published")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(text: str) -> datetime:
    """Return the moment that `rfc3339` wrote."""
    return datetime.fromisoformat(text)


def seconds(text: str) -> str:
    """Return a moment that `rfc3339` wrote without its fraction: for feeds and search engines, which count seconds."""
    return f"{text.partition('.')[0]}Z"
