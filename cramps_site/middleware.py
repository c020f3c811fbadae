"""Django's own middleware, fitted to this site.

Sessions, messages, CSRF and the interface language belong to the desk alone: on any other address they would set
cookies and `Vary` on answers that are the same for everybody. Their classes are switched off outside `/admin/`, and are
Django's own so that its system checks and hooks see what they expect.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponseForbidden, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.middleware.common import CommonMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin

from articles.admin.sign_in import sessions
from articles.answers import encoding, headers, limits
from articles.editorial import audit
from articles.editorial.desk_zone import desk_zone

DESK = "/admin/"

# By which django-csp knows that an answer has a policy of its own, or none.
_OF_ITS_OWN = frozenset(
    {"_csp_config", "_csp_update", "_csp_replace", "_csp_exempt"}
    | {"_csp_config_ro", "_csp_update_ro", "_csp_replace_ro", "_csp_exempt_ro"}
)


class _Moved(HttpResponsePermanentRedirect):
    """A permanent redirect with the headers of every other one; without them caches may keep it for ever."""

    def __init__(self, redirect_to: str) -> None:
        super().__init__(redirect_to)
        headers.apply(self, "moved")
        # It looks at no text, so there is no end of such addresses: nobody keeps it among finished answers.
        self.answer_kind = None


class ContentPolicy(CSPMiddleware):
    """The content security policy: django-csp's own. That of the settings, which nearly every answer outside the desk
    has, is put together once and not for each; neither a nonce nor anything of the request is in it."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(DESK) or not _OF_ITS_OWN.isdisjoint(vars(response)):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, _policy())
        return response


@cache
def _policy() -> str:
    return build_policy()


class Permissions(MiddlewareMixin):
    """Says on every answer what the browser need not offer to the page."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response


class Encoded(MiddlewareMixin):
    """Compresses every answer outside the desk. On a page of the desk are tokens that its length would give away."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return response if request.path_info.startswith(DESK) else encoding.encoded(request, response)


class Slashes(CommonMiddleware):
    """Django's own, which leads to the address with its slash."""

    response_redirect_class = _Moved


class _DeskOnly(MiddlewareMixin):
    """Runs the middleware it is mixed into for the desk's addresses, and nothing for others."""

    def __call__(self, request: HttpRequest) -> Any:
        if request.path_info.startswith(DESK):
            return super().__call__(request)
        return self.get_response(request)


class DeskSessions(_DeskOnly, SessionMiddleware):
    pass


class DeskLanguage(_DeskOnly, LocaleMiddleware):
    pass


class DeskTime(_DeskOnly):
    """Pages of the desk show moments, and read those that are typed, in the time zone of the desk. Nobody else sets
    one, so that all others are in that of the settings."""

    def __call__(self, request: HttpRequest) -> Any:
        if not request.path_info.startswith(DESK):
            return self.get_response(request)
        with timezone.override(desk_zone()):
            return super().__call__(request)


class DeskAccounts(_DeskOnly, AuthenticationMiddleware):
    """Whose session has been idle for too long is a stranger."""

    def process_request(self, request: HttpRequest) -> None:
        sessions.end_if_idle(request)
        super().process_request(request)


class DeskTrail(_DeskOnly):
    """What is written into the audit trail meanwhile says from which network the request came."""

    def __call__(self, request: HttpRequest) -> Any:
        if not request.path_info.startswith(DESK):
            return self.get_response(request)
        with audit.seen_from(limits.client_address(request)):
            return super().__call__(request)


class DeskMessages(_DeskOnly, MessageMiddleware):
    pass


class DeskForgeryGuard(_DeskOnly, CsrfViewMiddleware):
    """CSRF guard of the desk; the public API takes no cookies, so there is nothing to forge there."""

    def process_view(
        self,
        request: HttpRequest,
        callback: Callable[..., HttpResponseBase],
        callback_args: tuple[Any, ...],
        callback_kwargs: dict[str, Any],
    ) -> HttpResponseForbidden | None:
        if not request.path_info.startswith(DESK):
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)
