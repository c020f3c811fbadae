"""The desk of the triage as people's browsers see it, without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.articles.admin.desk.browser import Desk
from tests.factories.triage_desk import a_clinician, a_protocol
from triage.protocols.tables import Protocol

Opens = Callable[..., Desk]


def desk_of(user: User, language: str = "en") -> Desk:
    """Somebody who is signed in."""
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = language
    return Desk(client)


@pytest.fixture
def desk(editor: User) -> Desk:
    """An editor who works in English, so that tests may read sentences."""
    return desk_of(editor)


@pytest.fixture
def protocol(editor: User) -> Protocol:
    """The small protocol: `danger` (fit, ache, none, unsure), `background` (clots, none, unsure), K01."""
    return a_protocol(by=editor)


@pytest.fixture
def clinician(db: None) -> User:
    return a_clinician()


@pytest.fixture
def clinic(clinician: User) -> Desk:
    """A medical reviewer at the desk."""
    return desk_of(clinician)
