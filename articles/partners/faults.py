"""What kept a request from being answered, in words. The kinds are those of the guarded client."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.outgoing.addresses import FaultKind

WORDS: Mapping[FaultKind, str | Promise] = {
    "bad-address": _("The address cannot be used."),
    "forbidden-address": _("The name leads to an address that is not public."),
    "no-such-host": _("The name of the server could not be resolved."),
    "no-connection": _("The connection to the server failed."),
    "bad-certificate": _("The certificate of the server was not accepted."),
    "too-slow": _("The server took too long."),
    "closed": _("The server closed the connection before it had answered."),
    "not-http": _("The answer was not HTTP."),
    "too-large": _("The head of the answer was too large."),
}
