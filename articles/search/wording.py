"""What pages and API say of results, in the language of whoever reads them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.canonical.languages import Language
from articles.search.results import How

# What a result in the other language says in the language of the question.
IN_LANGUAGE: Mapping[Language, str | Promise] = {"ru": _("in Russian"), "en": _("in English")}

# Why something else was looked for than was typed.
REASONS: Mapping[How, str | Promise] = {
    "as_typed": "",
    "layout": _("The keyboard seems to have been in another layout."),
    "transliteration": _("The words seem to be written in the letters of the other language."),
    "spelling": _("There seems to be a slip in the spelling."),
}
