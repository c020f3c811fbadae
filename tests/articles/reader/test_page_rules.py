"""Every kind and state of page × both languages, and the style sheet, judged by programs for nothing else.

One run of each program for all pages: starting them is what takes time.
"""

import json
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from cramps_site.static_files import smaller
from tests.pages.reaching import by_client, open_questions
from tests.pages.shelf import fill
from tests.pages.table import CASES, NAMES
from tests.services.finding import web_tools

pytestmark = [pytest.mark.web_tools, pytest.mark.django_db, pytest.mark.any_database]

# The recommended rules; of the document type we write the short form in small letters, as the standard does.
RULES = Path(__file__).parents[2] / "web_tools" / "htmlvalidate.json"


@pytest.fixture
def saved(client: Client, tmp_path: Path, repository: Path) -> Path:
    """A directory that holds every page."""
    fill()
    with open_questions():
        for name, (row, language) in zip(NAMES, CASES, strict=True):
            (tmp_path / f"{name}.html").write_bytes(by_client(client, row, language).content)
    for page in ("cramps_site/templates/500.html",):
        (tmp_path / Path(page).name).write_bytes((repository / page).read_bytes())
    (tmp_path / "problem.html").write_bytes(
        client.get("/api/v1/problems/withdrawn/", headers={"accept": "text/html"}).content
    )
    return tmp_path


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)


def vnu(*arguments: str | Path, cwd: Path) -> list[str]:
    jar = Path(str(web_tools())) / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = run("java", "-Xss4m", "-XX:TieredStopAtLevel=1", "-jar", jar, "--stdout", "--Werror", *arguments, cwd=cwd)
    return (done.stdout + done.stderr).splitlines()


def test_no_page_breaks_a_rule_of_html(saved: Path) -> None:
    pages = sorted(path.name for path in saved.glob("*.html"))
    assert len(pages) == len(CASES) + 2
    assert vnu(*pages, cwd=saved) == []

    program = Path(str(web_tools())) / "html-validate" / "bin" / "html-validate.mjs"
    # Into a file: of a long list a pipe loses the end.
    done = run("node", program, "--config", RULES, "--formatter", "json=found.json", *pages, cwd=saved)
    found = json.loads((saved / "found.json").read_text())
    assert [
        (Path(page["filePath"]).name, fault["line"], fault["ruleId"], fault["message"])
        for page in found
        for fault in page["messages"]
    ] == [], done.stderr
    assert done.returncode == 0


def test_no_style_breaks_a_rule_of_css_as_written_or_as_sent(tmp_path: Path, repository: Path) -> None:
    places = ("articles/static/articles", "triage/static/triage")
    styles = sorted(style for place in places for style in (repository / place).glob("*.css"))
    assert styles
    for style in styles:
        (tmp_path / style.name).write_text(style.read_text())
        (tmp_path / f"small-{style.name}").write_text(smaller(style.read_text()))

    assert vnu("--css", *sorted(path.name for path in tmp_path.glob("*.css")), cwd=tmp_path) == []
