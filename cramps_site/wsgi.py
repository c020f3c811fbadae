"""What the production server calls."""

import os

from django.core.wsgi import get_wsgi_application

from articles.search.words.stems import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cramps_site.settings.dev")

application = get_wsgi_application()

# While the process starts, nobody waits for it.
warm()
