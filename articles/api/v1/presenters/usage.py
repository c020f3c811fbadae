"""A partner's own figures as it receives them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from articles.api.v1.shapes import usage as shapes
from articles.api.v1.shapes.problems import ScopeOut
from articles.editions.times import rfc3339
from articles.partners.endpoints import Endpoint
from articles.partners.keys import Key
from articles.partners.scopes import Scoped
from articles.partners.usage import UsageDay


def key_out(key: Key, days: Iterable[UsageDay], *, shown: Key, at: datetime) -> shapes.KeyOut:
    """Return a key and its days; `shown` is the one that this request shows."""
    return shapes.KeyOut(
        prefix=key.prefix,
        label=key.label,
        state=_state(key, at),
        is_this=key.pk == shown.pk,
        scope=scope_out(key),
        created_at=rfc3339(key.created_at),
        expires_at=_moment(key.expires_at),
        revoked_at=_moment(key.revoked_at),
        last_used_at=_moment(key.last_used_at),
        days=[
            shapes.DayOut(day=day.day.isoformat(), requests=day.requests, unchanged=day.unchanged, refused=day.refused)
            for day in days
        ],
    )


def webhook_out(endpoint: Endpoint) -> shapes.WebhookUse:
    """Return a webhook without its secret."""
    return shapes.WebhookUse(
        id=str(endpoint.pk),
        url=endpoint.url,
        state=endpoint.state,  # type: ignore[arg-type]
        paused_at=_moment(endpoint.paused_at),
        pause_reason=endpoint.pause_reason,
        scope=scope_out(endpoint),
        told_up_to=endpoint.reached,
    )


def scope_out(row: Scoped) -> ScopeOut:
    """Return what a key or a webhook is about."""
    return ScopeOut(kinds=sorted(row.kinds), languages=sorted(row.languages))


def _state(key: Key, at: datetime) -> Literal["usable", "expired", "revoked"]:
    if key.revoked_at is not None:
        return "revoked"
    return "usable" if key.is_usable(at) else "expired"


def _moment(at: datetime | None) -> str | None:
    return rfc3339(at) if at else None
