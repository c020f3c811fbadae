"""A developer's machine: `make run` and `manage.py` without further settings."""

from cramps_site.settings import environment
from cramps_site.settings.base import *  # noqa: F403
from cramps_site.settings.local_secret import local_secret

SECRET_KEY = environment.text("SECRET_KEY", "") or local_secret()
ALLOWED_HOSTS = environment.names("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
DEBUG = False
TRIAGE_DEMONSTRATION = environment.flag("TRIAGE_DEMONSTRATION", default=True)
OUTGOING_LOOPBACK = environment.flag("OUTGOING_LOOPBACK", default=True)
