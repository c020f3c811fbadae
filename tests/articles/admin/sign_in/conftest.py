"""People at the door of the desk, with the second factors that they have set up."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

PASSWORD = "correct horse battery"

Codes = Callable[[int], str]


@pytest.fixture
def asked(settings: Any) -> None:
    """Second factors are offered, and whoever acts is asked who they are."""
    settings.SECOND_FACTOR = "offered"


@pytest.fixture
def required(settings: Any) -> None:
    """Whoever may publish, sign or keep accounts needs a second factor."""
    settings.SECOND_FACTOR = "required"


@pytest.fixture
def english(client: Client) -> Client:
    """A stranger's browser in English."""
    client.cookies["django_language"] = "en"
    return client


def code_of(secret: str, later: int = 0) -> str:
    """Return the code that an app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


@pytest.fixture
def codes(editor: User) -> Codes:
    """The editor's app: codes of now and of half a minute later or before, each of which counts."""
    secret = generate_totp_secret()
    TOTP.activate(editor, secret)
    return lambda later=0: code_of(secret, later)


def wrong_code(codes: Codes) -> str:
    """Return six digits that the app shows neither now nor soon, and has not shown lately."""
    shown = {codes(later) for later in range(-3, 5)}
    return next(code for code in (f"{number:06}" for number in range(10)) if code not in shown)


def enter(client: Client, name: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    return client.post("/admin/login/", {"username": name, "password": password, **more})


def is_in(client: Client) -> bool:
    return client.get("/admin/my-sign-in/").status_code == 200
