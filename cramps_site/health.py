"""For load balancers: whether this process runs, and whether it can serve."""

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from articles.answers import headers
from articles.editions import queries
from articles.editions.guards import missing_guards
from articles.publishing.touching import missing_touching


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Answer 200 as long as the process answers at all; nothing else is asked, so a lost database restarts nothing."""
    return headers.apply(JsonResponse({"status": "live"}), "health")


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the shelf can be read and every guard and trigger is in place, else 503 with what is wrong."""
    faults = _faults()
    body = {"status": "not ready", "faults": faults} if faults else {"status": "ready", "faults": []}
    return headers.apply(JsonResponse(body, status=503 if faults else 200), "health")


def _faults() -> list[str]:
    try:
        queries.head()
        return [
            *(f"guard missing: {name}" for name in missing_guards()),
            *(f"trigger missing: {name}" for name in missing_touching()),
        ]
    except DatabaseError:
        # The message may hold addresses and names of the database: it goes to nobody outside.
        return ["the database does not answer"]
