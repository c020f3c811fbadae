"""What keeps a text from being published, as values in plain words with the place to mend."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Where:
    """A field of an object at the desk; `language` is empty for a field that has no language."""

    model: str
    id: str
    field: str = ""
    language: str = ""

    @property
    def column(self) -> str:
        """The field's name with its language suffix, as forms and columns have it."""
        return f"{self.field}_{self.language}" if self.language and self.field else self.field


@dataclass(frozen=True)
class DeskProblem:
    """One thing to mend before publishing. Two are equal when they say the same about the same place."""

    code: str
    language: str
    where: Where
    params: tuple[tuple[str, str], ...] = ()
    words: Promise | str = field(default="", compare=False, repr=False)

    @property
    def sentence(self) -> str:
        """The problem in the active interface language."""
        return str(self.words) % dict(self.params)


WORDS = {
    "title-missing": _("The title is empty."),
    "slug-missing": _("The address is empty. Readers need one to find the page."),
    "summary-missing": _("The summary is empty."),
    "authors-missing": _(
        "The other language names who wrote the text. Name them here too, or the page would say that nobody is named."
    ),
    "no-blocks": _("There is no text yet. Add a block."),
    "block-empty": _("This block is empty in both languages. Fill it in or delete it."),
    "block-missing": _("This block is essential and has no text in this language."),
    "quote-missing": _("The quote has no text in this language, and this block is essential."),
    "speaker-missing": _("The source names the speaker, but none is chosen."),
    "speaker-nameless": _("The speaker “%(name)s” has no name in this language."),
    "disputed-by-name": _(
        "“Disputed” may not stand beside a named person until a clinician has signed the check. "
        "Choose “supported in part” or “no good evidence found”."
    ),
    "verdict-unfounded": _("The verdict needs a note on the evidence in this language."),
    "verdict-sourceless": _("The verdict needs at least one source."),
    "quote-withdrawn": _("The quote “%(name)s” was withdrawn. Remove the block."),
    "source-withdrawn": _("The source “%(name)s” was withdrawn. Cite another one."),
    "source-unknown": _("A citation leads to a source that no longer exists. Choose it again."),
    "source-unnamed": _("The source “%(name)s” has neither a title nor a publisher with a date."),
    "item-unknown": _("A link leads to a text that no longer exists. Remove the link."),
    "condition-without-code": _(
        "The term “%(name)s” has no ICD-10 code, so it does not say which condition the text is about. Give the term "
        "its code, or remove it from the conditions."
    ),
    "definition-missing": _("The plain definition is empty."),
    "points-not-a-list": _("Key points are one bulleted list and nothing else."),
    "steps-not-a-list": _("Steps are one numbered list and nothing else."),
    "box-untitled": _("The care box “%(name)s” has no title in this language."),
    "box-without-signs": _("The care box “%(name)s” names no sign in this language."),
    "box-without-number": _("The care box “%(name)s” asks to call, but no emergency service is chosen."),
    "box-placeholder": _("The care box “%(name)s” holds %(what)s. Only {emergency} is filled in."),
    "box-sourceless": _("The care box “%(name)s” needs at least one source."),
    "service-nameless": _("The care service “%(name)s” has no name in this language."),
    "table-untitled": _("The evidence table “%(name)s” has no title in this language."),
    "table-without-options": _("The evidence table “%(name)s” has no option in this language."),
    "option-missing": _("The option “%(name)s” has no words in this language."),
    "option-incomplete": _("The option “%(name)s” does not say what studies show or what that means."),
    "option-sourceless": _("The option “%(name)s” needs at least one source."),
    "accounts-untitled": _("The accounts “%(name)s” have no title in this language."),
    "accounts-noteless": _("The accounts “%(name)s” have no neutral note in this language."),
    "accounts-too-few": _("The accounts “%(name)s” need at least two quotes with words in this language."),
    "differ-not-by-name": _(
        "“The experts differ” may be said only when each account is quoted or reported under its speaker's own name."
    ),
    "picture-without-alt": _("The picture “%(name)s” has no text instead of it in this language."),
    "object-missing": _("“%(name)s” has no words in this language, and this block may not be left out."),
    "biography-of-quoted": _("Of a person quoted from elsewhere we say no more than the source. Empty the biography."),
    "text-unreadable": _("The text holds something that cannot be published: %(what)s"),
}


def desk_problem(code: str, language: str, where: Where, **params: str) -> DeskProblem:
    """Return the problem with its sentence; raise KeyError for a code without one."""
    return DeskProblem(code, language, where, tuple(sorted(params.items())), WORDS[code])
