"""What the verifier found, in plain words for whoever mends it, in the language of the interface."""

import re

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.utils.translation import gettext_noop as N_

from articles.content.care import CareLevel
from triage.engine.verifying.findings import Code, Finding

WORDS: dict[Code, Promise] = {
    "wrong-type": gettext_lazy("A value has the wrong type: %(got)s"),
    "too-many": gettext_lazy("There are too many questions, answers, rules or levels: %(got)s."),
    "no-questions": gettext_lazy("The protocol asks no question."),
    "no-options": gettext_lazy("The question has no answer to choose."),
    "not-an-id": gettext_lazy(
        "“%(got)s” is no id. Use Latin letters, digits and underscores, at most 24, a letter first."
    ),
    "repeated-id": gettext_lazy("The id “%(got)s” stands there twice."),
    "not-a-rank": gettext_lazy("%(got)s is no rank. Ranks go from 0, self-care, to 4, an emergency."),
    "level-missing": gettext_lazy("The level “%(got)s” is missing. All five are needed."),
    "no-answers": gettext_lazy("No answer is named, so it would hold for everybody or for nobody. Name at least one."),
    "repeated-answer": gettext_lazy("The answer “%(got)s” is named twice."),
    "names-a-rule": gettext_lazy("“%(got)s” is a rule. Only answers may be named."),
    "unknown-answer": gettext_lazy("There is no answer “%(got)s”. Write question.answer, such as danger.jerks."),
    "first-aid-not-for-emergencies": gettext_lazy("First aid may stand only where the result is an emergency."),
    "language-missing": gettext_lazy("This language of the protocol is missing."),
    "languages-differ": gettext_lazy(
        "The two languages do not decide alike. Ids, order, ranks, rules, version and end date must be the same."
    ),
    "text-equal": gettext_lazy("The text is the same in both languages. Was it left untranslated?"),
    "placeholders-differ": gettext_lazy("{emergency} does not stand equally often in both languages."),
    "references-differ": gettext_lazy("The two languages do not name the same sources in the same order."),
    "text-missing": gettext_lazy("The text is empty."),
    "single-without-reason": gettext_lazy(
        "Only one answer may be chosen, and no reason says why two cannot be true together. A choice of one could lose "
        "a symptom: give the reason, or let people choose several."
    ),
    "not-in-its-language": gettext_lazy("The text is not written in this language."),
    "markup": gettext_lazy("The text holds < or >. It is shown as it stands, so write words alone."),
    "placeholder-unknown": gettext_lazy("The text holds %(got)s. Only {emergency} is filled in."),
    "placeholder-not-here": gettext_lazy(
        "{emergency} is filled in only in levels, in first aid and in the signs with which to call at once."
    ),
    "number-missing": gettext_lazy("The text asks to call and does not say whom. Put {emergency} into it."),
    "reference-missing": gettext_lazy("No source is named."),
    "reference-unknown": gettext_lazy("The source “%(reference)s” is not there."),
    "reference-repeated": gettext_lazy("The source “%(reference)s” is named twice."),
    "unsure-missing": gettext_lazy(
        "The question does not offer “not sure”. Add an answer with the id unsure that stands alone and asks for more "
        "than self-care."
    ),
    "unsure-beside-others": gettext_lazy("“Not sure” must stand alone."),
    "unsure-harmless": gettext_lazy("“Not sure” asks for self-care. It must ask for more."),
    "sign-stands-alone": gettext_lazy(
        "This sign may not be chosen beside others. Whoever has two signs would have to leave one out."
    ),
    "first-aid-elsewhere": gettext_lazy("The answer “%(answer)s” by itself does not lead to this level."),
    "not-total": gettext_lazy("Combinations of answers that do not lead to exactly one level: %(combinations)s."),
    "engine-disagrees": gettext_lazy(
        "The result is not the worst of the answers and the rules. Combinations of answers: %(combinations)s."
    ),
    "red-flag-outvoted": gettext_lazy(
        "An answer means an emergency and the result is milder. Combinations of answers: %(combinations)s."
    ),
    "milder-for-more": gettext_lazy("Choosing this answer in addition to others makes a result milder."),
    "unsure-in-self-care": gettext_lazy(
        "Who is not sure here can end in self-care. Combinations of answers: %(combinations)s."
    ),
    "rule-dead": gettext_lazy(
        "The rule is never a reason for a result: it cannot be met, or its answers always mean more by themselves. "
        "Combinations in which it is met: %(met)s."
    ),
    "rule-redundant": gettext_lazy(
        "The rule changes nothing: without it every result would be the same. Combinations in which it is met: %(met)s."
    ),
    "stops-early": gettext_lazy(
        "Asking ends too soon: a question left would change the result. Combinations of answers: %(combinations)s."
    ),
    "too-entangled": gettext_lazy(
        "The rules tie too many questions together to go through every combination of answers. Use fewer rules, or "
        "rules with fewer answers."
    ),
    "self-care-too-long": gettext_lazy(
        "More groups of answers end in self-care than anybody could read and sign. Combinations of answers: "
        "%(combinations)s."
    ),
}

_NUMBERS = {"combinations", "met"}

# Named in the message itself; the language of a text follows in the place.
_LANGUAGES = {"ru": N_("in Russian"), "en": N_("in English")}


def sentence(finding: Finding) -> str:
    """Return what is wrong, as one or two sentences in the active language."""
    params = {
        name: count_in_words(int(value)) if name in _NUMBERS else _named(finding.code, value)
        for name, value in finding.params
    }
    return str(WORDS[finding.code]) % params


def place(finding: Finding) -> str:
    """Return where it is wrong, such as “answer danger.none, in English”."""
    parts = {
        "protocol": pgettext("part of a protocol", "the protocol"),
        "question": pgettext("part of a protocol", "question %(id)s"),
        "option": pgettext("part of a protocol", "answer %(id)s"),
        "rule": pgettext("part of a protocol", "rule %(id)s"),
        "level": pgettext("part of a protocol", "level “%(level)s”"),
        "first_aid": pgettext("part of a protocol", "first aid no. %(number)s of the level “%(level)s”"),
    }
    aid = re.fullmatch(r"(\w+)\[(\d+)\]", finding.id) if finding.part == "first_aid" else None
    level, number = (aid[1], int(aid[2]) + 1) if aid else (finding.id, 1)
    named = parts[finding.part] % {"id": finding.id, "level": level_name(level), "number": number}
    return f"{named}, {_(_LANGUAGES[finding.language])}" if finding.language else named


def level_name(id: str) -> str:
    """Return a level as editors know it; the id itself if there is none such."""
    return str(CareLevel(id).label) if id in CareLevel.values else id


def count_in_words(number: int) -> str:
    """Return a number with its digits in groups, as the active language has them."""
    return number_format(number, use_l10n=True, force_grouping=True)


def _named(code: Code, value: str) -> str:
    return level_name(value) if code == "level-missing" else value
