"""The reference client, asking the site of this very process, and a hand on the wire between them."""

import importlib.util
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client

from articles.editions.guards import lifted
from articles.editions.shelf import Change, Edition, JournalHead, Mention, Standing
from tests.factories.documents import a_document, an_english_document, heading, shelve

FILE = Path(__file__).parents[4] / "docs" / "api" / "client" / "mirror.py"


def _loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference_client", FILE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


client: Any = _loaded()


@dataclass
class Received:
    """An answer as `http.client` gives it."""

    status: int
    headers: Any
    body: io.BytesIO

    def read(self, most: int = -1) -> bytes:
        return self.body.read(most)

    def readline(self, most: int = -1) -> bytes:
        return self.body.readline(most)


@dataclass
class Wire:
    """What is asked, in order; `before` is called with each address before the site sees it, and may change the shelf
    or raise; `alter` may exchange an answer for another one."""

    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    before: Callable[[str], object] = lambda path: None
    alter: Callable[[str, Received], Received] = lambda path, answer: answer


class Site(client.Site):  # type: ignore[misc]
    """The client's own way of asking, without a network below it."""

    def __init__(self, key: str | None = None, wire: Wire | None = None) -> None:
        super().__init__("https://testserver", key)
        self.wire = wire or Wire()
        self._django = Client(raise_request_exception=False)
        self._opener = self

    def open(self, request: Any, timeout: float) -> Any:
        path = request.full_url.removeprefix("https://testserver")
        self.wire.asked.append(path)
        self.wire.headers.append(dict(request.header_items()))
        self.wire.before(path)
        if request.data is None:
            answer: Any = self._django.get(path, headers=dict(request.header_items()))
        else:
            answer = self._django.post(
                path, request.data, content_type="application/json", headers=dict(request.header_items())
            )
        return self._given(path, answer)

    @contextmanager
    def _given(self, path: str, answer: HttpResponse | StreamingHttpResponse) -> Iterator[Received]:
        body = b"".join(answer) if isinstance(answer, StreamingHttpResponse) else answer.content
        yield self.wire.alter(path, Received(answer.status_code, answer.headers, io.BytesIO(body)))


def cut(path_part: str, size: int) -> Callable[[str, Received], Received]:
    """Break off every answer of an address behind so many bytes."""

    def alter(path: str, answer: Received) -> Received:
        if path_part in path:
            answer.body = io.BytesIO(answer.body.read()[:size])
        return answer

    return alter


def contents(mirror: Any) -> dict[tuple[str, str], tuple[int, str]]:
    """What a mirror holds: edition and digest by id and language."""
    rows = mirror.rows("SELECT id, language, edition, digest FROM items")
    return {(id, language): (edition, digest) for id, language, edition, digest in rows}


def both() -> None:
    shelve(a_document(heading("Что это", name="h")))
    shelve(an_english_document(heading("What it is", name="h")), "en")


def shelf() -> dict[tuple[str, str], tuple[int, str]]:
    rows = Standing.objects.filter(state="live").select_related("edition")
    return {(str(row.item), row.language): (row.edition.number, row.edition.digest) for row in rows}


def reset() -> None:
    """Another journal, as after a backup was brought back."""
    with lifted():
        for model in (Mention, Standing, Edition, Change, JournalHead):
            model._base_manager.all()._raw_delete("default")
