"""How often one address, or one partner's key, may ask for what is computed anew. Reading what is published is free.

Only a number is kept, and not for longer than two windows. Its key is a keyed hash of the asker and the window: no
address and nothing of a request lies in the cache. With the memory of each process for a cache, each process counts by
itself, so a limit is as many times wider as there are processes; with Redis it is exact.

Which address counts: the one that the connection comes from, or, behind `PROXIES` servers of our own, the one that the
outermost of them saw (`X-Forwarded-For`, counted from its end: whatever else it says was sent by the caller).
"""

import hmac
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address, ip_address
from math import ceil
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase

logger = logging.getLogger(__name__)

Response = TypeVar("Response", bound=HttpResponseBase)

# A household has at least this much of the IPv6 space, and may choose any address in it for each request.
_ONE_SITE_BITS = 64


@dataclass(frozen=True)
class Limit:
    """At most `quota` requests of one asker in each window of `seconds`."""

    name: str
    quota: int = 60
    seconds: int = 60

    @cached_property
    def policy(self) -> str:
        """The value of `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers)."""
        return f'"{self.name}";q={self.quota};w={self.seconds}'


def _named(*limits: Limit) -> Mapping[str, Limit]:
    return {limit.name: limit for limit in limits}


# Everything that is limited: parts of the interface, and the forms for readers. For one address. Five requests for
# access an hour are more than an office sends.
LIMITS: Mapping[str, Limit] = _named(
    Limit("decide"), Limit("search"), Limit("snapshot"), Limit("changes"), Limit("verify"), Limit("lookup"),
    Limit("questions"),
    Limit("requests-for-access", 5, 3600),
)  # fmt: skip

_FORMS = frozenset({"questions", "requests-for-access"})

# For one key, wherever it asks from: then its address is not counted. Forms take no keys.
KEY_LIMITS: Mapping[str, Limit] = {name: Limit(f"{name}-key", quota=600) for name in LIMITS if name not in _FORMS}

# For one partner, whichever of its keys it shows. Whoever registers the address of somebody else, tries it out and
# deletes it, or has everything sent again and again, must not be able to flood them through us.
PARTNER_LIMITS: Mapping[str, Limit] = _named(Limit("registrations", 30, 3600), Limit("replays", 60, 3600))


# For the way into the desk: of one address (an office has one), of one name that is typed, known or not, and of codes
# for one account. Only what was wrong stays counted.
SIGN_IN_LIMITS: Mapping[str, Limit] = _named(
    Limit("sign-in-address", 30, 900), Limit("sign-in-name", 10, 900), Limit("second-factor", 6, 900)
)


@dataclass(frozen=True)
class Use:
    """How much of a limit is used, this request included, and in how many seconds it starts anew. `used` is 0 where
    nothing could be counted: then nobody is refused. `place` is where the count lies."""

    limit: Limit
    used: int
    resets_in: int
    place: str = ""

    @property
    def is_exceeded(self) -> bool:
        return self.used > self.limit.quota

    @property
    def remaining(self) -> int:
        return max(0, self.limit.quota - self.used)


def use(name: str, request: HttpRequest, key: UUID | None = None) -> Use:
    """Count this request against the limit of this name and return where its caller stands.

    With the id of a partner's key it counts for the key, else for the address. Where the cache is away, or no address
    can be told, nothing is counted and the request passes: somebody may need to know at once that an ambulance should
    be called. Raises KeyError for a limit that is not in the table.
    """
    limit = KEY_LIMITS[name] if key else LIMITS[name]
    return _use(limit, str(key) if key else counted_address(request))


def use_of_partner(name: str, partner: UUID) -> Use:
    """Count an act of a partner against the limit of this name and return where the partner stands.

    Raises KeyError for a limit that is not in the table.
    """
    return _use(PARTNER_LIMITS[name], str(partner))


def use_of_sign_in(name: str, asker: str) -> Use:
    """Count an attempt to sign in against the limit of this name and return where its asker stands.

    An asker that is empty is not counted. Raises KeyError for a limit that is not in the table.
    """
    return _use(SIGN_IN_LIMITS[name], asker)


def give_back(standing: Use) -> None:
    """Count a request no longer that was counted and turned out to be free."""
    if not standing.used:
        return
    try:
        cache.decr(standing.place)
    except Exception as fault:
        # The window may be over. Or the cache is away: then nothing is counted at all.
        logger.info("limit %s is not given back: %s", standing.limit.name, type(fault).__name__)


def announced(name: str | None = None) -> str:
    """Return the `RateLimit-Policy` that is the same for every caller, with the quota of an address and of a key.

    Without a name, for an address that is not limited: then the policies of all that are, each called by its address.
    """
    names = KEY_LIMITS if name is None else (name,)
    return ", ".join(limit.policy for name in names for limit in (LIMITS[name], KEY_LIMITS[name]))


def apply(response: Response, standing: Use) -> Response:
    """Say on an answer which limit holds, how much is left, and to whom nothing is left when to come back."""
    limit = standing.limit
    response["RateLimit-Policy"] = limit.policy
    response["RateLimit"] = f'"{limit.name}";r={standing.remaining};t={standing.resets_in}'
    if standing.is_exceeded:
        response["Retry-After"] = str(standing.resets_in)
    return response


def client_address(request: HttpRequest) -> str:
    """Return the address that a request came from, as the outermost server of ours saw it; empty where it is none."""
    text = str(request.META.get("REMOTE_ADDR", ""))
    if settings.PROXIES:
        # The last entry was written by the server next to us, the one before it by the server in front of that.
        hops = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
        text = hops[-settings.PROXIES] if len(hops) >= settings.PROXIES else ""
    try:
        address: IPv4Address | IPv6Address = ip_address(text.strip())
    except ValueError:
        return ""
    return str(address.ipv4_mapped or address) if isinstance(address, IPv6Address) else str(address)


def counted_address(request: HttpRequest) -> str:
    """Return the address that a request counts for, of IPv6 the network of one site; empty where it cannot be told."""
    text = client_address(request)
    address = ip_address(text) if text else None
    if isinstance(address, IPv6Address):
        return f"{int(address) >> (128 - _ONE_SITE_BITS):x}/{_ONE_SITE_BITS}"
    return text


def _use(limit: Limit, asker: str) -> Use:
    now = time.time()
    window = int(now // limit.seconds)
    resets_in = max(1, ceil((window + 1) * limit.seconds - now))
    if not asker:
        return Use(limit, 0, resets_in)
    place = _key(limit, window, asker)
    return Use(limit, _counted(place, limit), resets_in, place)


def _key(limit: Limit, window: int, asker: str) -> str:
    digest = hmac.new(settings.SECRET_KEY.encode(), f"limit {limit.name} {window} {asker}".encode(), sha256)
    return f"limit:{digest.hexdigest()}"


def _counted(key: str, limit: Limit) -> int:
    """How often this key was counted, this time included; 0 while the cache is away."""
    try:
        # `add` is atomic and leaves a number that is there; so is `incr`, which leaves its time to live.
        cache.add(key, 0, timeout=2 * limit.seconds)
        return cache.incr(key)
    except Exception as fault:
        # Each cache has errors of its own. The message of one might name what was asked for, so only its type is told.
        logger.warning("limit %s is not counted: the cache answers with %s", limit.name, type(fault).__name__)
        return 0
