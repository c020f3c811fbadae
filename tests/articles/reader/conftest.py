"""Pages as a browser gets them, and a strict reading of their HTML."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.articles.reader.markup import Markup, read

Fetch = Callable[[str], Markup]


@pytest.fixture
def fetch(client: Client, db: None) -> Fetch:
    """Get an address and read its page; every page that a test looks at must be sound HTML."""

    def get(path: str) -> Markup:
        response: HttpResponse = client.get(path)
        return read(response.content.decode())

    return get
