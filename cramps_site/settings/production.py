"""Production: everything secret or local comes from the environment, and https is expected in front."""

from django.core.exceptions import ImproperlyConfigured

from cramps_site.settings import environment
from cramps_site.settings.base import *  # noqa: F403

SECRET_KEY = environment.text("SECRET_KEY")
ALLOWED_HOSTS = environment.names("ALLOWED_HOSTS", [])
SITE_URL = environment.address("SITE_URL", environment.text("SITE_URL"))
CONTACT_EMAIL = environment.text("CONTACT_EMAIL")
DEFAULT_FROM_EMAIL = CONTACT_EMAIL
OPERATOR = {"ru": environment.text("OPERATOR_RU"), "en": environment.text("OPERATOR_EN")}
DEBUG = False
SECOND_FACTOR = environment.choice("SECOND_FACTOR", "required", ("required", "offered"))
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
if environment.flag("OUTGOING_LOOPBACK", default=False):
    raise ImproperlyConfigured(
        "OUTGOING_LOOPBACK is for trying out: in production it would open what trusts this machine."
    )
