"""Word to somebody whose second factors were changed: by themselves, they hope."""

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse

from articles.partners import letters


def tell_changed(user: User, *, by_administrator: bool = False) -> bool:
    """Write to the person, in both languages, and return whether a server of mail took it; False without an address."""
    page = settings.SITE_URL + reverse("admin:my_sign_in")
    said = {"account": user.get_username(), "by_administrator": by_administrator, "page": page}
    return letters.send("second_factor", user.email, "ru", said)
