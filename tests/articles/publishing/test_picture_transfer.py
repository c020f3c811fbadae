"""Pictures as files: the words in YAML, the bytes beside them, each looked at before it is taken."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage

from articles.canonical.picture_paths import PicturePath
from articles.content.aggregates import LoadError
from articles.content.picture_store import holds
from articles.content.pictures import Picture
from articles.content.renditions import path_of
from articles.publishing.transfer import dump_content, load_content, read_content
from tests.factories.desk import NOON
from tests.factories.erasure import erase
from tests.factories.pictures import a_drawing, a_picture, talkative

pytestmark = pytest.mark.django_db


def load(directory: Path) -> int:
    return load_content(read_content(directory), by=None, at=NOON)


def forget(picture: Picture) -> None:
    """As on another machine: neither the row nor the files are there."""
    for entry in picture.renditions:
        default_storage.delete(entry["path"])
    Picture.objects.filter(pk=picture.pk).delete()


def tree(directory: Path) -> dict[str, bytes]:
    return {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()}


def refusal(directory: Path) -> list[str]:
    with pytest.raises(LoadError) as refused:
        load(directory)
    return refused.value.problems


def test_a_dump_has_the_words_and_the_files(tmp_path: Path) -> None:
    picture = a_picture()
    [written] = dump_content(tmp_path)
    names = {f"pictures/files/{path_of(entry).name}" for entry in picture.renditions}
    assert set(tree(tmp_path)) == {str(written.relative_to(tmp_path)), *names}


def test_a_picture_comes_back_on_another_machine_byte_for_byte(tmp_path: Path) -> None:
    picture = a_picture(credit="Анна Белова", licence="cc_by_4", source_url="https://example.org/calf")
    dump_content(tmp_path / "first")
    forget(picture)
    assert load(tmp_path / "first") == 1
    again = Picture.objects.get()
    assert (again.pk, again.renditions, again.width) == (picture.pk, picture.renditions, picture.width)
    assert all(holds(path_of(entry)) for entry in again.renditions)
    dump_content(tmp_path / "second")
    assert tree(tmp_path / "second") == tree(tmp_path / "first")
    assert load(tmp_path / "second") == 0


def test_files_that_no_picture_names_any_more_go_and_others_stay(tmp_path: Path) -> None:
    gone, kept = a_picture(), a_picture(a_drawing(200, 200))
    dump_content(tmp_path)
    (tmp_path / "pictures" / "files" / "notes.txt").write_text("mine")
    gone.delete()
    dump_content(tmp_path)
    names = {path.name for path in (tmp_path / "pictures" / "files").iterdir()}
    assert names == {"notes.txt", *(path_of(entry).name for entry in kept.renditions)}


def test_a_file_that_was_broken_off_is_written_anew(tmp_path: Path) -> None:
    a_picture()
    dump_content(tmp_path)
    before = tree(tmp_path)
    next((tmp_path / "pictures" / "files").glob("*.avif")).write_bytes(b"half")
    dump_content(tmp_path)
    assert tree(tmp_path) == before


def test_a_changed_file_is_refused_and_nothing_is_loaded(tmp_path: Path) -> None:
    picture = a_picture()
    dump_content(tmp_path)
    forget(picture)
    changed = sorted((tmp_path / "pictures" / "files").glob("*.webp"))[0]
    changed.write_bytes(changed.read_bytes()[:-1] + b"x")
    [problem] = refusal(tmp_path)
    assert f"renditions: {changed} is not the file that the picture names" in problem
    assert Picture.objects.count() == 0


def test_every_missing_file_is_named(tmp_path: Path) -> None:
    picture = a_picture()
    dump_content(tmp_path)
    forget(picture)
    for path in (tmp_path / "pictures" / "files").glob("*.avif"):
        path.unlink()
    assert [problem.endswith(".avif is missing") for problem in refusal(tmp_path)] == [True, True]


def test_a_file_that_the_storage_has_need_not_come_along(tmp_path: Path) -> None:
    picture = a_picture()
    dump_content(tmp_path)
    for path in (tmp_path / "pictures" / "files").iterdir():
        path.unlink()
    Picture.objects.filter(pk=picture.pk).delete()
    assert load(tmp_path) == 1


@pytest.mark.parametrize("content", [b"MZ\x90\x00 a program", b"<script>alert(1)</script>", talkative("WEBP")])
def test_what_the_form_would_refuse_does_not_come_in_past_it(tmp_path: Path, content: bytes) -> None:
    picture = a_picture()
    [written] = dump_content(tmp_path)
    entry = next(one for one in picture.renditions if one["format"] == "webp" and one["width"] == 640)
    forged = PicturePath(sha256(content).hexdigest(), entry["width"], "webp")
    text = written.read_text().replace(entry["path"], str(forged))
    written.write_text(text.replace(f"bytes: {entry['bytes']}", f"bytes: {len(content)}"))
    (written.parent / "files" / forged.name).write_bytes(content)
    assert "is not the file that the picture names" in refusal(tmp_path)[0]
    assert not default_storage.exists(str(forged))


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ("renditions: text\n", "renditions"),
        ("renditions: []\n", "renditions"),
        ("renditions:\n  - path: ../../etc/passwd\n", "renditions"),
        ("width: wide\n", "width"),
    ],
)
def test_what_has_not_the_shape_of_a_picture_is_a_problem_with_its_place(
    tmp_path: Path, lines: str, place: str
) -> None:
    picture = a_picture()
    [written] = dump_content(tmp_path)
    kept = written.read_text().split("renditions:")[0] + "licence: own\n"
    written.write_text(kept + lines)
    assert any(f"{written}: {place}: " in problem for problem in refusal(tmp_path))
    assert Picture.objects.get().renditions == picture.renditions


def test_the_files_of_an_erased_picture_do_not_come_back_with_an_old_dump(
    tmp_path: Path, editor: User, administrator: User, django_capture_on_commit_callbacks: Any
) -> None:
    picture = a_picture()
    dump_content(tmp_path)
    with django_capture_on_commit_callbacks(execute=True):
        erase(picture, "picture", editor, administrator)

    assert "it was erased for good" in refusal(tmp_path)[0]
    assert not any(holds(path_of(entry)) for entry in picture.renditions)
