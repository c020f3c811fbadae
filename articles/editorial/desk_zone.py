"""The time of the desk: moments are kept in UTC, and its people read and type them as their own clocks show them."""

from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.timezone import get_current_timezone
from django.utils.translation import pgettext


class DeskZone(tzinfo):
    """A time zone of the IANA database that names itself in the language of the page: MSK, мск, BST, UTC+5."""

    def __init__(self, key: str) -> None:
        self.key = key
        self._zone = ZoneInfo(key)

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return self._zone.utcoffset(moment)

    def dst(self, moment: datetime | None) -> timedelta | None:
        return self._zone.dst(moment)

    def tzname(self, moment: datetime | None) -> str | None:
        # Of no moment in particular a zone is called by its key, which databases know.
        name = self._zone.tzname(moment) if moment else None
        if name == "MSK":
            return pgettext("time zone", "MSK")
        if name is None or name[:1] not in "+-":
            return name
        # Most zones of Russia and Central Asia have no name but the hours themselves, such as +05 or +0530.
        minutes = f":{name[3:5]}" if name[3:5] else ""
        return f"UTC{name[0]}{int(name[1:3])}{minutes}"

    def fromutc(self, moment: datetime) -> datetime:
        return self._zone.fromutc(moment.replace(tzinfo=self._zone)).replace(tzinfo=self)

    def __str__(self) -> str:
        return self.key

    def __reduce__(self) -> tuple[type["DeskZone"], tuple[str]]:
        return DeskZone, (self.key,)


def desk_zone() -> DeskZone:
    """Return the time zone in which the desk works (`DESK_TIME_ZONE`)."""
    return _zone(settings.DESK_TIME_ZONE)


def typed_moment(text: str) -> datetime | None:
    """Return in UTC the moment that a form sent, in the zone of the page where it names none; None for what is none.

    An hour that the clocks skip in spring is none. Of one that comes twice in autumn, the first is meant.
    """
    zone = get_current_timezone()
    try:
        typed = datetime.fromisoformat(text)
        moment = (typed if typed.tzinfo else typed.replace(tzinfo=zone)).astimezone(UTC)
        is_skipped = typed.tzinfo is None and moment.astimezone(zone).replace(tzinfo=None, fold=0) != typed
    except (ValueError, OverflowError):
        return None
    return None if is_skipped else moment


_zone = cache(DeskZone)
