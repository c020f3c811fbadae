"""What the production server calls."""

import os

from django.core.wsgi import get_wsgi_application

from articles.search.words import stems
from cramps_site import memory
from cramps_site.bodies import Application, SomeWaitForBodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cramps_site.settings.dev")

# Together fewer than a process has threads (cramps_site/serve.py), or slow senders would keep everybody out.
WAITING, IN_LINE = 2, 2


def _application() -> Application:
    django = get_wsgi_application()
    from cramps_site.warming import warmed  # models exist by now, and did not when this module was imported

    return warmed(SomeWaitForBodies(django, waiting=WAITING, in_line=IN_LINE))


memory.share()
application = _application()

# Models can be imported only now.
from articles.reader import templating  # noqa: E402
from cramps_site import keeping_lines, reading_locally  # noqa: E402

reading_locally.start()
keeping_lines.start()

# While the process starts, nobody waits for it.
stems.warm()
templating.warm()
memory.settle()
memory.give_back()
