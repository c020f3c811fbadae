"""Pages in place of a question: the form was not ours, is too old, belongs to another edition, or came too often.

Each has the emergency card, and none of them leads to a milder outcome: there is none on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.reader.presenters.frame import Frame
from triage.live.protocols import LiveProtocol
from triage.pages.presenters.basis import private_frame


@dataclass(frozen=True)
class Refusal:
    """`way` is what the link to the opening page says."""

    status: int
    title: str | Promise
    text: str | Promise
    way: str | Promise


_AGAIN = _("Start again")

REFUSALS: Mapping[str, Refusal] = {
    "malformed": Refusal(
        400,
        _("We could not read your answers"),
        _("The form arrived incomplete or changed, so we can give no advice on it. Please start again."),
        _AGAIN,
    ),
    "out_of_date": Refusal(
        409,
        _("You began more than two hours ago"),
        _("How you feel may have changed since, so please answer again. We have not kept your earlier answers."),
        _AGAIN,
    ),
    "changed": Refusal(
        409,
        _("The questions have changed since you began"),
        _("Your earlier answers may mean something else now, so please start again."),
        _AGAIN,
    ),
    "too_often": Refusal(
        429,
        _("Please wait a minute"),
        _(
            "Too many forms are coming from your connection at once. Yours is still on this page: wait a minute and"
            " send it again. If you have an emergency sign, do not wait: call now."
        ),
        _("Or start again"),
    ),
}


@dataclass(frozen=True)
class RefusalPage:
    """`fields` is a form to be sent again as it was; empty where that would not help."""

    frame: Frame
    status: int
    title: str
    text: str
    way: str
    address: str
    fields: Sequence[tuple[str, str]]


def refusal_page(live: LiveProtocol, code: str, *, fields: Sequence[tuple[str, str]] = ()) -> RefusalPage:
    """Return the page of a refusal; raise KeyError for an unknown one."""
    refusal = REFUSALS[code]
    return RefusalPage(
        frame=private_frame(live, str(refusal.title)),
        status=refusal.status,
        title=str(refusal.title),
        text=str(refusal.text),
        way=str(refusal.way),
        address=live.shelved.page_path,
        fields=fields,
    )
