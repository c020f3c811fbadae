"""A picture's file on its way from the browser into its row: kept at once, so that no later answer can lose it.

A browser never fills in a file again. So what was uploaded becomes the picture's files before anything else is looked
at, and a sealed list of them travels in the form like everything typed: through errors in other fields, through the
page with two people's texts, through a fault of the server. It is done outside the transaction of the save, which
nobody else should have to wait for.
"""

import logging
import threading
from dataclasses import dataclass

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from articles.admin.desk.expired import LOST
from articles.content.picture_files import MAX_BYTES, RefusedPictureError, prepare, shown_name
from articles.content.picture_store import store
from articles.content.renditions import Listed

# The name of the file input; the sealed list has the name of the column.
UPLOAD = "upload"
_SALT = "articles.admin.desk.picture_uploads"
_log = logging.getLogger(__name__)

# A large picture takes a second of every core and some hundred megabytes.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class KeptFile:
    """A picture's files, in a row already or, where `is_new`, not yet; `name` is empty for those in a row."""

    renditions: list[Listed]
    name: str = ""

    @property
    def is_new(self) -> bool:
        return bool(self.name)


@dataclass(frozen=True)
class RefusedFile:
    """Stands in the request where the file stood that could not be taken."""

    name: str
    refusal: RefusedPictureError

    def close(self) -> None:
        """Django closes what a request was sent; this file is closed already."""


def receive(request: HttpRequest, column: str) -> None:
    """Turn the uploaded file of a form, if there is one, into a sealed list in its `column`, or into a RefusedFile."""
    upload = request.FILES.get(UPLOAD)
    if not isinstance(upload, UploadedFile):
        return
    name = shown_name(upload.name or "")
    post = request.POST.copy()
    try:
        kept = KeptFile(_kept(upload, name), name)
    except RefusedPictureError as refusal:
        request.FILES[UPLOAD] = RefusedFile(name, refusal)  # type: ignore[assignment]
        # For a page that comes between and has no room for the refusal.
        post[LOST] = name
    else:
        del request.FILES[UPLOAD]
        post[column] = sealed(kept)
    upload.close()
    request.POST = post  # type: ignore[assignment]


def sealed(kept: KeptFile) -> str:
    """Return the list as text that a form carries and nobody can alter."""
    return signing.dumps({"name": kept.name, "renditions": kept.renditions}, salt=_SALT, compress=True)


def opened(text: str) -> KeptFile | None:
    """Return what `sealed` was given; None for anything else."""
    try:
        data = signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        return None
    return KeptFile(data["renditions"], data["name"])


def _kept(upload: UploadedFile, name: str) -> list[Listed]:
    # Before it is read: of a larger file only the beginning was kept.
    if (upload.size or 0) > MAX_BYTES:
        raise RefusedPictureError("heavy")
    with _one_at_a_time:
        prepared = prepare(upload.read(), name=name)
    try:
        return store(prepared)
    except OSError as fault:
        _log.exception("The files of a picture could not be written")
        raise RefusedPictureError("not-kept") from fault
