"""People with codes from an app on their way into the desk: in a real browser, with real codes."""

from __future__ import annotations

import time

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

PASSWORD = "correct horse battery"
_HALF_MINUTE = 30


class App:
    """The app on somebody's telephone; a code counts once, so it shows each one once."""

    def __init__(self, owner: User) -> None:
        self.owner = owner
        self._secret = generate_totp_secret()
        self._shown = 0
        TOTP.activate(owner, self._secret)

    def code(self) -> str:
        """Return the code of this half minute, or of the next one, which counts too."""
        self._shown = max(int(time.time()) // _HALF_MINUTE, self._shown + 1)
        return format_hotp_value(hotp_value(self._secret, self._shown))


def log_in(page: Page, app: App) -> None:
    """Name and password, then a code."""
    page.goto("/admin/")
    page.get_by_label("Username").fill(app.owner.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    _show(page, app, "Log in")
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def confirm(page: Page, app: App) -> None:
    """Show once more that it is oneself, on the page that asks before an act."""
    expect(page.get_by_text("Confirm that it is you before this goes on.")).to_be_visible()
    _show(page, app, "Confirm and go on")


def a_while_passes(user: User) -> None:
    """As if somebody had shown a quarter of an hour ago that it is them."""
    for row in Session.objects.all():
        store = SessionStore(row.session_key)
        if store.get("_auth_user_id") == str(user.pk):
            store["proved_at"] -= 16 * 60
            store.save()


def _show(page: Page, app: App, button: str) -> None:
    """Type codes as people do: one that has gone by before it arrived is followed by the one that the app shows now."""
    field = page.get_by_label("Code from the app")
    for _attempt in range(3):
        field.fill(app.code())
        with page.expect_navigation():
            page.get_by_role("button", name=button, exact=True).click()
        if not field.is_visible():
            return
    raise AssertionError(f"no code is accepted: {page.locator('#problem').inner_text()}")
