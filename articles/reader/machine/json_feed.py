"""A feed as JSON (jsonfeed.org, version 1.1)."""

from typing import Any

from articles.reader.presenters.feed import Feed, FeedEntry

MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed) -> dict[str, Any]:
    """Return the document."""
    return {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": f"{feed.address}.json",
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": [_item(entry, feed.language) for entry in feed.entries],
    }


def _item(entry: FeedEntry, language: str) -> dict[str, Any]:
    item = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        # An item must have content; what has no summary has its title.
        "content_text": entry.summary or entry.title,
        "date_published": entry.published,
        "date_modified": entry.updated,
        "language": language,
    }
    return {name: value for name, value in item.items() if value} | {"tags": [entry.change_words]}
