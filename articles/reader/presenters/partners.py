"""The page for partners: the form for a request, with what was typed and what is wrong with it, and what follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.canonical.languages import LANGUAGES, Language, other_language
from articles.editions.kinds import kinds
from articles.editions.wording import KINDS
from articles.partners.applications import LONGEST, Asked, Fault
from articles.reader.presenters.frame import Frame, section_frame
from articles.reader.presenters.sections import SECTIONS

# Where the documentation for programmers is.
DOCUMENTATION = "/api/v1/docs/"

# A field that people do not see. Whoever fills it in fills in everything.
TRAP = "leave_empty"

# What each field asks for, where nothing stands in it.
_MISSING: Mapping[str, str | Promise] = {
    "name": _("Write the name of the organisation."),
    "website": _("Write the address of the site, or of the page of the app."),
    "contact_name": _("Write whom we may talk to."),
    "email": _("Write an e-mail address."),
    "safety_email": _("Write the e-mail address that somebody reads day and night."),
    "purpose": _("Write where and for whom you want to show the texts."),
}
_WRONG: Mapping[Fault, str | Promise] = {
    "characters": _("There are invisible characters here. Please type it by hand."),
    "website": _("This does not look like the address of a site, such as https://example.org."),
    "email": _("This does not look like an e-mail address, such as name@example.org."),
}


@dataclass(frozen=True)
class FieldView:
    """`fault` is a sentence, empty where nothing is wrong."""

    name: str
    value: str
    fault: str


@dataclass(frozen=True)
class TickView:
    value: str
    words: str
    is_ticked: bool


@dataclass(frozen=True)
class PartnersPage:
    """`notice` says why the whole form was not taken; `language_name` is that of the letters that follow."""

    frame: Frame
    fields: Mapping[str, FieldView]
    kinds: Sequence[TickView]
    languages: Sequence[TickView]
    notice: str = ""
    documentation: str = DOCUMENTATION
    description: str = "/api/v1/schema/"
    trap: str = TRAP
    contact: str = field(default_factory=lambda: settings.CONTACT_EMAIL)

    @property
    def is_answer(self) -> bool:
        """Whether a form was sent and not taken: then the form is what the page is about."""
        return bool(self.notice or self.faults)

    @property
    def faults(self) -> list[FieldView]:
        return [one for one in self.fields.values() if one.fault]


@dataclass(frozen=True)
class SentPage:
    frame: Frame
    documentation: str = DOCUMENTATION


def blank_page(language: Language) -> PartnersPage:
    """Return the page before anything was typed."""
    description = gettext(
        "Show our texts on your site or in your app: what you get, what you promise, and how to ask for access."
    )
    return _page(section_frame(SECTIONS["partners"], language, description), _nothing(language), {})


def typed_page(asked: Asked, faults: Mapping[str, Fault], *, is_trapped: bool = False, waits: int = 0) -> PartnersPage:
    """Return the page with everything that was typed and a sentence at each field that has a fault.

    `waits` is in how many seconds the form may be sent again, 0 where that is not what was wrong.
    """
    notice = ""
    if is_trapped:
        notice = gettext("The form looks as if a program had filled it in. If you are a person, please send it again.")
    elif waits:
        minutes = ceil(waits / 60)
        notice = ngettext(
            "Too many requests came from your network. Everything that you typed is still here: send it in %(minutes)s"
            " minute.",
            "Too many requests came from your network. Everything that you typed is still here: send it in %(minutes)s"
            " minutes.",
            minutes,
        ) % {"minutes": minutes}
    return _page(_private_frame(asked.language, has_fault=True), asked, faults, notice=notice)


def refused_page(language: Language) -> PartnersPage:
    """Return the page of a form that was not ours or did not arrive whole."""
    notice = gettext("The form arrived incomplete or changed, so we have kept nothing of it. Please fill it in again.")
    return _page(_private_frame(language, has_fault=True), _nothing(language), {}, notice=notice)


def sent_page(language: Language) -> SentPage:
    """Return what happens next: the same for everybody who has sent a form."""
    return SentPage(_private_frame(language, title=gettext("Thank you, we have your request")))


def _page(frame: Frame, asked: Asked, faults: Mapping[str, Fault], *, notice: str = "") -> PartnersPage:
    fields = {}
    for name in LONGEST:
        value = getattr(asked, name)
        fields[name] = FieldView(name, value, _sentence(name, value, faults[name]) if name in faults else "")
    return PartnersPage(
        frame,
        fields,
        kinds=[TickView(one.name, str(KINDS[one.name]), one.name in asked.kinds) for one in kinds()],
        languages=[TickView(code, str(_LANGUAGES[code]), code in asked.languages) for code in LANGUAGES],
        notice=notice,
    )


_LANGUAGES: Mapping[Language, str | Promise] = {"ru": _("Russian"), "en": _("English")}


def _sentence(name: str, value: str, fault: Fault) -> str:
    if fault == "missing":
        return str(_MISSING[name])
    if fault == "too-long":
        return gettext("Please make it shorter: at most %(most)s characters; now there are %(length)s.") % {
            "most": LONGEST[name],
            "length": len(value),
        }
    return str(_WRONG[fault])


def _private_frame(language: Language, *, title: str = "", has_fault: bool = False) -> Frame:
    """The frame of an answer to a form: it has no address and is kept by nobody."""
    section = SECTIONS["partners"]
    title = title or str(section.title)
    if has_fault:
        title = gettext("Error: %(title)s") % {"title": title}
    return Frame(
        language, title, section.path(other_language(language)), is_indexed=False, section=section, is_section=True
    )


def _nothing(language: Language) -> Asked:
    return Asked("", "", "", "", "", "", language)
