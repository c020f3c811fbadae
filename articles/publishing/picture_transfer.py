"""The files of pictures beside the readable content: `files/` in the directory of the pictures, named by content."""

from pathlib import Path

from django.core.exceptions import ValidationError

from articles.canonical.picture_paths import named
from articles.content import picture_store
from articles.content.aggregates import Data, LoadError
from articles.content.picture_files import is_rendition
from articles.content.pictures import Picture
from articles.content.renditions import Listed, canonical, path_of

_FILES = "files"


def dump_files(directory: Path) -> None:
    """Write every file that a picture of the desk names, and remove those that none names any more.

    What is no picture's file stays. Raises OSError, also where a file is not in the storage.
    """
    place = directory / _FILES
    wanted = {path_of(entry) for picture in Picture.objects.iterator(chunk_size=500) for entry in picture.renditions}
    for path in sorted(wanted, key=str):
        file, content = place / path.name, picture_store.read(path)
        if not file.exists() or file.read_bytes() != content:
            place.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    names = {path.name for path in wanted}
    for file in sorted(place.glob("*")):
        if file.name not in names and named(file.name):
            file.unlink()


def load_files(directory: Path, data: Data) -> None:
    """Bring the files that a picture's data names into the storage, each looked at before.

    A file that is not in the directory may be in the storage already. Raises LoadError with every file that is in
    neither, or is not what the data says.
    """
    try:
        renditions = canonical(data.get("renditions"))
    except ValidationError:
        return  # the loader says what is wrong with it
    problems = [problem for entry in renditions if (problem := _load_file(directory / _FILES, entry))]
    if problems:
        raise LoadError(problems)


def _load_file(place: Path, entry: Listed) -> str:
    """Return what is wrong with the file; empty when it is in the storage now."""
    path = path_of(entry)
    file = place / path.name
    try:
        content = file.read_bytes() if file.exists() else picture_store.read(path)
    except FileNotFoundError:
        return f"renditions: {file} is missing"
    if len(content) != entry["bytes"] or not is_rendition(content, path, entry["height"]):
        return f"renditions: {file} is not the file that the picture names; its content was changed"
    picture_store.write(path, content)
    return ""
