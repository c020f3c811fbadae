"""How far somebody has come. It lives in the form on their own screen, signed and dated, and nowhere else.

The signature keeps anybody from putting answers into it that were not given, and questions from being left out. It
hides nothing: whoever has the page has the answers anyway.
"""

from datetime import datetime, timedelta

import msgspec
from django.core.signing import BadSignature, Signer

from articles.canonical.languages import Language
from articles.canonical.shapes import learn

# Signs change. Whoever began longer ago is asked anew, however lately they went on.
LONGEST = timedelta(hours=2)

_SALT = "triage.pages.progress"


class TamperedError(ValueError):
    """Raised for a text that we have not signed."""


class OutOfDateError(ValueError):
    """Raised for answers that began longer ago than `LONGEST`."""


@learn
class Progress(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`words` is the content digest of the edition that was shown, `begun` the moment in seconds of the epoch.

    `answers` stand in the order in which they were asked for. `asked` is the question on the screen, empty at the
    outcome; `changes` says that it is being changed from the outcome, to which the answer leads back.
    """

    protocol: str
    language: Language
    words: str
    country: str
    begun: int
    answers: dict[str, list[str]] = {}
    asked: str = ""
    changes: bool = False


def signed(progress: Progress) -> str:
    """Return the progress as a text for a form."""
    return Signer(salt=_SALT).sign_object(msgspec.to_builtins(progress))


def read(text: str, *, at: datetime) -> Progress:
    """Return the progress; raise TamperedError for what was not signed by us, OutOfDateError for what is too old."""
    try:
        progress = msgspec.convert(Signer(salt=_SALT).unsign_object(text), Progress)
    except (BadSignature, ValueError):
        # The messages of both name what was sent.
        raise TamperedError from None
    if at.timestamp() - progress.begun > LONGEST.total_seconds():
        raise OutOfDateError
    return progress
