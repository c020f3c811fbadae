"""Paste: whatever Word, Google Docs or a mail program puts on the clipboard goes through our one parser."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from articles.admin.site import desk_site
from articles.canonical.html_reading import read_html
from articles.canonical.html_writing import editor_html
from articles.content.words import sentence
from articles.publishing.own_addresses import own_item


@desk_site.page("paste/", name="paste")
@require_POST
def paste(request: HttpRequest) -> JsonResponse:
    """Answer with the editor's HTML of what was pasted, and with a sentence about everything that could not be kept."""
    if not request.user.has_perm("articles.change_article"):
        raise PermissionDenied
    body, problems = read_html(request.POST.get("html", ""), own=own_item)
    return JsonResponse({"html": editor_html(body), "problems": [sentence(problem) for problem in problems]})
