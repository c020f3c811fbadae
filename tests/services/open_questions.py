"""Settings of a server of tests whose triage asks its questions, and whose database goes away."""

from cramps_site.settings.test import *  # noqa: F403

TRIAGE_INTERACTIVE = True
TRIAGE_DEMONSTRATION = True
# As in production: what does not answer is away.
WARM_WAITING = 2.0
