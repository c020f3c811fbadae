"""How far a translation is behind, in a few words for lists and forms."""

from collections.abc import Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from articles.editorial.translation_tasks import TranslationTask
from articles.publishing.steps import StepState


def in_words(found: Mapping[StepState, int]) -> list[tuple[StepState, str]]:
    """Return how many parts are missing, behind and ahead, each with its state; nothing where all are in step."""
    return [(state, _sentence(state, number)) for state, number in found.items()]


def mark(found: Mapping[StepState, int]) -> SafeString:
    """Return the same as marks for a list, which say it in words; empty where all parts are in step."""
    return format_html_join(" · ", '<span class="step step-{}">{}</span>', in_words(found))


def beside(badge: SafeString, found: Mapping[StepState, int] | None) -> SafeString:
    """Return a state with what is not in step behind it."""
    marks = mark(found) if found else ""
    return format_html("{} {}", badge, marks) if marks else badge


def _sentence(state: StepState, number: int) -> str:
    sentences: Mapping[StepState, str] = {
        StepState.MISSING: ngettext("%(count)s part missing", "%(count)s parts missing", number),
        StepState.BEHIND: ngettext("%(count)s part behind", "%(count)s parts behind", number),
        StepState.AHEAD: ngettext("%(count)s part ahead", "%(count)s parts ahead", number),
    }
    return sentences[state] % {"count": number}


def waiting_counts(task: TranslationTask) -> list[tuple[StepState, str]]:
    """Return how many parts of a translation are missing and behind, each with its state."""
    counted = {StepState.MISSING: task.missing, StepState.BEHIND: task.behind}
    return in_words({state: number for state, number in counted.items() if number})
