"""What a session knows of how somebody came in, when they last showed that it is them, and when it ends."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, login
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import HttpRequest

# By what somebody showed that it is them; all but the password are second factors.
PASSWORD = "password"

_PROVED_AT = "proved_at"
_PROVED_BY = "proved_by"
_SEEN_AT = "seen_at"

# Not on every request: each is a write to the database.
_SEEN_EVERY = 60
# Asked every few seconds by a form that is open.
_BY_ITSELF = "/admin/beside/"

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def begin(request: HttpRequest, user: User, by: str, at: datetime) -> None:
    """Sign somebody in, under a new key of the session, for as long as the settings say."""
    login(request, user, backend=_BACKEND)
    request.session.set_expiry(at + timedelta(seconds=settings.SESSION_COOKIE_AGE))
    request.session[_SEEN_AT] = at.timestamp()
    proved(request, by, at)


def proved(request: HttpRequest, by: str, at: datetime) -> None:
    """Remember that the person at this session has just shown that it is them, and by what."""
    request.session[_PROVED_AT] = at.timestamp()
    request.session[_PROVED_BY] = by


def has_shown_factor(request: HttpRequest) -> bool:
    """Return whether a second factor was shown last in this session."""
    return request.session.get(_PROVED_BY, PASSWORD) != PASSWORD


def is_fresh(request: HttpRequest, at: datetime) -> bool:
    """Return whether somebody showed within the last minutes (`STEP_UP_MINUTES`) that it is them."""
    proved_at = request.session.get(_PROVED_AT)
    return proved_at is not None and 0 <= at.timestamp() - proved_at < settings.STEP_UP_MINUTES * 60


def end_if_idle(request: HttpRequest) -> None:
    """End a session in which nothing was asked for too long. One that did not begin here has no such end.

    What an open form asks by itself, who else is there, keeps no session alive: nobody may be sitting in front of it.
    """
    seen_at = request.session.get(_SEEN_AT)
    if seen_at is None:
        return
    now = datetime.now(UTC).timestamp()
    if now - seen_at > settings.SESSION_IDLE_SECONDS:
        request.session.flush()
    elif now - seen_at > _SEEN_EVERY and not request.path_info.startswith(_BY_ITSELF):
        request.session[_SEEN_AT] = now


def end_all(user: User, *, but: str | None = None) -> int:
    """End every session of an account, except the one with the key `but`; return how many were ended.

    Sessions do not name their account in a column, so all that have not ended are read: a desk has few.
    """
    ended = [row.session_key for row in _of(user) if row.session_key != but]
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore
    for key in ended:
        store(key).delete()
    return len(ended)


def count(user: User) -> int:
    """Return in how many sessions an account is signed in."""
    return sum(1 for _row in _of(user))


def _of(user: User) -> Iterable[Session]:
    for row in Session.objects.filter(expire_date__gt=datetime.now(UTC)).iterator():
        if row.get_decoded().get(SESSION_KEY) == str(user.pk):
            yield row
