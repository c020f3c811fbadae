"""The report of a recall as a file: for a table program, and for a program of one's own."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.editions.journal import public_line
from articles.editions.shelf import Change
from articles.editions.times import rfc3339
from articles.editions.urgency import act_by
from articles.partners.standings import PartnerStanding, times

_STEPS = ("told", "mailed", "fetched", "acknowledged")

# What makes a table program take a cell for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(line: Change, standings: Iterable[PartnerStanding]) -> bytes:
    """Return a table with a row per partner, moments in UTC and whole seconds since the line was recorded.

    With the mark of UTF-8 and semicolons, as a Russian Excel opens it by a double click: it takes a comma for the
    decimal sign. Whatever looks like a formula stands behind an apostrophe.
    """
    out = io.StringIO()
    write = csv.writer(out, delimiter=";", lineterminator="\r\n").writerow
    names = (_("told by webhook"), _("mailed"), pgettext("partners", "fetched"), _("acknowledged"))
    seconds_of = _("%s, seconds")
    write(
        [_("line"), _("recorded"), _("partner"), _("state"), *names, *(seconds_of % name for name in names),
         _("reminded"), _("has neither fetched nor acknowledged")]
    )  # fmt: skip
    for row in standings:
        seconds = [row.took(step) for step in _STEPS]
        write(
            [
                line.sequence, rfc3339(line.recorded_at), guarded(row.partner.name), row.partner.get_state_display(),
                *(_moment(getattr(row, f"{step}_at")) for step in _STEPS),
                *("" if span is None else int(span.total_seconds()) for span in seconds),
                guarded(", ".join(f"{rfc3339(one.asked_at)} {who(one.by)}" for one in row.reminders)),
                _("yes") if row.has_neither else _("no"),
            ]
        )  # fmt: skip
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_json(line: Change, standings: Iterable[PartnerStanding]) -> bytes:
    """Return the same as JSON, with seconds to the microsecond, and with the times over all partners."""
    rows = list(standings)
    report = {
        "line": public_line(line),
        "act_by": rfc3339(act_by(line)),
        "times": {
            step: {
                "count": found.count,
                "p50_seconds": None if found.p50 is None else found.p50.total_seconds(),
                "p95_seconds": None if found.p95 is None else found.p95.total_seconds(),
            }
            for step, found in times(rows).items()
        },
        "partners": [_row(row) for row in rows],
    }
    return json.dumps(report, ensure_ascii=False, indent=2).encode()


def guarded(text: str) -> str:
    """Return text that no table program computes."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def who(account: Any) -> str:
    """Return the name of a colleague."""
    return account.get_full_name() or account.username


def _row(row: PartnerStanding) -> dict[str, Any]:
    found: dict[str, Any] = {"id": str(row.partner.pk), "name": row.partner.name, "state": row.partner.state}
    for step in _STEPS:
        took = row.took(step)
        found[f"{step}_at"] = _moment(getattr(row, f"{step}_at")) or None
        found[f"{step}_after_seconds"] = None if took is None else took.total_seconds()
    reminders = [
        {"asked_at": rfc3339(one.asked_at), "sent_at": _moment(one.sent_at) or None, "by": who(one.by)}
        for one in row.reminders
    ]
    return found | {"has_neither": row.has_neither, "reminders": reminders}


def _moment(moment: datetime | None) -> str:
    return rfc3339(moment) if moment else ""
