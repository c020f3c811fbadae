"""Protocols as files: out of the desk at a press, and in only after somebody has seen in words what would change."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from articles.admin.moments import now, person
from articles.admin.press import addresses
from articles.admin.site import desk_site
from articles.canonical import canonical_json
from articles.canonical.languages import LANGUAGES
from articles.content.labels import label
from articles.editions.value import digest
from articles.editorial import audit
from articles.editorial.rights import languages_of
from articles.editorial.roles import right
from articles.publishing.problems import RefusedError
from triage.admin import file_words
from triage.admin.differences import Compared, between
from triage.admin.findings import Found, found
from triage.engine.exchange import LARGEST_BYTES, FileRefusedError, ProtocolFile, read_file, write_file
from triage.protocols.drafts import draft
from triage.protocols.tables import Level, Protocol, Question
from triage.protocols.transfer import export, import_file


@dataclass(frozen=True)
class Preview:
    """What an import would make of the draft. `compared` is None where there is no draft of it yet."""

    name: str
    is_new: bool
    compared: Compared | None
    found: Found
    seen: str


@dataclass(frozen=True)
class Refusal:
    """One thing that is wrong with a file; `place` is empty for what the desk, not the file, has to say."""

    place: str
    sentence: str


@desk_site.page("triage/export/<uuid:pk>/", name="triage_export")
@require_GET
def exporting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the draft as a file; what is for colleagues only goes with it, so only they get it."""
    if not request.user.has_perm(right("view", Protocol)):
        raise PermissionDenied
    file = export(get_object_or_404(Protocol, pk=pk))
    audit.record("exported", by=person(request), at=now(), kind="protocol", about=pk, detail="JSON")
    response = HttpResponse(write_file(file), content_type="application/json")
    name = f"{file.slug.en or file.slug.ru or file.id}-{file.version}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@desk_site.page("triage/import/", name="triage_import")
def importing(request: HttpRequest) -> HttpResponse:
    """Take a file, show what is wrong with it or what it would change, and save it only after that was seen."""
    if not _may_import(request):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request)
    content = _content(request)
    if content is None:
        return _page(request, [Refusal("", _("Choose a file first."))])
    if len(content) > LARGEST_BYTES:
        # Before it is sent to and fro in a page.
        content = content[: LARGEST_BYTES + 1]
    try:
        file = read_file(content)
    except FileRefusedError as refusal:
        return _page(request, [Refusal(one.place, file_words.sentence(one)) for one in refusal.problems])
    try:
        preview = _preview(request, file)
        if "_import" not in request.POST:
            return _page(request, preview=preview, content=content)
        if request.POST.get("seen", "") != preview.seen:
            moved = Refusal("", _("The draft was changed after you looked at it. Look at the differences again."))
            return _page(request, [moved], preview=preview, content=content)
        protocol = import_file(file, by=person(request), at=now())
    except RefusedError as refusal:
        return _page(request, [Refusal("", problem.sentence) for problem in refusal.problems])
    messages.success(request, _("The draft is now as in the file: %(name)s") % {"name": label(protocol)})
    return HttpResponseRedirect(addresses.form_of(protocol))


def _preview(request: HttpRequest, file: ProtocolFile) -> Preview:
    """Import the file, look at what came of it, and take everything back."""
    with transaction.atomic():
        known = Protocol.objects.filter(pk=file.id).first()
        before = draft(known).documents if known else None
        imported = import_file(file, by=person(request), at=now())
        looked_at = found(imported)
        after = looked_at.draft.documents
        preview = Preview(
            label(imported),
            known is None,
            between(before, after) if before else None,
            looked_at,
            canonical_json.digest([digest(before[language]) for language in LANGUAGES]) if before else "new",
        )
        transaction.set_rollback(True)
    return preview


def _page(
    request: HttpRequest,
    refused: Sequence[Refusal] = (),
    *,
    preview: Preview | None = None,
    content: bytes = b"",
) -> HttpResponse:
    context: dict[str, Any] = desk_site.each_context(request) | {
        "title": _("Protocol from a file"),
        "refused": refused,
        "preview": preview,
        "found": preview.found if preview else None,
        "to_mend": _to_mend(preview) if preview else 0,
        "content": base64.b64encode(content).decode(),
        "list_url": addresses.page(Protocol, "changelist"),
    }
    return TemplateResponse(request, "triage/admin/import.html", context, status=422 if refused else 200)


def _to_mend(preview: Preview) -> int:
    said = {
        (problem.code, problem.where.id, problem.where.column)
        for one in preview.found.problems.values()
        for problem in one
    }
    return len(said)


def _content(request: HttpRequest) -> bytes | None:
    """The chosen file, or the one that was looked at and came back with its preview."""
    if uploaded := request.FILES.get("file"):
        return uploaded.read(LARGEST_BYTES + 1)
    try:
        return base64.b64decode(request.POST.get("content", ""), validate=True) or None
    except (binascii.Error, ValueError):
        return None


def _may_import(request: HttpRequest) -> bool:
    wanted = [right(act, model) for act in ("add", "change") for model in (Protocol, Level, Question)]
    if not isinstance(request.user, User) or not request.user.has_perms(wanted):
        return False
    # A file holds both languages.
    return len(languages_of(request.user)) == len(LANGUAGES)
