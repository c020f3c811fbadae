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


def test_what_no_page_leads_to_is_collected_and_not_packed(tmp_path: Path) -> None:
    words = b"function said() { return 1; }\n" * 50
    names = ["library/code.js", "library/code.js.map", STYLE]
    storage, source = SmallStaticFiles(location=tmp_path / "to", base_url="/static/"), tmp_path / "from"
    for name in names:
        for place in (source, tmp_path / "to"):
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(b"a { color: red; }\n" * 50 if name == STYLE else words)
    collected = {name: (FileSystemStorage(source), name) for name in names}

    assert not [outcome for _, _, outcome in storage.post_process(collected) if isinstance(outcome, Exception)]

    packed = {path.relative_to(tmp_path / "to").as_posix() for path in (tmp_path / "to").rglob("*.br")}
    stored = {name: storage.stored_name(name) for name in names}
    assert packed == {f"{name}.br" for name in (stored["library/code.js"], stored[STYLE], STYLE)}
    assert all((tmp_path / "to" / name).exists() for name in [*names, *stored.values()])
