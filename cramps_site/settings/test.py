"""The test suite: real databases, a fast password hasher, no collected static files."""

import os
from pathlib import Path

# Before base: a stray DATABASE_URL of the shell must not point the suite at a database that somebody uses.
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "")
os.environ["CACHE_URL"] = os.environ.get("TEST_CACHE_URL", "")
# Servers of tests that are about the local copy of the shelf say where it lies.
os.environ["SHELF_MIRROR"] = os.environ.get("TEST_SHELF_MIRROR") or "off"
os.environ["SITE_URL"] = "http://testserver"

from cramps_site.settings.base import *  # noqa: F403
from cramps_site.settings.base import DATABASES, VAR

SECRET_KEY = "only-for-the-test-suite"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SECRET_KEY_FALLBACKS = []
# Tests type and read moments as they are kept; those of the desk's own time set it.
DESK_TIME_ZONE = "UTC"
# Tests of signing in switch it on; all others press their buttons without being asked who they are.
SECOND_FACTOR = "off"
# It asks the database once a second, and tests count queries; its own tests switch it on.
SETTLE_ON_REQUESTS = False
# Tests begin with another shelf each, and count queries; its own tests switch it on.
SNAPSHOT_BYTES = 0
# A busy machine is no database that is away.
WARM_WAITING = 120.0
# Answers that nobody asked for: tests count what was asked for and made. Servers of tests that are about them say so.
WARM_AHEAD = int(os.environ.get("TEST_WARM_AHEAD") or 0)
# Servers of tests are on this machine.
OUTGOING_LOOPBACK = True
# Whatever the shell says; tests of the questions switch on what they need.
TRIAGE_INTERACTIVE = False
TRIAGE_DEMONSTRATION = False
# Most tests publish small texts that are about something else; tests of the checklist switch it on.
CHECKLIST_KINDS = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Nothing is collected for tests: files are found where they lie.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file and not memory: threads and the live server of the browser journeys have connections of their own.
    VAR.mkdir(exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(Path(VAR) / "test.sqlite3")}
    # An order that nobody asked for is turned round, so that who relies on it fails here and not some day elsewhere.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA reverse_unordered_selects=ON;"
