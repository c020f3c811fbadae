"""The site as it is served in production, without what only developers have installed."""

from tests.bench.installed import as_in_production

as_in_production()

from cramps_site.wsgi import application  # noqa: E402

__all__ = ["application"]
