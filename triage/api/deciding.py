"""Deciding for partners: the same engine and the same explanations as on the pages. Nothing is kept or logged."""

from collections.abc import Iterable

from articles.api.v1.presenters.items import attribution_out, review_out
from articles.api.v1.presenters.quotes import source_out
from articles.api.v1.rendering.surroundings import surroundings
from articles.api.v1.shapes.quotes import SourceOut
from articles.editions.care import services_in_order
from triage.api import shapes
from triage.api.presenting import deciding, services_out
from triage.api.speaking import Speaker
from triage.engine.answers import Answers
from triage.engine.explaining import Explanation, Reason, explain
from triage.live import numbers
from triage.live.protocols import LiveProtocol
from triage.live.wording import label


def decision_out(live: LiveProtocol, answers: Answers, country: str) -> shapes.DecisionOut:
    """Return how soon help is needed after answers that were read, or what to ask next; `country` may be empty.

    Call inside the override of the protocol's language.
    """
    document, engine = live.document, live.engine
    say = Speaker(document, country, live.language)
    decision = engine.decision(answers)
    explanation = explain(engine, answers) if decision.final else None
    review = review_out(live.shelved.envelope.review, live.language, is_overdue=live.shelved.is_overdue)
    services = numbers.emergency(document, country)
    return shapes.DecisionOut(
        level=decision.level,  # type: ignore[arg-type]
        final=decision.final,
        title=say(explanation.level.title) if explanation else None,
        text=say(explanation.level.text) if explanation else None,
        reasons=_reasons(explanation.reasons, say) if explanation else [],
        besides=_reasons(explanation.besides, say) if explanation else [],
        first_aid=[shapes.AidOut(text=say(aid.text), sources=aid.references) for aid in explanation.first_aid]
        if explanation
        else [],
        would_change=_changes(explanation, say) if explanation else [],
        next=decision.needed[0] if decision.needed else None,
        at_most=len(decision.needed),
        danger=say(document.protocol.danger),
        emergency=shapes.EmergencyOut(
            country=country or None, words=say.words, services=services_out(services_in_order(services, live.language))
        ),
        label=label(live) or None,
        disclaimer=document.summary,
        review=review,
        attribution=attribution_out(live.shelved, review),
        sources=_sources(live, explanation),
        protocol=deciding(live),
    )


def _reasons(reasons: Iterable[Reason], say: Speaker) -> list[shapes.ReasonOut]:
    return [
        shapes.ReasonOut(
            question=reason.question.id if reason.question else None,
            option=reason.option.id if reason.option else None,
            rule=reason.rule.id if reason.rule else None,
            asked=say(reason.question.text) if reason.question else "",
            text=say(reason.text),
            sources=reason.references,
        )
        for reason in reasons
    ]


def _changes(explanation: Explanation, say: Speaker) -> list[shapes.WouldChangeOut]:
    return [
        shapes.WouldChangeOut(
            question=change.question.id,
            option=change.option.id,
            asked=say(change.question.text),
            text=say(change.option.text),
            level=change.level.id,
            title=say(change.level.title),
            because=_reasons(change.because, say),
        )
        for change in explanation.would_change
    ]


def _sources(live: LiveProtocol, explanation: Explanation | None) -> list[SourceOut]:
    if explanation is None:
        return []
    named = {
        *explanation.level.references,
        *(id for reason in (*explanation.reasons, *explanation.besides) for id in reason.references),
        *(id for aid in explanation.first_aid for id in aid.references),
        *(id for change in explanation.would_change for reason in change.because for id in reason.references),
    }
    around = surroundings(live.document, live.language, {})
    return [source_out(source, around) for source in live.document.sources if source.id in named]
