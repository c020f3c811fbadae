"""How files reach the server: the largest that may be taken is kept, and of a larger one only the beginning."""

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from articles.content.picture_files import MAX_BYTES


class BoundedUploads(TemporaryFileUploadHandler):
    """Lets no upload fill the disk, and breaks none off: the fields that follow the file would be lost with it.

    The file says how large it was, so that the form can refuse it.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start <= MAX_BYTES:
            return super().receive_data_chunk(raw_data, start)
        return None
