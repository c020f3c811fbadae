"""Words that somebody gave back to their authors: what was signed of them before ends, and they are known again.

What may differ without anybody reading the text anew makes no other words of it, in however many steps it went.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User

from articles.canonical.languages import Language
from articles.editions.document import Document
from articles.editions.shelf import Edition
from articles.editions.value import digest, encoded
from articles.editorial import signoffs, transitions
from articles.editorial.signed_texts import keep_signed
from articles.editorial.states import Act
from articles.editorial.transitions import Transition
from articles.publishing.covering import held_digests, signed_document
from articles.publishing.substance import substance


def end_signatures(kind: str, item: UUID, language: Language, document: Document, *, by: User, at: datetime) -> None:
    """Keep the words that are being returned, and end every signature that stands on them or could come to.

    That is so for the same bytes and for the same frame: a part of it that nobody has confirmed yet may be confirmed
    later, and then a signature from before the return would hold for what was returned.
    """
    text = substance(document)
    keep_signed(kind, item, language, text.content_digest, encoded(document).decode())
    rows = [row for row in signoffs.standing([item]) if row.language == language]
    signoffs.end(
        [row for row in rows if row.content_digest == text.content_digest or row.frame == text.frame], by=by, at=at
    )


def returned_before(item: UUID, language: Language, document: Document, live: Edition | None) -> Transition | None:
    """Return the last step by which these very words were given back; None where other words were, or none.

    `live` is the edition that readers see. Whether they were sent for review again since, the caller asks.
    """
    last = transitions.last([item], act=Act.RETURN).get((item, language))
    return last if last and says_the_same(last, document, live) else None


def is_returned(item: UUID, language: Language, document: Document, live: Edition | None) -> bool:
    """Return whether these very words were given back to their authors, and stay back."""
    return language in returned(item, {language: document}, {language: live})


def returned(
    item: UUID, documents: Mapping[Language, Document], live: Mapping[Language, Edition | None]
) -> set[Language]:
    """Return the languages of an item whose very words were given back to their authors; one query where none were.

    They stay back until the text is sent for review again, or until they went out nevertheless. Whatever else was done
    with the text since, as with other words of it or with what readers have, changes nothing of that.
    """
    steps = transitions.last([item], act=Act.RETURN)
    again = transitions.last([item], act=Act.SUBMIT) if steps else {}
    out = transitions.last([item], act=Act.PUBLISH) if steps else {}
    found: set[Language] = set()
    for language, document in documents.items():
        place = (item, language)
        if place not in steps or (place in again and again[place].pk > steps[place].pk):
            continue
        went = place in out and out[place].pk > steps[place].pk and out[place].content_digest == digest(document)
        if not went and says_the_same(steps[place], document, live[language]):
            found.add(language)
    return found


def says_the_same(step: Transition, document: Document, live: Edition | None) -> bool:
    """Return whether a text says what it said at a step, but for what may differ without anybody reading it again."""
    language: Language = step.language  # type: ignore[assignment]
    if step.content_digest in held_digests(step.item, language, document, live):
        return True
    then = signed_document(step.item, step.kind, language, step.content_digest)
    if then is None:
        return False
    was, now = substance(then), substance(document)
    return was.frame == now.frame and was.parts == now.parts
