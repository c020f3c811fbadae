"""The desk as an editor's browser sees it, without scripts."""

import pytest
from django.contrib.auth.models import User
from django.test import Client


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    """An editor who is signed in and works in English, so that tests may read sentences."""
    client.force_login(editor)
    client.cookies["django_language"] = "en"
    return client
