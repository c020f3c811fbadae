"""What the pages of a text's past take from the shelf. Each function says how many queries it makes."""

from articles.editions import histories, queries
from articles.editions.masking import masked
from articles.editions.parts import PartWithdrawal
from articles.editions.queries import Shelved
from articles.editions.recalls import notice, withdrawn_from
from articles.editions.shelf import Edition
from articles.reader.pages import Shown
from articles.reader.presenters.changes import changes_page
from articles.reader.presenters.history import history_page
from articles.reader.presenters.past import edition_page


def history(shelved: Shelved) -> Shown:
    """Return every edition of a text and what else happened to it; two queries."""
    return Shown("history", history_page(shelved, histories.history(shelved.item, shelved.language)))


def edition(shelved: Shelved, edition: Edition) -> Shown:
    """Return the text of an edition; three queries, one for the current edition.

    What was withdrawn since is as it would be in a live text: a notice in the place of a quote, or beside a source.
    """
    language, document = shelved.language, edition.document
    later = [] if edition.number == shelved.standing.edition.number else histories.later(edition)
    if later:
        gone = withdrawn_from([edition])
        document = masked(document, {part: notice(one, language) for part, one in gone.items()})
    speakers = [quote.speaker.id for quote in document.quotes() if quote.speaker]
    targets = queries.targets([*document.linked_items(), *speakers], language)
    return Shown("edition", edition_page(shelved, edition, document, later=later, targets=targets))


def as_it_stood(shelved: Shelved) -> Shown:
    """Return the text of the edition that `shelved` stands at as if nothing had come after it; one query."""
    edition = shelved.standing.edition
    targets = queries.targets(edition.document.linked_items(), shelved.language)
    return Shown("edition", edition_page(shelved, edition, edition.document, later=[], targets=targets))


def changes(shelved: Shelved, edition: Edition) -> Shown:
    """Return what changed in an edition; at most three queries."""
    language, number = shelved.language, edition.number
    before = queries.edition(shelved.item, language, number - 1) if number > 1 else None
    if before is None or before.is_erased:
        return Shown("changes", changes_page(shelved, edition, None, notices={}, targets={}))
    gone = withdrawn_from([before, edition])
    # A quote's reason is told where its notice stands; in a difference it would look like something that was said.
    notices = {
        part: PartWithdrawal(one.reason_code, "") if one.part_kind == "quote" else notice(one, language)
        for part, one in gone.items()
    }
    named = [item for one in (before.document, edition.document) for item in (*one.about(), *one.about_conditions())]
    targets = queries.targets(named, language)
    return Shown("changes", changes_page(shelved, edition, before, notices=notices, targets=targets))
