"""What was told is forgotten after thirty days, but for the moment at which word of a danger arrived."""

from datetime import datetime

from articles.partners.deliveries import KEPT, Attempt, Delivery


def purge(*, at: datetime) -> None:
    """Delete attempts from before `KEPT`, and deliveries that are done with since then. What waits is kept, and so is
    when an urgent line was delivered: the report of a recall tells it for good."""
    before = at - KEPT
    Attempt.objects.filter(at__lt=before).delete()
    done = Delivery.objects.exclude(state=Delivery.State.WAITING).exclude(is_urgent=True, delivered_at__isnull=False)
    # A message that was sent again lately is as new as that.
    done.filter(created_at__lt=before).exclude(attempted_at__gte=before).delete()
