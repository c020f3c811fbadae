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
    "no-blocks": _("The article has no text yet. Add a block."),
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
    "item-unknown": _("A link leads to an article that no longer exists. Remove the link."),
    "text-unreadable": _("The text holds something that cannot be published: %(what)s"),
}


def desk_problem(code: str, language: str, where: Where, **params: str) -> DeskProblem:
    """Return the problem with its sentence; raise KeyError for a code without one."""
    return DeskProblem(code, language, where, tuple(sorted(params.items())), WORDS[code])
