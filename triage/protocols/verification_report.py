"""What the verifier found out about a protocol, as lines to read, in the active language."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from articles.canonical.languages import Language
from triage.engine.protocol import Protocol
from triage.engine.verifying.findings import Finding
from triage.engine.verifying.rules import RuleUse
from triage.engine.verifying.self_care import SelfCareRow, self_care_digest
from triage.engine.verifying.verification import Counts, Verification
from triage.protocols.finding_words import count_in_words, level_name, place, sentence
from triage.protocols.self_care_words import choice_in_words, shared_choices

# Shares are given to so many places of a per cent, cut off and never rounded up.
_PLACES = 4


def report(verification: Verification, protocol: Protocol, language: Language, *, seconds: float) -> Iterator[str]:
    """Yield the lines. Answers are quoted from `protocol`, which is in `language`; `seconds` is how long it took."""
    counts = verification.counts
    if counts:
        yield from _counts(counts)
        yield from _ways(counts, verification.findings)
        yield from _rules(verification.rules)
        yield from _self_care(verification.self_care, counts, protocol, language)
    else:
        yield _("The combinations of answers were not checked; the findings say why.")
    yield ""
    yield _("Findings: %(number)s") % {"number": len(verification.findings)}
    yield from (f"- {place(one)}: {sentence(one)}" for one in verification.findings)
    yield ""
    yield _("Seconds taken: %(seconds)s") % {"seconds": number_format(round(seconds, 2))}


def share_in_words(part: int, whole: int) -> str:
    """Return a share in per cent that never claims more than there is: 99.9963, or less than 0.0001."""
    smallest = Fraction(1, 10**_PLACES)
    share = Fraction(100 * part, whole)
    if part and share < smallest:
        return _("less than %(share)s%% of them") % {"share": number_format(Decimal(1).scaleb(-_PLACES))}
    return _("%(share)s%% of them") % {"share": number_format(Decimal(int(share / smallest)).scaleb(-_PLACES))}


def _counts(counts: Counts) -> Iterator[str]:
    yield _("Combinations of answers: %(total)s. Every one was gone through, by counting alike ones together.") % {
        "total": count_in_words(counts.total)
    }
    for level, number in reversed(list(counts.per_level.items())):
        yield f"  {level_name(level)} – {count_in_words(number)}, {share_in_words(number, counts.total)}"
    yield _("These are shares of combinations, not of people: most people give few of the answers that mean danger.")


def _ways(counts: Counts, findings: Sequence[Finding]) -> Iterator[str]:
    yield ""
    params = {"fewest": counts.fewest_questions, "most": counts.most_questions, "stops": counts.stops}
    yield _("Questions asked: from %(fewest)s to %(most)s. Points at which asking ends: %(stops)s.") % params
    if not any(one.code == "stops-early" for one in findings):
        yield _("Past each of these points all that was left was answered in every way, and no result changed.")
    for asked, number in counts.asked.items():
        words = {"asked": asked, "number": count_in_words(number)}
        yield "  " + _("decided after question no. %(asked)s: %(number)s") % words


def _rules(rules: Sequence[RuleUse]) -> Iterator[str]:
    yield ""
    yield _("Rules: %(number)s") % {"number": len(rules)}
    for use in rules:
        params = {"rule": use.rule, "met": count_in_words(use.met), "alone": count_in_words(use.alone)}
        yield (
            "  "
            + _("%(rule)s: combinations in which it is met: %(met)s; those that it alone raises: %(alone)s") % params
        )


def _self_care(rows: Sequence[SelfCareRow], counts: Counts, protocol: Protocol, language: Language) -> Iterator[str]:
    yield ""
    params = {"number": count_in_words(counts.self_care), "rows": len(rows)}
    yield _("Combinations that end in self-care: %(number)s. Rows to sign: %(rows)s.") % params
    if not rows:
        return
    yield "  " + _("digest of the list: %(digest)s") % {"digest": self_care_digest(rows)}
    questions = {question.id: question for question in protocol.questions}
    shared = shared_choices(rows)
    if len(rows) > 1 and shared:
        yield "  " + _("In every row:")
        yield from (f"    {one.question}: {choice_in_words(one, questions[one.question], language)}" for one in shared)
    for number, row in enumerate(rows, start=1):
        named = {"number": number, "count": count_in_words(row.count), "key": row.key[:12]}
        yield "  " + _("Row %(number)s (%(key)s), combinations: %(count)s") % named
        for one in row.choices:
            if len(rows) == 1 or one not in shared:
                yield f"    {one.question}: {choice_in_words(one, questions[one.question], language)}"
