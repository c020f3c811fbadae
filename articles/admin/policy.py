"""The content security policy of a page of the desk: scripts from static files, styles from files alone.

One exception: where rich text is edited, the editor and its library set styles on elements of their own.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.forms import Media
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# The style sheet that comes with the editor of rich text, and with nothing else; a digest may follow in its name.
_OF_THE_EDITOR = "django_prose_editor/editor."


def of(request: HttpRequest, response: HttpResponseBase) -> dict[str, Any]:
    """Return the directives for an answer of the desk."""
    policy: dict[str, Any] = dict(settings.DESK_CONTENT_SECURITY_POLICY)
    site = f"{request.scheme}://{request.get_host()}"
    policy["script-src"] = [*policy["script-src"], *(f"{site}{path}" for path in settings.DESK_SCRIPTS)]
    if _edits_rich_text(getattr(response, "context_data", None) or {}):
        policy["style-src"] = [*policy["style-src"], "'unsafe-inline'"]
    return policy


def _edits_rich_text(context: Mapping[str, Any]) -> bool:
    media = context.get("media")
    return isinstance(media, Media) and any(_OF_THE_EDITOR in str(tag) for tag in media.render_css())
