"""What every operation is asked in its example, and what of the answer an example shows.

    python -m tests.articles.api.v1.operation_examples

asks a site with the bundled content, which it makes and throws away, and writes every example anew.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from django.test import Client

ENGLISH = {"lang": "en"}
# A list shows one thing, and what is long of it two.
LISTED = ENGLISH | {"limit": "1", "fields": "title"}
MOST = 1
LEFT_OUT = "…"
PARTNER = "Your organisation"
MOMENT = "2026-11-26T08:00:00Z"

# An item of each kind in the bundled content, and what its example asks for.
ITEMS: Mapping[str, tuple[str, str, str, str]] = {
    "article": ("articles", "articles", "bded7a6c-3026-43b6-ab28-8a0e1f5bd660", "title,summary,topics,conditions"),
    "faq": ("faq", "faq", "52c48821-7633-45a8-b003-a1558b0d22e3", "title,summary,topics,conditions"),
    "expert": ("experts", "experts", "47724544-adae-4078-bd64-97787c4d7467", "links"),
    "term": ("terms", "terms", "00792b2f-c84a-4f8a-923f-8e3393cdadd7", "title,definition,synonyms,codes"),
    "topic": ("topics", "topics", "361e88b8-9d50-45c0-919a-01345ffce8b6", "title,summary,links"),
    "page": ("pages", "pages", "7f8d0e35-d1ca-4092-8071-ad349194966b", "title,summary,blocks"),
    "protocol": ("protocols", "triage/protocols", "leg-cramp-triage", "title,slug,version,status,links"),
}


@dataclass(frozen=True)
class Asked:
    """What an operation is asked; with `is_keyed` by a partner that shows its key. Without a body it is a GET, unless
    `method` says otherwise."""

    place: str
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    is_keyed: bool = False
    method: str = ""


def _of_kinds() -> dict[str, Asked]:
    asked: dict[str, Asked] = {}
    for kind, (many, place, item, fields) in ITEMS.items():
        one = {"item": item}
        edition = one | {"number": "1"}
        asked |= {
            many: Asked(f"{place}/", query=LISTED),
            f"{kind}Detail": Asked(f"{place}/{{item}}/", one, ENGLISH | {"fields": fields}),
            f"{kind}Editions": Asked(f"{place}/{{item}}/editions/", one, ENGLISH | {"limit": "1"}),
            f"{kind}Edition": Asked(f"{place}/{{item}}/editions/{{number}}/", edition, ENGLISH),
            f"{kind}Document": Asked(f"{place}/{{item}}/editions/{{number}}/document/", edition, ENGLISH),
        }
    return asked


# In an example; where the suite asks, a server of its own stands for it.
HOOK = "https://partner.example/hooks/health"
WEBHOOK = {"webhook": "5b0f3a52-8c7e-4f0e-9c55-0d6a5f6f2b18"}
PROTOCOL = {"item": "leg-cramp-triage"}
REQUESTS: dict[str, Asked] = _of_kinds() | {
    "start": Asked("", query=ENGLISH),
    "journal": Asked("changes/", query={"after": "0"}),
    "snapshot": Asked("snapshot/", query={"kind": "topic", "language": "en"}),
    "quotes": Asked("quotes/", query=ENGLISH | {"limit": "1", "verdict": "disputed"}),
    "quoteDetail": Asked("quotes/{item}/", {"item": "030181f5-d018-4a5a-9009-eef7eb39f981"}, ENGLISH),
    "sources": Asked("sources/", query=ENGLISH | {"limit": "1", "kind": "reference"}),
    "sourceDetail": Asked("sources/{item}/", {"item": "024517ea-91b5-430d-b8c9-084d2a6c3c28"}, ENGLISH),
    "search": Asked("search/", query=ENGLISH | {"q": "nihgt cramps", "limit": "1"}),
    "lookup": Asked("lookup/", query=ENGLISH | {"code": "R25.2"}),
    "verify": Asked("verify/", query={"digest": "0123456789ab"}),
    "schema": Asked("schema/"),
    "blockSchema": Asked("schema/blocks/{block}/", {"block": "heading"}),
    "problemPage": Asked("problems/{name}/", {"name": "withdrawn"}),
    "protocolDecide": Asked("triage/protocols/{item}/decide/", PROTOCOL, body={"language": "en", "answers": {}}),
    "protocolFhir": Asked("triage/protocols/{item}/fhir/", PROTOCOL, ENGLISH),
    "acknowledgements": Asked("acknowledgements/", is_keyed=True),
    "acknowledge": Asked("acknowledgements/", body={"up_to": 5}, is_keyed=True),
    "usageFigures": Asked("usage/", is_keyed=True),
    "registerWebhook": Asked("webhooks/", body={"url": HOOK}, is_keyed=True),
    "webhooks": Asked("webhooks/", is_keyed=True),
    "webhook": Asked("webhooks/{webhook}/", WEBHOOK, is_keyed=True),
    "rotateWebhook": Asked("webhooks/{webhook}/rotate/", WEBHOOK, is_keyed=True, method="POST"),
    "testWebhook": Asked("webhooks/{webhook}/test/", WEBHOOK, is_keyed=True, method="POST"),
    "replayWebhook": Asked("webhooks/{webhook}/replay/", WEBHOOK, body={"after": 120}, is_keyed=True),
    "webhookDeliveries": Asked("webhooks/{webhook}/deliveries/", WEBHOOK, {"limit": "1"}, is_keyed=True),
    "pauseWebhook": Asked("webhooks/{webhook}/pause/", WEBHOOK, is_keyed=True, method="POST"),
    "resumeWebhook": Asked("webhooks/{webhook}/resume/", WEBHOOK, is_keyed=True, method="POST"),
    "deleteWebhook": Asked("webhooks/{webhook}/", WEBHOOK, is_keyed=True, method="DELETE"),
}


def partner_with_a_webhook(hook: str) -> str:
    """Admit the partner of the examples, with the webhook that they name at this address; return its key."""
    from tests.factories.partners import make_endpoint, make_key, make_partner

    partner = make_partner(PARTNER)
    make_endpoint(partner, hook, id=WEBHOOK["webhook"], reached=128)
    return make_key(partner)[1]


def ask(client: Client, operation: str, key: str, hook: str) -> Any:
    """Return what is answered to the request of an operation's example, None where nothing is; raise AssertionError for
    a refusal."""
    asked = REQUESTS[operation]
    address = f"/api/v1/{asked.place.format(**asked.path)}" + (f"?{urlencode(asked.query)}" if asked.query else "")
    headers = {"Authorization": f"Bearer {key}"} if asked.is_keyed else {}
    sent = json.dumps(asked.body).replace(HOOK, hook) if asked.body is not None else ""
    method = asked.method or ("POST" if sent else "GET")
    answer = client.generic(method, address, sent, content_type="application/json", headers=headers)
    content = answer.getvalue()
    assert 200 <= answer.status_code < 300, (operation, content[:300])
    if not content:
        return None
    # Of one value in each line the first stands for all.
    return json.loads(content.splitlines()[0] if "ndjson" in answer["Content-Type"] else content)


def shown(operation: str, answer: Any, site: str, hook: str) -> Any:
    """Return what the example shows of an answer: words are left out, and of what is many the first is there."""
    if operation == "schema":
        return {name: answer[name] for name in ("openapi", "info")} | {"paths": {}}
    from articles.api.v1.examples import SITE

    if operation == "blockSchema":
        return json.loads(json.dumps(answer).replace(site, SITE))
    told = json.dumps(_shown(answer, ""), ensure_ascii=False)
    return json.loads(told.replace(site, SITE).replace(hook, HOOK))


# Names of what is published, and our own words about the interface. Everything else that is a sentence, or that names
# a person, may be withdrawn or erased one day.
_KEPT = {"title", "title/en", "title/ru", "fix/en", "fix/ru", "licence/name", "licence/covers"}
_NAMING = {"title", "slug", "url"}
_PERSONS = {"person", "workplace", "disclosure", "authors", "author", "speaker", "signed", "reference"}


def _shown(value: Any, place: str) -> Any:
    if isinstance(value, dict):
        if value.get("kind") == "expert":
            value = {name: LEFT_OUT if name in _NAMING else part for name, part in value.items()}
        return {name: _shown(part, _place(place, name)) for name, part in value.items()}
    if isinstance(value, list):
        return [_shown(part, place) for part in value[:MOST]]
    return _word(value, place) if isinstance(value, str) else value


def _place(place: str, name: str) -> str:
    """The member and the one around it; within a person it stays what it is."""
    if place.partition("/")[0] in _PERSONS:
        return place
    return name if name in _PERSONS or name == "title" else f"{place.rpartition('/')[2]}/{name}".lstrip("/")


def _word(text: str, place: str) -> str:
    if place in _KEPT:
        return text
    if place.endswith("secret"):
        return f"whsec_{LEFT_OUT}"
    if text.startswith("<"):
        return f"<p>{LEFT_OUT}</p>"
    is_a_sentence = bool(re.search(r"\s", text)) or not text.isascii()
    is_a_name = place in _PERSONS and not re.fullmatch(r"[0-9a-f-]{36}|[a-z_]*", text)
    return LEFT_OUT if is_a_sentence or is_a_name else text


def write() -> None:
    """Write every example anew."""
    with tempfile.TemporaryDirectory(prefix="examples-") as place:
        os.environ["TEST_DATABASE_URL"] = f"sqlite:///{Path(place) / 'site.sqlite3'}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "cramps_site.settings.test"
        import django

        django.setup()
        from datetime import UTC, datetime

        import time_machine
        from django.conf import settings
        from django.core.management import call_command
        from django.test import Client

        from articles.api.v1.examples import BLOCKS, OPERATIONS
        from cramps_site import first_run
        from tests.articles.api.v1 import block_examples
        from tests.pages.reaching import open_questions
        from tests.services.receiving import receivers

        # Always the same moment, so that examples change only where the interface or the bundle does.
        with time_machine.travel(MOMENT, tick=False):
            call_command("migrate", verbosity=0, interactive=False)
            first_run.create_accounts(lambda name, password: None)
            first_run.load_starter(datetime.now(UTC))
            with receivers(1) as (receiver,), open_questions():
                key = partner_with_a_webhook(receiver.url)
                for operation, asked in REQUESTS.items():
                    answer = ask(Client(), operation, key, receiver.url)
                    example = {"path": asked.path, "query": asked.query, "body": asked.body}
                    example["answer"] = shown(operation, answer, settings.SITE_URL, receiver.url)
                    _write(OPERATIONS / f"{operation}.json", example)
            # Last: it puts a text on the shelf that is not in the bundle.
            for kind, block in block_examples.answered(Client(), settings.SITE_URL).items():
                _write(BLOCKS / f"{kind}.json", block)


def _write(file: Path, value: Any) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
