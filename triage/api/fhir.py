"""The questions as a FHIR R4 Questionnaire: what is asked, never what follows from the answers.

An option carries its rank as `ordinalValue`. Ranks are not summed, and combinations of answers have no place in the
resource: only deciding knows the result, and the resource says so.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from articles.api.v1.presenters.items import licence_out, review_out
from articles.api.v1.rendering.markup import inline
from articles.canonical.languages import Language
from articles.editions.parts import Source
from articles.editions.references import address, reference
from triage.api.presenting import home
from triage.api.speaking import Speaker
from triage.engine.protocol import Option, Question
from triage.live.protocols import LiveProtocol
from triage.live.wording import label

_CORE = "http://hl7.org/fhir/StructureDefinition"
ORDINAL = f"{_CORE}/ordinalValue"
EXCLUSIVE = f"{_CORE}/questionnaire-optionExclusive"
# Of the extensions that HL7 publishes for R4: R4 itself has none for what a Questionnaire rests on.
RELATED = f"{_CORE}/artifact-relatedArtifact"


def questionnaire(live: LiveProtocol) -> dict[str, Any]:
    """Return the resource in the language of the protocol; call inside that language's override."""
    document, envelope = live.document, live.shelved.envelope
    say = Speaker(document, "", live.language)
    signed = envelope.review.on if live.is_signed else None
    operator = settings.OPERATOR[live.language]
    resource = {
        "resourceType": "Questionnaire",
        "id": live.shelved.item,
        "meta": {"lastUpdated": envelope.published_at},
        "language": live.language,
        "text": {"status": "generated", "div": _narrative(live, say)},
        "extension": [_related(source, live) for source in document.sources if not source.withdrawn],
        "url": f"{home(live)}fhir/",
        "identifier": [{"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{live.shelved.item}"}],
        # Words may change in one language and the version of the protocol stays: the edition tells them apart.
        "version": f"{document.protocol.version}+{live.language}.{envelope.number}",
        "name": _name(document.slug),
        "title": document.title,
        "status": _status(live),
        "experimental": not live.is_signed or live.mode == "demonstration",
        "subjectType": ["Patient"],
        "date": envelope.published_at,
        "publisher": operator or None,
        "contact": [{"telecom": [{"system": "email", "value": settings.CONTACT_EMAIL}]}]
        if settings.CONTACT_EMAIL
        else None,
        "description": "\n\n".join(_said(live, say)),
        "purpose": gettext(
            "To ask about signs that tell how soon somebody needs a doctor. The questionnaire decides nothing: ranks"
            " are not summed, and combinations of answers count too. Ask the site to decide, and take nothing from an"
            " unfinished questionnaire. An emergency sign ends the questions at once."
        ),
        "copyright": _copyright(live.language),
        "approvalDate": signed,
        "lastReviewDate": signed,
        "effectivePeriod": {"start": envelope.published_at[:10], "end": document.protocol.expires_on},
        "item": [_item(number, question, live, say) for number, question in enumerate(document.protocol.questions, 1)],
    }
    return {name: value for name, value in resource.items() if value not in (None, [])}


def _status(live: LiveProtocol) -> str:
    if not live.is_signed:
        return "draft"
    return "retired" if live.is_expired else "active"


def _name(slug: str) -> str:
    """A name for programs: letters, digits and underscores, a capital first."""
    words = re.findall(r"[A-Za-z0-9]+", slug)
    name = "".join(word.capitalize() for word in words)
    return name if name[:1].isalpha() else f"Triage{name}"


def _said(live: LiveProtocol, say: Speaker) -> Iterator[str]:
    review = review_out(live.shelved.envelope.review, live.language, is_overdue=live.shelved.is_overdue)
    yield from (text for text in (label(live), live.document.summary, review.statement) if text)
    yield say(live.document.protocol.danger)


def _narrative(live: LiveProtocol, say: Speaker) -> str:
    paragraphs = "".join(f"<p>{inline(text)}</p>" for text in _said(live, say))
    return (
        f'<div xmlns="http://www.w3.org/1999/xhtml" lang="{live.language}" xml:lang="{live.language}">'
        f"<p><b>{inline(live.document.title)}</b></p>{paragraphs}</div>"
    )


def _related(source: Source, live: LiveProtocol) -> dict[str, Any]:
    cited = {"type": "citation", "label": source.id, "citation": reference(source, live.language)}
    where = address(source)
    return {"url": RELATED, "valueRelatedArtifact": cited | ({"url": where} if where else {})}


def _copyright(language: Language) -> str:
    licence = licence_out(language)
    return f"{licence.name}. {licence.covers}"


def _item(number: int, question: Question, live: LiveProtocol, say: Speaker) -> dict[str, Any]:
    system = f"{home(live)}#{question.id}"
    return {
        "linkId": question.id,
        "prefix": str(number),
        "text": say(question.text),
        "type": "choice",
        "required": True,
        "repeats": question.kind == "multi",
        "answerOption": [_option(option, system, say) for option in question.options],
    }


def _option(option: Option, system: str, say: Speaker) -> dict[str, Any]:
    coding = {
        "extension": [{"url": ORDINAL, "valueDecimal": option.rank}],
        "system": system,
        "code": option.id,
        "display": say(option.text),
    }
    alone = {"extension": [{"url": EXCLUSIVE, "valueBoolean": True}]} if option.exclusive else {}
    return alone | {"valueCoding": coding}
