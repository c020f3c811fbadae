"""Where the files of pictures are kept. A path names bytes: written once, never changed, never removed by the desk.

Files are written before the row that names them, so no row ever names a file that is not there. One that no row came to
name harms nobody. A picture that gets another file keeps the old ones, because old editions still show them.
"""

from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from articles.canonical.picture_paths import PicturePath
from articles.content.picture_files import Prepared
from articles.content.renditions import Listed


def store(prepared: Prepared) -> list[Listed]:
    """Keep the files of a picture and return how its row names them; raise OSError where they cannot be written."""
    for rendition in prepared.renditions:
        write(rendition.path, rendition.data)
    return [
        Listed(
            path=str(rendition.path),
            width=rendition.width,
            height=rendition.height,
            format=rendition.format,
            bytes=len(rendition.data),
        )
        for rendition in prepared.renditions
    ]


def write(path: PicturePath, data: bytes) -> None:
    """Keep these bytes under their path; raise OSError where they cannot be written."""
    if holds(path):
        return
    # What a machine that went down while it wrote has left is no file of ours.
    default_storage.delete(str(path))
    written = default_storage.save(str(path), ContentFile(data))
    if written != str(path):
        # Somebody wrote the same bytes in the same moment, so the storage chose another name for ours.
        default_storage.delete(written)


def read(path: PicturePath) -> bytes:
    """Return the file's bytes; raise FileNotFoundError if it is not there."""
    with default_storage.open(str(path)) as file:
        return bytes(file.read())


def holds(path: PicturePath) -> bool:
    """Whether the file is there, whole and as it was written."""
    try:
        return sha256(read(path)).hexdigest() == path.sha256
    except FileNotFoundError:
        return False
