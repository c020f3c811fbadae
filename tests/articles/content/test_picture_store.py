from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from articles.content.picture_files import prepare
from articles.content.picture_store import holds, read, store, write
from tests.factories.pictures import a_photo, encoded

PREPARED = prepare(encoded(a_photo(64, 64)), name="a.jpg")


@pytest.fixture(autouse=True)
def disk(settings, tmp_path: Path) -> Path:
    """Files on a disk, as on a server."""
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    return tmp_path


def files(disk: Path) -> dict[str, bytes]:
    return {str(path.relative_to(disk)): path.read_bytes() for path in disk.rglob("*") if path.is_file()}


def test_files_are_kept_under_their_content_and_listed(disk: Path) -> None:
    listed = store(PREPARED)
    assert files(disk) == {str(one.path): one.data for one in PREPARED.renditions}
    assert [(one["path"], one["bytes"]) for one in listed] == [
        (str(one.path), len(one.data)) for one in PREPARED.renditions
    ]


def test_what_is_there_is_not_written_again(disk: Path) -> None:
    store(PREPARED)
    before = {path: (disk / path).stat().st_mtime_ns for path in files(disk)}
    store(PREPARED)
    assert {path: (disk / path).stat().st_mtime_ns for path in files(disk)} == before


def test_what_a_machine_that_went_down_has_left_is_written_anew(disk: Path) -> None:
    one = PREPARED.renditions[0]
    torn = disk / str(one.path)
    torn.parent.mkdir(parents=True)
    torn.write_bytes(one.data[:100])
    assert not holds(one.path)
    write(one.path, one.data)
    assert read(one.path) == one.data


def test_two_who_write_the_same_bytes_leave_one_file(disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = PREPARED.renditions[0]
    store(PREPARED)
    monkeypatch.setattr("articles.content.picture_store.holds", lambda path: False)
    # The other one's file appears between the look and the writing.
    storage = FileSystemStorage(disk)
    delete = storage.delete
    monkeypatch.setattr(storage, "delete", lambda name: None if name == str(one.path) else delete(name))
    monkeypatch.setattr("articles.content.picture_store.default_storage", storage)
    write(one.path, one.data)
    assert files(disk) == {str(one.path): one.data for one in PREPARED.renditions}


def test_a_file_that_is_not_there_is_said_to_be_missing() -> None:
    assert not holds(PREPARED.renditions[0].path)
    with pytest.raises(FileNotFoundError):
        read(PREPARED.renditions[0].path)
