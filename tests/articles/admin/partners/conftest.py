"""Somebody who keeps partners, and somebody who only sees them; both work in English, so that tests read sentences."""

import pytest
from django.contrib.auth.models import User
from django.test import Client


@pytest.fixture
def office(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def editors_desk(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    client.cookies["django_language"] = "en"
    return client
