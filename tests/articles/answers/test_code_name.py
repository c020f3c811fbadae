"""What one version of the program has made is not given out by another: each has a name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import override_settings

from articles.answers import code_name as module
from articles.answers.code_name import code_name

named = code_name.__wrapped__
PRINTED = "import django; django.setup(); from articles.answers.code_name import code_name; print(code_name())"


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of two files that was there before this process."""
    monkeypatch.setattr(module, "_ROOT", str(tmp_path))
    monkeypatch.setattr(module, "_began", lambda: float("inf"))
    (tmp_path / "articles" / "api").mkdir(parents=True)
    (tmp_path / "articles" / "api" / "items.py").write_text("a = 1")
    (tmp_path / "locale").mkdir()
    (tmp_path / "locale" / "django.mo").write_bytes(b"\0words")
    return tmp_path


def test_any_change_of_a_source_or_of_the_words_of_the_interface_is_another_name(sources: Path) -> None:
    names = {named()}
    assert names == {named()}
    (sources / "articles" / "api" / "items.py").write_text("a = 2")
    names.add(named())
    (sources / "locale" / "django.mo").write_bytes(b"\0other")
    names.add(named())
    (sources / "articles" / "api" / "items.py").rename(sources / "articles" / "items.py")
    names.add(named())
    (sources / "articles" / "notes.md").write_text("nobody runs this")
    names.add(named())

    assert len(names) == 4
    assert None not in names


def test_any_other_setting_is_another_name(sources: Path) -> None:
    names = [named()]
    for given in ({"SITE_URL": "https://other.example"}, {"TRIAGE_DEMONSTRATION": True}, {"OPERATOR": {"ru": "Мы"}}):
        with override_settings(**given):
            names.append(named())

    assert len(set(names)) == 4


def test_what_changed_while_the_process_ran_has_no_name(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody knows whether it has loaded the one or the other, whatever time somebody gave the file."""
    file = sources / "articles" / "api" / "items.py"
    os.utime(file, (0, 0))
    monkeypatch.setattr(module, "_began", lambda: file.stat().st_ctime)

    assert named() is None


def test_where_nothing_can_be_read_there_is_no_name(sources: Path) -> None:
    (sources / "articles" / "items.py").symlink_to(sources / "nowhere")

    assert named() is None


def test_every_process_with_the_same_code_and_settings_has_the_same_name() -> None:
    """Sets come in another order in each process."""
    names = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        ran = subprocess.run(
            [sys.executable, "-c", PRINTED], capture_output=True, text=True, env=environment, check=True
        )
        names.append(ran.stdout.strip())

    assert names[0] == names[1]
    assert len(names[0]) == 16
