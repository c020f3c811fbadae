"""For load balancers: whether this process runs, and whether it can serve."""

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from articles.answers import headers
from articles.editions import queries, shared_database
from articles.editions.guards import missing_guards
from articles.editions.mirror_place import reading
from cramps_site import warming

_AWAY = "the database does not answer"


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Answer 200 as long as the process answers at all; nothing else is asked, so a lost database restarts nothing."""
    return headers.apply(JsonResponse({"status": "live"}), "health")


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when readers can be served, with every guard in place, else 503 with what is wrong.

    From a local copy of the shelf they are served also while the shared database is away; then the status is `adrift`,
    and what is wrong is said. A load balancer that took every such machine away would leave nobody.
    """
    faults = _faults()
    status = "ready"
    if faults:
        with reading() as is_here:
            status = "adrift" if is_here and shared_database.is_silent() else "not ready"
    elif shared_database.is_ahead():
        status, faults = "adrift", ["the local copy of the shelf is behind"]
    response = JsonResponse({"status": status, "faults": faults}, status=503 if status == "not ready" else 200)
    return headers.apply(response, "health")


def _faults() -> list[str]:
    # Whoever asks whether somebody hangs does not want to hang with him.
    if shared_database.is_silent():
        return [_AWAY]
    try:
        queries.head()
        return [
            *(f"guard missing: {name}" for name in missing_guards()),
            *_adrift(),
        ]
    except DatabaseError:
        # The message may hold addresses and names of the database: it goes to nobody outside.
        return [_AWAY, *_adrift()]


def _adrift() -> list[str]:
    """Finished answers are served all the same, and somebody else may know better."""
    silent = warming.adrift()
    return [] if silent is None else ["finished answers have not followed the shelf for more than two seconds"]
