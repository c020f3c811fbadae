"""What keeps a protocol from being released, imported or signed, beside what the desk and the press ask of any text."""

from django.utils.translation import gettext_lazy as _

from articles.content.problems import DeskProblem, Where

WORDS = {
    "file-id-taken": _("The id of the protocol belongs to something else here."),
    "file-service-unknown": _(
        "The file calls %(number)s (%(country)s) by an id that no care service has. Add the service first: an import "
        "makes none."
    ),
    "file-service-differs": _(
        "The file calls %(number)s where the care service with this id has %(known)s. Check which of the two is right."
    ),
    "file-unfit": _("The desk cannot take this over: %(what)s"),
}


def protocol_problem(code: str, language: str, where: Where, **params: str) -> DeskProblem:
    """Return the problem with its sentence; raise KeyError for a code without one."""
    return DeskProblem(code, language, where, tuple(sorted(params.items())), WORDS[code])
