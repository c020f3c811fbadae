"""Letters about requests for access: to the desk, and to whoever asked."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.editions.wording import KINDS
from articles.partners import letters
from articles.partners.partner import Application, Partner

_LANGUAGES: Mapping[str, str | Promise] = {"ru": _("Russian"), "en": _("English")}

# Anybody may type anybody's address, so however many requests name it, it gets one confirmation a day.
_CONFIRMED_ONCE_IN = timedelta(days=1)


def received(application: Application) -> None:
    """Tell the desk of a new request, and whoever asked that it has arrived.

    The confirmation repeats nothing that was typed: it may go to somebody who has asked for nothing.
    """
    letters.send(
        "new_request",
        settings.CONTACT_EMAIL,
        "ru",
        {
            "application": application,
            "kinds": [KINDS[kind] for kind in application.kinds],
            "languages": [_LANGUAGES[code] for code in application.languages],
        },
        reply_to=application.email,
    )
    earlier = Application.objects.filter(
        email__iexact=application.email, asked_at__gt=application.asked_at - _CONFIRMED_ONCE_IN
    ).exclude(pk=application.pk)
    if not earlier.exists():
        letters.send("request_received", application.email, application.language, {})  # type: ignore[arg-type]


def admitted(application: Application, partner: Partner) -> bool:
    """Tell whoever asked that they are a partner now; return whether the letter went out."""
    return letters.send("request_approved", application.email, application.language, {"partner": partner})  # type: ignore[arg-type]


def declined(application: Application) -> bool:
    """Tell whoever asked that they are not, in the words of the desk; return whether the letter went out."""
    return letters.send("request_declined", application.email, application.language, {"answer": application.answer})  # type: ignore[arg-type]
