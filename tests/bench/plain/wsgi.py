"""What the server calls; it finds no more packages than the site beside it does."""

from django.core.wsgi import get_wsgi_application

from tests.bench.installed import as_in_production

as_in_production()
application = get_wsgi_application()
