"""Every code of a problem, whether it loses something, and its sentence."""

from typing import Literal

Severity = Literal["error", "note"]


def _(sentence: str) -> str:
    """Mark a sentence for the collector of messages. Translation itself happens where the sentence is shown."""
    return sentence


# What is lost for good, or could harm, is an error; what keeps every word is a note.
_TABLE: tuple[tuple[str, Severity, str], ...] = (
    # characters
    (
        "control-character",
        "error",
        _("The text contains the invisible control character %(character)s near “%(near)s”. Type this place again."),
    ),
    (
        "lone-surrogate",
        "error",
        _("The text contains half a character (%(character)s) near “%(near)s”. Type this place again."),
    ),
    (
        "bidi-control",
        "error",
        _(
            "The text contains the invisible character %(character)s, which changes the direction of writing, "
            "near “%(near)s”. Type this place again."
        ),
    ),
    (
        "noncharacter",
        "error",
        _("The text contains %(character)s, which is not a character, near “%(near)s”. Type this place again."),
    ),
    # the shape of a tree
    ("not-a-list", "error", _("A list of nodes was expected here.")),
    ("not-a-node", "error", _("An object with a type was expected here.")),
    ("unknown-node", "error", _("A node of type “%(type)s” is not known here.")),
    ("missing-key", "error", _("The node has no “%(key)s”.")),
    ("unknown-key", "error", _("The node has an unknown “%(key)s”.")),
    ("wrong-type", "error", _("“%(key)s” has a value of the wrong type.")),
    ("bad-level", "error", _("A heading inside a text has level 3 or 4.")),
    ("bad-language", "error", _("“%(value)s” is not a language code. Write it like “la” or “en-GB”.")),
    ("bad-kind", "error", _("“%(value)s” is not a kind of item.")),
    ("bad-id", "error", _("“%(value)s” is not the identifier of an object (%(key)s).")),
    ("bad-href", "error", _("The address “%(value)s” is refused, or not written in its normal form.")),
    ("item-without-paragraph", "error", _("An item of a list begins with a paragraph.")),
    ("too-deep", "error", _("The text is nested too deeply.")),
    # codes of a classification
    (
        "code-cyrillic",
        "error",
        _(
            "“%(value)s” has a Cyrillic letter, and we do not guess which Latin one was meant. "
            "Type it in Latin letters."
        ),
    ),
    (
        "code-malformed",
        "error",
        _(
            "“%(value)s” is not a code of ICD-10. A code is a letter and two digits and may go on with a dot and one "
            "or two digits: G40, R25.2."
        ),
    ),
    # links
    (
        "link-empty",
        "error",
        _("Paragraph %(paragraph)s, near “%(near)s”: the link has no address. The words are kept; add the address."),
    ),
    (
        "link-relative",
        "error",
        _(
            "Paragraph %(paragraph)s, near “%(near)s”: the address “%(href)s” is not complete. The words are kept; "
            "write the address with https:// at its beginning."
        ),
    ),
    (
        "link-scheme",
        "error",
        _(
            "Paragraph %(paragraph)s, near “%(near)s”: the link “%(href)s” was refused. The words are kept; "
            "a link may lead to a web page, an e-mail address or a telephone number."
        ),
    ),
    (
        "link-host",
        "error",
        _(
            "Paragraph %(paragraph)s, near “%(near)s”: the address “%(href)s” names no valid site. "
            "The words are kept; correct the address."
        ),
    ),
    (
        "link-credentials",
        "error",
        _(
            "Paragraph %(paragraph)s, near “%(near)s”: the address “%(href)s” contains a user name or a password. "
            "The words are kept; give the address without them."
        ),
    ),
    (
        "link-malformed",
        "error",
        _(
            "Paragraph %(paragraph)s, near “%(near)s”: “%(href)s” is not a valid e-mail address or telephone number. "
            "The words are kept; correct the link."
        ),
    ),
    (
        "link-without-words",
        "note",
        _("Paragraph %(paragraph)s, near “%(near)s”: a link to “%(href)s” has no words, so it was left out."),
    ),
    (
        "link-in-link",
        "error",
        _("Paragraph %(paragraph)s, near “%(near)s”: two links lie over the same words; the inner one was left out."),
    ),
    (
        "item-link-broken",
        "error",
        _("Paragraph %(paragraph)s, near “%(near)s”: the link to an item is broken. Choose the item again."),
    ),
    (
        "term-broken",
        "error",
        _("Paragraph %(paragraph)s, near “%(near)s”: the link to a term is broken. Choose the term again."),
    ),
    (
        "citation-broken",
        "error",
        _("Paragraph %(paragraph)s, near “%(near)s”: the citation names no source. Choose the source again."),
    ),
    (
        "language-not-known",
        "note",
        _("Paragraph %(paragraph)s, near “%(near)s”: “%(language)s” is not a language code, so it was left out."),
    ),
    # what a paste brings with it
    (
        "image-lost",
        "error",
        _("Paragraph %(paragraph)s, near “%(near)s”: a picture cannot stand inside a text. Add it as its own block."),
    ),
    (
        "media-lost",
        "error",
        _(
            "Paragraph %(paragraph)s, near “%(near)s”: <%(element)s> (a video, a sound or something embedded) "
            "was not kept. Link to it instead."
        ),
    ),
    (
        "script-lost",
        "error",
        _("Paragraph %(paragraph)s, near “%(near)s”: program code was removed. Check that no words are missing."),
    ),
    (
        "form-lost",
        "error",
        _(
            "Paragraph %(paragraph)s, near “%(near)s”: a form field or button (<%(element)s>) was not kept. "
            "Only its words remain."
        ),
    ),
    (
        "strike-lost",
        "error",
        _(
            "Paragraph %(paragraph)s, near “%(near)s”: the words “%(words)s” were struck out and now stand as ordinary "
            "words. Delete them, or leave them if they are meant."
        ),
    ),
    (
        "raised-lost",
        "error",
        _(
            "Paragraph %(paragraph)s, near “%(near)s”: “%(words)s” was raised or lowered and now stands on the line. "
            "Check that the meaning is the same."
        ),
    ),
    (
        "cut-off",
        "error",
        _("Paragraph %(paragraph)s, near “%(near)s”: the text breaks off inside <%(element)s>. Check its end."),
    ),
    (
        "table-not-kept",
        "note",
        _(
            "Paragraph %(paragraph)s, near “%(near)s”: a table was turned into paragraphs, one for each row. "
            "Every word is kept."
        ),
    ),
    (
        "quotation-not-kept",
        "note",
        _(
            "Paragraph %(paragraph)s, near “%(near)s”: an indented quotation was turned into ordinary paragraphs. "
            "If these are somebody’s words, use a quote block."
        ),
    ),
    (
        "heading-level-changed",
        "note",
        _("Paragraph %(paragraph)s, near “%(near)s”: a heading of level %(old)s now has level %(new)s."),
    ),
    (
        "heading-in-list",
        "note",
        _("Paragraph %(paragraph)s, near “%(near)s”: a heading inside a list was turned into an ordinary paragraph."),
    ),
    (
        "list-too-deep",
        "note",
        _(
            "Paragraph %(paragraph)s, near “%(near)s”: the list has more than %(limit)s levels; "
            "the deeper ones were joined."
        ),
    ),
    (
        "list-number-changed",
        "note",
        _("Paragraph %(paragraph)s, near “%(near)s”: the list began with %(number)s and now begins with 1."),
    ),
    (
        "rule-not-kept",
        "note",
        _("Paragraph %(paragraph)s, near “%(near)s”: a dividing line was left out."),
    ),
    (
        "element-not-known",
        "note",
        _("Paragraph %(paragraph)s, near “%(near)s”: <%(element)s> is not known here. Its words are kept."),
    ),
    # plain tables
    ("table-too-wide", "error", _("The table has %(columns)s columns; more than %(limit)s cannot be read. Split it.")),
    ("table-too-long", "error", _("The table has %(rows)s rows; more than %(limit)s lose the reader. Split it.")),
    ("table-without-rows", "error", _("The table has a heading and no row below it. Each row is a line of its own.")),
    ("table-of-one-column", "error", _("The table has a single column: separate cells with a bar “|”, or use a list.")),
    (
        "cells-merged",
        "note",
        _(
            "Merged cells were filled with the same words, such as “%(near)s”. "
            "Empty those in which they should not stand."
        ),
    ),
    (
        "cell-link-lost",
        "error",
        _("The link over “%(near)s” was not kept: cells hold plain words. Put it into the note under the table."),
    ),
    (
        "words-beside-table",
        "error",
        _("Words outside the table were not pasted, such as “%(near)s”. Paste them into a text block."),
    ),
    (
        "several-tables",
        "error",
        _("Only the first of %(count)s tables was pasted. Paste each of the others into a block of its own."),
    ),
    # what a Markdown file may not hold
    (
        "markup-not-known",
        "error",
        _("Paragraph %(paragraph)s, near “%(near)s”: the markup “%(markup)s” is not known here. Its words are kept."),
    ),
    (
        "markup-not-closed",
        "error",
        _("Paragraph %(paragraph)s, near “%(near)s”: “%(markup)s” is opened and not closed. Its words are kept."),
    ),
)

CODES: dict[str, str] = {code: sentence for code, severity, sentence in _TABLE}
SEVERITY: dict[str, Severity] = {code: severity for code, severity, sentence in _TABLE}
