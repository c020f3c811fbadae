"""Who may look at partners and who may decide about them, asked in one place by every page of theirs."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from articles.editorial.roles import may


def may_keep(request: HttpRequest) -> bool:
    """Return whether the person may admit partners, issue and revoke keys."""
    return may(request.user, "keep_partners")


def require_seeing(request: HttpRequest) -> None:
    """Raise PermissionDenied for people who may not look at partners."""
    if not may(request.user, "see_partners"):
        raise PermissionDenied


def require_keeping(request: HttpRequest) -> None:
    """Raise PermissionDenied for people who may not decide about partners."""
    if not may_keep(request):
        raise PermissionDenied
