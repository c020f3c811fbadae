"""The page that says in words how two versions of a protocol differ: the draft, or what was live after a release."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from articles.admin.press import addresses
from articles.admin.site import desk_site
from articles.content.labels import label
from articles.editorial.roles import right
from triage.admin.differences import between
from triage.protocols.drafts import draft
from triage.protocols.tables import Protocol
from triage.protocols.versions import Version, draft_version, released_versions


@desk_site.page("triage/compare/<uuid:pk>/", name="triage_compare")
@require_GET
def comparing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Compare `before` with `after`: without them the draft with what was released last."""
    if not request.user.has_perm(right("view", Protocol)):
        raise PermissionDenied
    protocol = get_object_or_404(Protocol, pk=pk)
    versions = [draft_version(draft(protocol)), *released_versions(pk)]
    known = {version.key: version for version in versions}
    after = known.get(request.GET.get("after", ""), versions[0])
    # The one before it in time, which comes behind it in the list.
    usual = versions[min(versions.index(after) + 1, len(versions) - 1)]
    before = known.get(request.GET.get("before", ""), usual)
    context = desk_site.each_context(request) | {
        "title": _("What changed"),
        "subtitle": label(protocol),
        "form_url": addresses.form_of(protocol),
        "choices": [(version.key, named(version)) for version in versions],
        "before": before.key,
        "after": after.key,
        "compared": between(before.documents, after.documents) if before is not after else None,
        "is_never_released": len(versions) == 1,
    }
    return TemplateResponse(request, "triage/admin/compare.html", context)


def named(version: Version) -> str:
    """Return what a version is called: the draft, or its day and the numbers of its editions."""
    own = next(iter(version.documents.values())).protocol.version
    if version.at is None:
        return _("Draft, version %(version)s") % {"version": own}
    numbers = ", ".join(f"{language.upper()} {number}" for language, number in version.numbers.items())
    return _("Published %(day)s, version %(version)s (editions: %(numbers)s)") % {
        "day": date_format(localtime(version.at), "DATETIME_FORMAT"),
        "version": own,
        "numbers": numbers,
    }
