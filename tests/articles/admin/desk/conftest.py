"""The desk as an editor's browser sees it, without scripts."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.articles.admin.desk.browser import Desk


@pytest.fixture
def desk(client: Client, editor: User) -> Desk:
    """An editor who is signed in and works in English, so that tests may read sentences."""
    client.force_login(editor)
    client.cookies["django_language"] = "en"
    return Desk(client)


@pytest.fixture
def colleague(editor: User) -> Desk:
    """A second editor at another machine."""
    from tests.factories.desk import an_editor

    client = Client()
    client.force_login(an_editor())
    client.cookies["django_language"] = "en"
    return Desk(client)
