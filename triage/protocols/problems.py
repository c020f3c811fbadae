"""What keeps a protocol from being released, imported or signed, beside what the desk and the press ask of any text."""

from django.utils.translation import gettext_lazy as _

from articles.content.problems import DeskProblem, Where

# For how long a protocol may be released at most.
LONGEST_MONTHS = 24

WORDS = {
    "danger-missing": _("Say with which signs nobody should answer questions but call at once."),
    "number-missing": _("Choose at least one emergency service: a protocol without a number to call helps nobody."),
    "no-number-left": _("The protocol “%(name)s” would be left without an emergency number."),
    "braces-here": _(
        "Write no braces here: emergency numbers are filled in only in levels, first aid and the signs to call with."
    ),
    "expiry-missing": _("Say until when the protocol holds."),
    "expiry-past": _("The protocol held until a day that has passed. Check it anew and set a later day."),
    "expiry-far": _("A protocol may hold for %(months)s months at most. Set an earlier day."),
    "both-languages": _("Readers do not have this logic or this last day yet. Publish both languages together."),
    "logic-differs": _(
        "The other language has a different logic or last day by now. Publish both languages together instead."
    ),
    "signatures-lacking": _(
        "A signature on which the check of this text rests was taken back. Release the protocol anew first, so that "
        "readers learn who has checked it."
    ),
    "seen-differs": _("The protocol was changed after you looked at it. Look at it again before you sign."),
    "rows-unticked": _("Read and tick every row that ends in self-care, one by one. Not ticked: %(number)s."),
    "rows-unknown": _("A row that you ticked is no longer in the list. Look at the list again."),
    "file-id-taken": _("The id of the protocol belongs to something else here."),
    "file-service-unknown": _(
        "The file calls %(number)s (%(country)s) by an id that no care service has. Add the service first: an import "
        "makes none."
    ),
    "file-service-differs": _(
        "The file calls %(number)s where the care service with this id has %(known)s. Check which of the two is right."
    ),
    "file-unfit": _("This cannot be taken over from the file: %(what)s"),
}


def protocol_problem(code: str, language: str, where: Where, **params: str) -> DeskProblem:
    """Return the problem with its sentence; raise KeyError for a code without one."""
    return DeskProblem(code, language, where, tuple(sorted(params.items())), WORDS[code])
