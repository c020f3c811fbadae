"""The report on vignettes: numbers with their intervals, every disagreement, and words that claim no more than those.

It is Markdown, in the language that is active.
"""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.canonical.languages import Language
from triage.engine.deciding import Engine
from triage.engine.exchange import ProtocolFile, Words
from triage.engine.explaining import Reason, explain
from triage.engine.protocol import EMERGENCY, LEVELS, SELF_CARE, logic_digest
from triage.evaluation.measuring import PROTOCOL, Counts, Measured, Outcome, measure
from triage.evaluation.statistics import Share
from triage.evaluation.vignettes import VignetteFile

# So few stories that a share in per cent says less than it seems to.
_FEW = 100


def report(
    files: Mapping[str, VignetteFile], protocol: ProtocolFile, engine: Engine, language: Language
) -> Iterator[str]:
    """Yield the lines of the report; `engine` decides by the protocol's words in the same language."""
    measured = measure(files, engine)
    yield "# " + _("Vignettes through the triage protocol")
    yield ""
    yield from _what(files, protocol, engine, language)
    yield from _claims(files, measured)
    yield from _levels(measured)
    yield from _emergencies(measured)
    yield from _confusion(measured)
    yield from _agreements(measured)
    yield from _disagreements(measured, engine, language)


def _what(
    files: Mapping[str, VignetteFile], protocol: ProtocolFile, engine: Engine, language: Language
) -> Iterator[str]:
    told = {"slug": protocol.slug.of(language), "version": protocol.version, "day": protocol.expires_on}
    yield _("Protocol: %(slug)s, version %(version)s, holds until %(day)s.") % told
    yield _("Digest of its logic: %(digest)s.") % {"digest": logic_digest(engine.protocol)}
    for name, file in files.items():
        yield ""
        yield f"**{name}** ({len(file.vignettes)}): {_in(file.label, language)}"
        yield _("Written by: %(who)s.") % {"who": _in(file.written_by, language)}


def _claims(files: Mapping[str, VignetteFile], measured: Measured) -> Iterator[str]:
    yield from _heading(_("What these numbers say, and what they do not"))
    if any(not file.independent for file in files.values()):
        yield "- " + _(
            "The same people wrote the stories, the expected levels and the rules. So agreement is circular: it shows "
            "that the rules do what their authors meant, not that they are safe or right for anybody."
        )
    if measured.counts.of < _FEW:
        few = _("Stories: %(count)d. With so few, read the intervals, not the percentages.")
        yield "- " + few % {"count": measured.counts.of}
    yield "- " + _(
        "Stories are no patients. Nobody knows from them how people would understand and answer the questions."
    )
    yield "- " + _(
        "An interval speaks as if the stories were a random sample, which they are not. It covers neither a wrong "
        "expectation nor a wrong answer."
    )
    yield "- " + _("A disagreement is left as it stands until a clinician has looked at it.")


def _levels(measured: Measured) -> Iterator[str]:
    yield from _heading(_("By expected level"))
    head = [
        _("expected"), _("stories"), _("as expected"), _("later by one level"), _("later by more"),
        _("sooner by one level"), _("sooner by more"),
    ]  # fmt: skip
    rows = [[_level(rank), *_cells(measured.of_level(rank))] for rank in reversed(range(len(LEVELS)))]
    yield from _table(head, [*rows, [pgettext("how soon", "all"), *_cells(measured.counts)]])
    yield ""
    yield _("“Later” is under-triage: people would wait longer than expected. “Sooner” is over-triage.")


def _cells(counts: Counts) -> list[str]:
    if not counts.of:
        return ["0", "–", "–", "–", "–", "–"]
    directions = [counts.under_by_one, counts.under_by_more, counts.over_by_one, counts.over_by_more]
    return [str(counts.of), _share(counts.exact), *map(str, directions)]


def _emergencies(measured: Measured) -> Iterator[str]:
    yield from _heading(_("What matters most"))
    counts = measured.counts
    for words, number in (
        (_("Emergencies that were recognised (sensitivity)"), measured.emergencies_found),
        (_("Other stories that were not rated an emergency (specificity)"), measured.others_spared),
        (_("Self-care that was recognised"), measured.of_level(SELF_CARE).exact),
        (_("Later than expected (under-triage)"), counts.under),
        (_("Later by two levels or more"), counts.far_under),
        (_("Sooner than expected (over-triage)"), counts.over),
    ):
        yield f"- {words}: {_share(number)}"
    yield ""
    yield _("In brackets: 95-percent interval by Wilson.")


def _confusion(measured: Measured) -> Iterator[str]:
    yield from _heading(_("Expected (rows) and result (columns)"))
    ranks = list(reversed(range(len(LEVELS))))
    table = measured.confusion()
    yield from _table(
        ["", *map(_level, ranks)],
        [[_level(expected), *(str(table[expected][got]) for got in ranks)] for expected in ranks],
    )


def _agreements(measured: Measured) -> Iterator[str]:
    if not measured.agreements:
        return
    yield from _heading(_("How far raters agree"))
    rows = [
        [one.one, one.other if one.other != PROTOCOL else _("the protocol"), str(one.exact.of), _share(one.exact),
         "–" if one.kappa is None else f"{one.kappa:.2f}"]
        for one in measured.agreements
    ]  # fmt: skip
    yield from _table([_("rater"), _("beside"), _("stories"), _("same level"), _("Cohen's kappa")], rows)


def _disagreements(measured: Measured, engine: Engine, language: Language) -> Iterator[str]:
    yield from _heading(_("Every disagreement"))
    if not measured.disagreements:
        yield _("None. That is no proof of safety: see above.")
    for one in measured.disagreements:
        yield from _disagreement(one, engine, language)


def _disagreement(one: Outcome, engine: Engine, language: Language) -> Iterator[str]:
    told = {"expected": _level(one.expected), "got": _level(one.rank)}
    direction = (
        _("later than expected: expected %(expected)s, result %(got)s")
        if one.by < 0
        else _("sooner than expected: expected %(expected)s, result %(got)s")
    )
    yield f"- **{one.vignette.id}**, {direction % told}"
    yield f"  - {_in(one.vignette.story, language)}"
    if because := _in(one.vignette.because, language):
        sources = f" [{', '.join(one.vignette.sources)}]" if one.vignette.sources else ""
        yield "  - " + _("Expected because: %(because)s") % {"because": because + sources}
    reasons = explain(engine, one.answers).reasons
    led = "; ".join(map(_reason, reasons)) or _("no answer raises the level")
    yield "  - " + _("Led there: %(reasons)s") % {"reasons": led}


def _reason(reason: Reason) -> str:
    named = reason.rule.id if reason.rule else f"{_id(reason.question)}.{_id(reason.option)}"
    return _("%(id)s “%(text)s”") % {"id": named, "text": reason.text}


def _id(held: object) -> str:
    return str(getattr(held, "id", ""))


def _level(rank: int) -> str:
    return {
        EMERGENCY: pgettext("how soon", "emergency"),
        3: pgettext("how soon", "today"),
        2: pgettext("how soon", "within days"),
        1: pgettext("how soon", "within weeks"),
        SELF_CARE: pgettext("how soon", "self-care"),
    }[rank]


def _share(one: Share) -> str:
    if one.value is None:
        return _("no story of this kind")
    part, low, high = (round(100 * value) for value in (one.value, one.low, one.high))
    return _("%(hits)d of %(of)d = %(part)d%% (%(low)d–%(high)d%%)") % {
        "hits": one.hits, "of": one.of, "part": part, "low": low, "high": high,
    }  # fmt: skip


def _in(words: Words, language: Language) -> str:
    """The words in a language; those of the other one where somebody wrote only that."""
    return (words.of(language) or words.ru or words.en).strip().replace("\n", " ")


def _heading(text: str) -> list[str]:
    return ["", f"## {text}", ""]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[number]) for row in [head, *rows]) for number in range(len(head))]
    for row in [head, ["-" * width for width in widths], *rows]:
        yield f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |"
