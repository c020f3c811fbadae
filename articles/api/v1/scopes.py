"""Why a key is refused that opens, but not this."""

from django.utils.translation import gettext

from articles.api.v1.refusals import RefusedError
from articles.canonical.languages import Language
from articles.partners.scopes import Scope


def out_of_scope(scope: Scope, kind: str | None, language: Language) -> RefusedError:
    """Return the refusal for a kind, or for what gathers from all kinds (None), in a language."""
    wrong = []
    if not scope.covers_language(language):
        wrong.append(
            gettext("The key is for texts in: %(languages)s. Name one of them; else the language is chosen for you.")
            % {"languages": _listed(scope.languages)}
        )
    if scope.kinds and kind is None:
        wrong.append(
            gettext("The key is for these kinds only: %(kinds)s. This gathers from all kinds and needs a key for all.")
            % {"kinds": _listed(scope.kinds)}
        )
    elif scope.kinds and kind not in scope.kinds:
        wrong.append(gettext("The key is for these kinds only: %(kinds)s.") % {"kinds": _listed(scope.kinds)})
    about = {"kinds": sorted(scope.kinds), "languages": sorted(scope.languages)}
    return RefusedError("out-of-scope", " ".join(wrong), scope=about)


def _listed(names: frozenset[str] | frozenset[Language]) -> str:
    return ", ".join(sorted(names))
