"""The bundled site as `make run` serves it: what a line carries, and what the machine remembers of a reader."""

import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import quote, urljoin

import brotli
import pytest

from articles.canonical.languages import LANGUAGES, Language
from tests.pages.table import PAGES
from tests.services.patience import PATIENCE
from tests.services.running import FirstRun, Run, files_written, running_on_a_copy

SECRET = "тайная-болезнь-7319"
# RU article and style sheet; the target of the design is half of it.
BUDGET = 20_000
REQUESTS = 4


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes


@pytest.fixture(scope="module")
def real(filled: FirstRun, tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Iterator[Run]:
    place = tmp_path_factory.mktemp("real") / "site.sqlite3"
    with running_on_a_copy(filled, place, repository) as run:
        yield run


def ask(run: Run, path: str, *, method: str = "GET", **headers: str) -> Answer:
    address = urljoin(f"http://127.0.0.1:{run.port}", path)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address, method=method, headers=named)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as fault:
        with fault:
            return Answer(fault.code, fault.headers, fault.read())


def bundled(name: str, language: Language) -> str:
    return next(row.bundled[language] for row in PAGES if row.name == name)


def test_the_table_names_addresses_that_the_bundle_has(real: Run) -> None:
    addresses = [path for row in PAGES for path in row.bundled.values()]
    assert len(addresses) > 20
    assert [path for path in addresses if ask(real, quote(path, safe="/?=&")).status != 200] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_article_and_its_style_are_within_the_budget(real: Run, language: Language) -> None:
    answer = ask(real, bundled("article", language), Accept_Encoding="gzip, deflate, br, zstd")
    page = brotli.decompress(answer.body).decode()
    named = re.findall(r'<link rel="(?:icon|stylesheet)"[^>]*>', page)
    styles = [re.findall('href="([^"]+)"', link)[0] for link in named if 'rel="stylesheet"' in link]
    sent = {path: ask(real, path, Accept_Encoding="gzip, deflate, br, zstd") for path in styles}
    weights = {path: len(style.body) for path, style in sent.items()} | {"page": len(answer.body)}

    assert answer.headers["Content-Encoding"] == "br"
    assert {style.headers["Content-Encoding"] for style in sent.values()} == {"br"}
    assert sum(weights.values()) <= BUDGET, weights
    assert 1 + len(named) <= REQUESTS
    # Fonts are the reader's own, and nothing is fetched by the style either.
    assert [
        path for path, style in sent.items() if re.search(rb"@font-face|@import|url\(", brotli.decompress(style.body))
    ] == []
    assert re.findall(r"<script(?! type=\"application/ld\+json\")[^>]*>", page) == []
    assert re.findall(r"<(?:iframe|object|embed|video|audio|base)\b", page) == []


@pytest.mark.parametrize("accepting", ["br", "gzip", "identity"])
def test_every_form_is_the_same_by_head_and_is_not_sent_again(real: Run, accepting: str) -> None:
    for path in (bundled("article", "ru"), "/api/v1/articles/?lang=ru", "/api/v1/schema/"):
        got = ask(real, path, Accept_Encoding=accepting)
        asked = ask(real, path, method="HEAD", Accept_Encoding=accepting)
        again = ask(real, path, Accept_Encoding=accepting, If_None_Match=got.headers["ETag"])

        names = ("ETag", "Vary", "Content-Encoding", "Content-Length", "Content-Type", "Cache-Control")
        assert {name: asked.headers[name] for name in names} == {name: got.headers[name] for name in names}
        assert (asked.body, int(got.headers["Content-Length"])) == (b"", len(got.body))
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", got.headers["ETag"])


def test_nothing_that_somebody_asked_is_written_down(real: Run, repository: Path) -> None:
    """Not by an answer, not by a refusal, not by a fault: neither in what the server says nor in any file."""
    began = time.time()
    query = f"?q={quote(SECRET)}"
    came_from = f"http://127.0.0.1:{real.port}/ru/search/{query}"
    codes = {ask(real, place + query, Referer=came_from).status for place in ASKED}
    # What cannot be read is refused.
    codes.add(ask(real, f"/api/v1/articles/{query}&lang=%FF").status)
    codes.add(ask(real, f"/ru/articles/{query}", Host="elsewhere.invalid").status)
    codes.add(ask(real, f"/ru/articles/{query}", method="POST").status)
    # The shelf is lost while readers ask.
    real.rows("ALTER TABLE articles_standing RENAME TO lost")
    codes |= {ask(real, place + query).status for place in ("/ru/articles/", "/ru/search/", "/api/v1/articles/")}
    codes.add(ask(real, "/api/v1/articles/").status)
    real.rows("ALTER TABLE lost RENAME TO articles_standing")
    assert {200, 400, 404, 405, 500} <= codes
    # What the server says is written at once, and a moment later for certain.
    real.until("no such table")

    written = files_written([real.database.parent, repository / "var"], began)
    assert real.log.name in written
    assert b"Traceback" in written[real.log.name]
    forms = [form.encode() for form in (SECRET, quote(SECRET), quote(SECRET).lower(), ascii(SECRET).strip("'"))]
    assert [name for name, data in written.items() if any(form in data for form in forms)] == []


ASKED = [
    "/", "/ru/", "/ru/search/", "/en/search/", "/ru/verify/", "/ru/articles/", "/ru/articles/none/", "/nothing/",
    "/health/ready", "/static/nothing.css", "/api/v1/search/", "/api/v1/articles/", "/api/v1/none/", "/api/v1/quotes/",
]  # fmt: skip
