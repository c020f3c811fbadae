"""What webhooks are sent, in the description: each type of message with an example that the suite checks."""

from collections.abc import Mapping
from typing import Any

import msgspec

from articles.api.v1.description import tidied
from articles.api.v1.shapes import webhooks as shapes
from articles.canonical import canonical_json

# Event of the journal -> what it means to a receiver. A type of message is called `item.` and the event.
EVENTS: Mapping[str, str] = {
    "published": "A text is there, or in a new edition: fetch it.",
    "amended": "A part of the text was changed by us, such as a quote that was withdrawn: fetch it.",
    "withdrawn": "The text must disappear from where you show it, at once.",
    "restored": "A withdrawn text is back: fetch it.",
    "language_state": "How far this language is behind the other has changed; the words have not.",
    "check_started": "We are checking the text for an error: show what `check` of the item says.",
    "check_ended": "The check is over: fetch the item to see what came of it.",
    "fell_due": "The promised review is lacking from now on: show what `review` of the item says.",
    "expunged": "The text was erased by law: delete every copy, old ones too.",
}

_SIGNED = {
    "webhook-id": "Id of the message, the same over all attempts: drop what you have seen.",
    "webhook-timestamp": "Seconds since 1970: refuse what is older than five minutes.",
    "webhook-signature": (
        "`v1,` and base64 of HMAC with SHA-256 over `id.timestamp.body`; several of them, with blanks between, while an"
        " old secret still counts. One that fits is enough."
    ),
}
_ANSWERS = {
    "2XX": "Taken.",
    "410": "Send nothing here any more: the webhook is paused at once.",
    "default": "Not taken: sent again later, with jitter, ten times over three days. `429` and `503` may name a"
    " `Retry-After`.",
}


def add_webhooks(result: dict[str, Any], **given: Any) -> dict[str, Any]:
    """Put what is sent to webhooks into the description; called when it is made (drf-spectacular)."""
    schemas = result["components"]["schemas"]
    for shape in (shapes.Message, shapes.TestMessage):
        _, found = msgspec.json.schema_components([shape], ref_template="#/components/schemas/{name}")
        schemas |= {name: tidied(schema) for name, schema in found.items() if name not in schemas}
    result["components"]["schemas"] = dict(sorted(schemas.items()))
    sent = {f"item.{event}": _told(event, about) for event, about in EVENTS.items()}
    return result | {"webhooks": sent | {"test": _sent("test", "A test that you asked for.", "TestMessage", _test())}}


def example(event: str) -> dict[str, Any]:
    """Return a message about an item, with a line whose hash is right."""
    has_note = event in {"published", "amended", "withdrawn", "restored"}
    change = {"class": "safety", "note": "The dose was wrong."} if has_note else None
    line: dict[str, Any] = {
        "sequence": 128,
        "recorded_at": "2026-11-22T12:00:00.000000Z",
        "effective_at": "2026-11-22T12:00:00.000000Z",
        "event": event,
        "id": "0d3f4b58-59d5-4ab1-9d70-8f0a3c1f8f53",
        "kind": "article",
        "language": "en",
        "edition": 3,
        "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "change": change,
        "url": "" if event == "expunged" else "https://site.example/en/articles/leg-cramps/",
        "api_url": "https://site.example/api/v1/articles/0d3f4b58-59d5-4ab1-9d70-8f0a3c1f8f53/?lang=en",
        "previous_hash": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
    }
    told = line | {"hash": canonical_json.digest(line)}
    return {"type": f"item.{event}", "timestamp": line["recorded_at"], "data": told}


def _test() -> dict[str, Any]:
    data = {"webhook": "5b0f6d3a-7b35-4c6b-8a39-2f1f0c9f2a77"}
    return {"type": "test", "timestamp": "2026-11-22T12:00:00.000000Z", "data": data}


def _told(event: str, about: str) -> dict[str, Any]:
    return _sent(f"item.{event}", about, "Message", example(event))


def _sent(type: str, about: str, shape: str, value: dict[str, Any]) -> dict[str, Any]:
    name, *rest = type.replace("_", ".").split(".")
    content = {"schema": {"$ref": f"#/components/schemas/{shape}"}, "examples": {"message": {"value": value}}}
    return {
        "post": {
            "operationId": "on" + name.title() + "".join(part.title() for part in rest),
            "summary": about,
            "tags": ["webhooks"],
            "parameters": [
                {"name": header, "in": "header", "required": True, "description": text, "schema": {"type": "string"}}
                for header, text in _SIGNED.items()
            ],
            "requestBody": {"required": True, "content": {"application/json": content}},
            "responses": {status: {"description": text} for status, text in _ANSWERS.items()},
        }
    }
