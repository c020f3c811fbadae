"""The ways into self-care in words: what was answered, question by question, in one language of the protocol."""

from collections.abc import Mapping, Sequence
from functools import reduce

from django.utils.translation import gettext as _

from articles.canonical.languages import Language
from triage.engine.protocol import Question
from triage.engine.verifying.self_care import Choice, SelfCareRow

# How a language quotes what somebody answers.
_QUOTED: Mapping[Language, str] = {"ru": "«%s»", "en": "“%s”"}


def choice_in_words(choice: Choice, question: Question, language: Language) -> str:
    """Return the answers as the question says them in its `language`; the words between are in the active language."""
    quoted = {option.id: _QUOTED[language] % option.text for option in question.options}

    def named(ids: Sequence[str]) -> str:
        return "; ".join(quoted[id] for id in ids)

    if choice.all_of and choice.any_of:
        params = {"these": named(choice.all_of), "others": named(choice.any_of)}
        return _("%(these)s, by itself or with any of: %(others)s") % params
    if choice.all_of:
        return named(choice.all_of)
    ways = [quoted[id] for id in choice.alone]
    if len(choice.any_of) == 1:
        ways.append(named(choice.any_of))
    elif choice.any_of:
        ways.append(_("one or more of: %(answers)s") % {"answers": named(choice.any_of)})
    return reduce(lambda one, other: _("%(one)s or %(other)s") % {"one": one, "other": other}, ways)


def shared_choices(rows: Sequence[SelfCareRow]) -> list[Choice]:
    """Return what all rows have in common, in the order of the questions: it need not be read row by row."""
    first = rows[0].choices if rows else ()
    return [choice for choice in first if all(choice in row.choices for row in rows)]
