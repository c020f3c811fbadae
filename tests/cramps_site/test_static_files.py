"""How the style sheet is collected: smaller, the same to a browser, and packed beforehand."""

import re
import shutil
from pathlib import Path

import brotli
import pytest
from django.core.files.storage import FileSystemStorage

from cramps_site.static_files import SmallStaticFiles, smaller

STYLE = "articles/site.css"


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("a {\n  color: red;\n  margin: 0 auto;\n}\n", "a{color: red;margin: 0 auto;}"),
        ("/* it's a {comment} */\na { color: red; } /* \" */\nb { color: blue; }", "a{color: red;}b{color: blue;}"),
        ('a::before { content: " ; { "; }', 'a::before{content: " ; { ";}'),
        ("a { background: url(';  {x}'); }", "a{background: url(';  {x}');}"),
        ("a > b + c,\nd   e { inline-size: calc(1px + 2px); }", "a > b + c,d   e{inline-size: calc(1px + 2px);}"),
        ("@media (width < 40rem) {\n  a { b: c; }\n}", "@media (width < 40rem){a{b: c;}}"),
    ],
)
def test_only_what_a_browser_does_not_read_falls_away(written: str, sent: str) -> None:
    assert smaller(written) == sent
    assert smaller(sent) == sent


def test_the_style_sheet_keeps_every_rule_and_string(repository: Path) -> None:
    written = (repository / "articles/static" / STYLE).read_text()
    plain = re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL)

    assert re.sub(r"\s", "", smaller(written)) == re.sub(r"\s", "", plain)
    assert re.findall('"[^"]*"', smaller(written)) == re.findall('"[^"]*"', plain)
    assert len(smaller(written)) < len(written) * 0.95


def test_what_is_collected_is_small_named_by_its_content_and_packed(tmp_path: Path, repository: Path) -> None:
    source = FileSystemStorage(repository / "articles/static")
    (tmp_path / STYLE).parent.mkdir()
    shutil.copy(source.path(STYLE), tmp_path / STYLE)
    storage = SmallStaticFiles(location=tmp_path, base_url="/static/")

    done = list(storage.post_process({STYLE: (source, STYLE)}))

    assert [outcome for _, _, outcome in done if isinstance(outcome, Exception)] == []
    name = storage.stored_name(STYLE)
    collected = (tmp_path / name).read_bytes()
    assert name != STYLE
    assert b"/*" not in collected
    assert brotli.decompress((tmp_path / f"{name}.br").read_bytes()) == collected
    # The page of our own faults names the file without its digest.
    assert (tmp_path / STYLE).read_bytes() == collected
