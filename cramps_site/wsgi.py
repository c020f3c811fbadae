"""What the production server calls."""

import os

from django.core.wsgi import get_wsgi_application

from articles.search.words.stems import warm
from cramps_site.bodies import SomeWaitForBodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cramps_site.settings.dev")

# Fewer than a process has threads (cramps_site/serve.py), or slow senders would keep everybody out.
application = SomeWaitForBodies(get_wsgi_application(), waiting=2)

# Models can be imported only now.
from cramps_site import reading_locally  # noqa: E402

reading_locally.start()

# While the process starts, nobody waits for it.
warm()
