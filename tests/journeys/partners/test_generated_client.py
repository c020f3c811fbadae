"""A client that openapi-python-client makes from the committed description reads everything that we publish, and loses
nothing: what it read, written again, is what was answered."""

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any, get_args, get_type_hints

import pytest
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from articles.api.v1.offers import OFFERS
from articles.canonical.languages import LANGUAGES
from articles.editions.shelf import Standing
from tests.pages.shelf import fill

PACKAGE = "made_for_a_partner"
DESCRIPTION = Path(__file__).parents[3] / "docs" / "api" / "openapi.json"

# Nothing is formatted: nobody reads it.
CONFIGURATION = f"""\
post_hooks: []
package_name_override: {PACKAGE}
"""

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory in which the client lies."""
    place = tmp_path_factory.mktemp("client")
    (place / "configuration.yml").write_text(CONFIGURATION)
    command = ["-m", "openapi_python_client", "generate", "--path", DESCRIPTION, "--meta", "none"]
    command += ["--config", place / "configuration.yml", "--output-path", place / PACKAGE]
    done = subprocess.run([sys.executable, *map(str, command)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    # What it could not use it would name here, and leave out of the client.
    assert done.stdout.split() == ["Generating", str(place / PACKAGE)], done.stdout
    return place


@pytest.fixture
def site(live_server: LiveServer) -> Iterator[str]:
    """A site with every kind and state of a text."""
    with override_settings(SITE_URL=live_server.url):
        fill()
        yield live_server.url


class Made:
    """The client; `ask` asks an operation by the module that was made for it."""

    def __init__(self, site: str) -> None:
        self.client = importlib.import_module(PACKAGE).Client(base_url=site)
        self.answers = 0

    def ask(self, operation: str, *path: str, **query: Any) -> Any:
        """Return what was read; raise AssertionError if it is not the whole answer."""
        module = _module(operation)
        given = {name: _value(module, name, value) for name, value in query.items()}
        answer = module.sync_detailed(*path, client=self.client, **given)
        assert answer.status_code == 200, answer.content[:300]
        assert answer.parsed.to_dict() == json.loads(answer.content), f"{operation} {path} {query}"
        self.answers += 1
        return answer.parsed

    def pages(self, operation: str, **query: Any) -> Iterator[Any]:
        """Yield what a list holds, following `next` to its end."""
        while True:
            page = self.ask(operation, **query)
            yield from page.results
            if page.next_ is None:
                return
            query["cursor"] = page.next_.partition("cursor=")[2].partition("&")[0]


def _module(operation: str) -> ModuleType:
    places = [f"{PACKAGE}.api.{tag.name}.{operation}" for tag in (_home() / "api").iterdir() if tag.is_dir()]
    return importlib.import_module(next(name for name in places if importlib.util.find_spec(name)))


def _home() -> Path:
    return Path(str(importlib.import_module(PACKAGE).__file__)).parent


def _value(module: ModuleType, name: str, value: Any) -> Any:
    """The value as the client wants it: of a closed list it made a type."""
    hint = get_type_hints(module.sync_detailed)[name]
    kinds = [kind for kind in get_args(hint) or (hint,) if isinstance(kind, type)]
    closed = next((kind for kind in kinds if issubclass(kind, Enum)), None)
    return closed(value) if closed else value


@pytest.fixture
def client(made: Path, site: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Made]:
    monkeypatch.syspath_prepend(made)
    made_client = Made(site)
    yield made_client
    made_client.client.get_httpx_client().close()
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def test_a_made_client_reads_the_whole_corpus_and_writes_it_again_as_it_was(client: Made) -> None:
    found = set()
    for offer in OFFERS.values():
        for language in LANGUAGES:
            for short in client.pages(offer.name, lang=language, limit=7):
                whole = client.ask(f"{offer.kind}_detail", short.id, lang=language)
                assert (whole.id, whole.digest) == (short.id, short.digest)
                found.add((short.id, language))
    live = Standing.objects.filter(state="live").values_list("item", "language")
    assert found == {(str(item), language) for item, language in live}


def test_a_made_client_reads_what_is_no_item_too(client: Made) -> None:
    root = client.ask("start", lang="en")
    assert client.ask("journal", after=0).head == root.head.sequence
    for language in LANGUAGES:
        for quote in client.pages("quotes", lang=language):
            client.ask("quote_detail", quote.id, lang=language)
        for source in client.pages("sources", lang=language):
            client.ask("source_detail", source.id, lang=language)
    part = client.ask("articles", lang="en", fields="title", limit=1)
    one = client.ask("article_detail", part.results[0].id, lang="en", fields="title,care")
    assert client.ask("article_editions", one.id, lang="en").results[0].digest == one.digest
    client.ask("article_edition", one.id, one.edition, lang="en")
    client.ask("article_document", one.id, one.edition, lang="en")
    assert client.answers > 20
