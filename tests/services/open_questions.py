"""Settings of a server of tests whose triage asks its questions."""

from cramps_site.settings.test import *  # noqa: F403

TRIAGE_INTERACTIVE = True
TRIAGE_DEMONSTRATION = True
