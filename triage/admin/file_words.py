"""What is wrong with a protocol's file, in words for whoever wrote it, each with its place in the file."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from triage.engine.file_problems import FileProblem
from triage.protocols import finding_words

# Codes of the protocol itself are worded where the verifier's findings are.
WORDS: Mapping[str, Promise] = {
    "too-large": gettext_lazy("The file is too large: %(got)s bytes, at most %(expected)s."),
    "not-utf-8": gettext_lazy("The file is not written in UTF-8 (%(got)s)."),
    "byte-order-mark": gettext_lazy("The file begins with a byte order mark. Save it as UTF-8 without one."),
    "not-json": gettext_lazy("This is no JSON file: %(got)s"),
    "nested-too-deeply": gettext_lazy("The file is nested too deeply to be a protocol."),
    "repeated-key": gettext_lazy("The key “%(got)s” stands there twice."),
    "unknown-field": gettext_lazy("A field “%(got)s” is not known. There may be: %(expected)s."),
    "missing-field": gettext_lazy("The field is missing."),
    "wrong-type": gettext_lazy("It has the wrong type: there is %(got)s, it should be %(expected)s."),
    "wrong-form": gettext_lazy("“%(got)s” is not written as it should be, for example: %(expected)s"),
    "not-one-of": gettext_lazy("“%(got)s” is none of: %(expected)s."),
    "out-of-range": gettext_lazy("%(got)s is out of range: %(expected)s."),
    "too-long": gettext_lazy("The text is too long, at most %(expected)s characters: “%(got)s”"),
    "blank": gettext_lazy("The text is empty."),
    "one-language-only": gettext_lazy("The text is there in one language only."),
    "not-plain-text": gettext_lazy("The text holds HTML or a sign that could be taken for it: “%(got)s”"),
    "forbidden-character": gettext_lazy("The text holds a character that cannot be published: “%(got)s”"),
    "untidy-text": gettext_lazy("The text has spaces or line breaks where none belong: “%(got)s”"),
    "unknown-placeholder": gettext_lazy("The text holds %(got)s. Only {emergency} is filled in."),
    "placeholder-not-filled-in": gettext_lazy("%(got)s is not filled in here."),
    "unequal-placeholders": gettext_lazy("{emergency} does not stand equally often in both languages."),
    "not-a-day": gettext_lazy("“%(got)s” is no day. Write it such as %(expected)s."),
    "not-an-address": gettext_lazy("“%(got)s” is no address of a page."),
    "unknown-reference": gettext_lazy("The file has no source with the key “%(got)s”."),
    "repeated-reference": gettext_lazy("The source “%(got)s” is named twice."),
}


def sentence(problem: FileProblem) -> str:
    """Return what is wrong, in the language of the interface."""
    of_protocols: Mapping[str, Promise] = {str(code): words for code, words in finding_words.WORDS.items()}
    words = WORDS.get(problem.code) or of_protocols.get(problem.code)
    return str(words or _("This is not as it should be: %(got)s")) % {"got": problem.got, "expected": problem.expected}
