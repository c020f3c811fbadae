"""What the production server calls."""

import os

from django.core.wsgi import get_wsgi_application

from articles.search.words.stems import warm
from cramps_site.bodies import Application, SomeWaitForBodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cramps_site.settings.dev")


def _application() -> Application:
    django = get_wsgi_application()
    from cramps_site.warming import warmed  # models exist by now, and did not when this module was imported

    # Fewer than a process has threads (cramps_site/serve.py), or slow senders would keep everybody out.
    return warmed(SomeWaitForBodies(django, waiting=2))


application = _application()

# While the process starts, nobody waits for it.
warm()
