"""Whom this site may ask: the settings as a value for the guarded client, which is plain Python."""

from django.conf import settings

from articles.outgoing.addresses import Policy


def policy() -> Policy:
    """Return what the settings allow; everything but public addresses by https is for trying out alone."""
    return Policy(loopback=settings.OUTGOING_LOOPBACK)
