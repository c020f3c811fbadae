"""Every block of data holds against schema.org's own definitions; what they do not know is an error."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.text import slugify

from articles.editions.shelf import Standing
from articles.reader.machine.data_block import CONTEXT
from tests.articles.reader.machine.conftest import Get
from tests.articles.reader.markup import read
from tests.articles.reader.test_examples import EXAMPLES, ITEMS, document, language
from tests.factories.documents import an_id, shelve
from tests.services.finding import web_tools

pytestmark = [pytest.mark.django_db, pytest.mark.web_tools, pytest.mark.any_database]

# An action's input has a type of its own.
ACTION = "& { potentialAction: schema.WithActionConstraints<schema.SearchAction> }"


@pytest.fixture
def check(tmp_path: Path) -> Callable[[list[Any]], list[str]]:
    """Return what the compiler says against blocks of data, given in the types that they claim."""
    tools = Path(web_tools() or "")
    (tmp_path / "node_modules").symlink_to(tools)

    def problems(blocks: list[Any]) -> list[str]:
        lines = ['import type * as schema from "schema-dts";']
        for number, block in enumerate(blocks):
            kind = f"schema.WithContext<schema.{block['@type']}>" + (ACTION if "potentialAction" in block else "")
            lines.append(f"export const block{number}: {kind} = {json.dumps(block, ensure_ascii=False)};")
        (tmp_path / "blocks.ts").write_text("\n".join(lines))
        command = ["node", str(tools / "typescript" / "bin" / "tsc"), "--noEmit", "--strict"]
        command += ["--skipLibCheck", "--lib", "es2020", "--pretty", "false"]
        done = subprocess.run([*command, "blocks.ts"], cwd=tmp_path, capture_output=True, text=True, check=False)
        found = re.findall(r"^blocks\.ts\((\d+),\d+\): error TS\d+: (.*)$", done.stdout, re.MULTILINE)
        assert bool(found) == bool(done.returncode), done.stdout + done.stderr
        return [f"{int(line) - 2}: {message}" for line, message in found]

    return problems


@pytest.mark.usefixtures("shelf")
def test_every_kind_of_page_in_both_languages(
    get: Get, listed: Callable[[], list[str]], check: Callable[[list[Any]], list[str]]
) -> None:
    pages = [get(address) for address in listed()]

    blocks = [block for page in pages for block in page.data()]

    assert {block["@type"] for block in blocks} == {
        "WebSite", "MedicalWebPage", "FAQPage", "CollectionPage", "AboutPage", "ProfilePage",
    }  # fmt: skip
    assert {block["inLanguage"] for block in blocks} == {"ru", "en"}
    properties = {name for block in blocks for name in block}
    assert properties >= {
        "reviewedBy", "lastReviewed", "citation", "correction", "translationOfWork", "workTranslation", "about",
    }  # fmt: skip
    assert check(blocks) == []


def test_every_example(client: Client, check: Callable[[list[Any]], list[str]]) -> None:
    for example in [*EXAMPLES, *ITEMS]:
        shown = document(example)
        fields = {name: getattr(shown, name) for name in shown.__struct_fields__} | {"slug": slugify(example.stem)}
        shelve(type(shown)(**fields), language(example), item=an_id(example.stem))

    paths = {row.page_path.partition("#")[0] for row in Standing.objects.all()}
    blocks = [block for path in sorted(paths) for block in read(client.get(path).content.decode()).data()]

    assert len(blocks) > 50
    assert check(blocks) == []


def test_no_property_is_one_that_schema_org_has_given_up(
    get: Get, listed: Callable[[], list[str]], shelf: None
) -> None:
    """The compiler lets those pass."""
    written = (Path(web_tools() or "") / "schema-dts" / "dist" / "schema.d.ts").read_text()
    given_up = set(re.findall(r'@deprecated[^*]*\*/\s*"(\w+)"\?', written))
    pages = [get(address) for address in listed()]

    assert "aspect" in given_up
    assert {name for page in pages for block in page.data() for name in names(block)} & given_up == set()


def names(node: Any) -> set[str]:
    if isinstance(node, dict):
        return {*node, *(name for value in node.values() for name in names(value))}
    return {name for value in node for name in names(value)} if isinstance(node, list) else set()


def test_what_schema_org_does_not_know_is_refused(check: Callable[[list[Any]], list[str]]) -> None:
    right = {"@context": CONTEXT, "@type": "MedicalWebPage", "name": "Cramps"}
    wrong: list[dict[str, Any]] = [
        right | {"reviewer": "Somebody"},
        right | {"isAccessibleForFree": "yes"},
        right | {"lastReviewed": 2026},
        right | {"reviewedBy": {"@type": "Book", "name": "No person"}},
        right | {"reviewedBy": {"@type": "Doctor", "name": "No such type"}},
        right | {"citation": [{"@type": "ScholarlyArticle", "doi": "10.1/1"}]},
        right | {"correction": [{"@type": "CorrectionComment", "texts": "Wrong"}]},
        {"@context": CONTEXT, "@type": "MedicalPage", "name": "No such type"},
        {"@context": "https://example.org", "@type": "MedicalWebPage", "name": "Another context"},
        {"@context": CONTEXT, "@type": "FAQPage", "mainEntity": {"@type": "Question", "answer": "No such property"}},
    ]

    found = check([right, *wrong])

    assert {int(problem.partition(":")[0]) for problem in found} == set(range(1, len(wrong) + 1))
