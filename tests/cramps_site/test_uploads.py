from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from articles.content.picture_files import MAX_BYTES

Send = Callable[[int], HttpRequest]


@pytest.fixture
def sent() -> Iterator[Send]:
    """Sends a form with a file of some size."""
    requests: list[HttpRequest] = []

    def send(size: int) -> HttpRequest:
        # In this order: what follows the file must not be lost with it.
        fields = {"before": "a", "upload": SimpleUploadedFile("calf.jpg", b"x" * size), "after": "typed"}
        requests.append(RequestFactory().post("/admin/", fields))
        return requests[-1]

    yield send
    for request in requests:
        request.close()


def test_a_file_within_the_limit_arrives_whole(sent: Send) -> None:
    upload = sent(MAX_BYTES).FILES["upload"]
    assert (upload.size, len(upload.read())) == (MAX_BYTES, MAX_BYTES)


def test_of_a_file_beyond_it_the_beginning_is_kept_its_size_known_and_the_rest_of_the_form_read(sent: Send) -> None:
    request = sent(20_000_000)
    upload = request.FILES["upload"]
    assert upload.size == 20_000_000
    assert len(upload.read()) < MAX_BYTES + 200_000
    assert (request.POST["before"], request.POST["after"]) == ("a", "typed")


def test_a_small_file_stays_in_memory(sent: Send) -> None:
    assert not hasattr(sent(1000).FILES["upload"], "temporary_file_path")
