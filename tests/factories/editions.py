"""A text with a past."""

from datetime import timedelta

from tests.factories.documents import NOON, REVIEWED, a_document, heading, shelve


def three_editions() -> None:
    """Put three editions of the article on the shelf, a day apart; the second is reviewed and changes for safety."""
    shelve(a_document(heading("один", name="h")), note="")
    changed = a_document(heading("два", name="h"))
    day = timedelta(days=1)
    shelve(changed, at=NOON + day, change="safety", note="Доза была неверной.", review=REVIEWED)
    shelve(a_document(heading("три", name="h")), at=NOON + 2 * day, change="wording", note="Яснее.")
