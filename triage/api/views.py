"""The addresses of a protocol that no other kind has: deciding, and the questions for clinical programs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

import msgspec
from django.http import HttpResponse
from django.utils.translation import gettext, override
from rest_framework.request import Request

from articles.answers import headers
from articles.answers.limits import KEY_LIMITS, LIMITS
from articles.api.v1.answering import JSON, AskedAddress
from articles.api.v1.body import fault, read, refuse
from articles.api.v1.description import Component
from articles.api.v1.parameters import LANG
from articles.api.v1.refusals import RefusedError
from articles.api.v1.shapes.problems import BodyRefused
from articles.api.v1.views.of_a_kind import OfAKind
from articles.editions.dates import spelled
from triage.api import body, shapes
from triage.api.answer_faults import answer_faults
from triage.api.deciding import decision_out
from triage.api.examples import REQUESTS
from triage.api.fhir import questionnaire
from triage.api.presenting import deciding, live_protocol
from triage.engine.answers import AnswersRefusedError
from triage.engine.answers import read as read_answers
from triage.live import numbers
from triage.live.protocols import LiveProtocol

FHIR = "application/fhir+json"

_LIMIT = LIMITS["decide"]
_OF_REFUSALS = replace(
    LANG, description="Language of refusals until the body has been read; from then on it is the body's `language`."
)


class Decide(AskedAddress, OfAKind):
    """How soon help is needed."""

    about = f"""How soon somebody needs help after these answers, and why; or which question to ask next.

Send all answers given so far each time: nothing of them is kept, logged, or put into an address. Never show a level
before `final`. An expired or withdrawn protocol never decides. In {_LIMIT.seconds} seconds at most {_LIMIT.quota}
requests from one address, {KEY_LIMITS[_LIMIT.name].quota} with one key; more are refused with `429` and
`Retry-After`."""
    kind = "protocol"
    operation_suffix = "Decide"
    parameters = (_OF_REFUSALS,)
    answers = shapes.DecisionOut
    refuses = (
        "malformed-body", "unknown-member", "invalid-member", "invalid-answers", "not-found", "not-in-this-language",
        "method-not-allowed", "edition-not-live", "protocol-expired", "questions-closed", "withdrawn", "body-too-large",
        "unsupported-media-type",
    )  # fmt: skip
    refusal_shapes: ClassVar[Mapping[str, type[msgspec.Struct]]] = {
        **dict.fromkeys(("unknown-member", "invalid-member", "invalid-answers"), BodyRefused),
        **dict.fromkeys(("edition-not-live", "protocol-expired", "questions-closed"), shapes.NotDeciding),
    }
    allowed = "POST, OPTIONS"
    asked_with = "Accept, Accept-Language, Content-Type"
    http_method_names = ["post", "options"]
    limit = _LIMIT.name

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if request.method not in {"POST", "OPTIONS"}:
            # Before parameters are judged: whoever puts answers into an address must learn that they belong elsewhere.
            detail = gettext("Send the answers with POST, in the body: in an address they would be kept in logs.")
            raise RefusedError("method-not-allowed", detail)
        super().initial(request, *args, **kwargs)

    def post(self, request: Request, item: str) -> HttpResponse:
        given = read(request._request)
        self.language = body.language_in(given) or self.language
        with override(self.language):
            asked = body.asked(given)
            self.keep_within_scope(self.kind, asked.language)
            live = live_protocol(self.shelved(item))
            refuse_unless_deciding(live, asked.edition)
            return self._decided(live, asked)

    def _decided(self, live: LiveProtocol, asked: body.Asked) -> HttpResponse:
        faults = []
        known = numbers.countries(live.document)
        if asked.country is not None and asked.country not in known:
            detail = gettext("The protocol has no emergency numbers of this country.")
            faults.append(fault("invalid-member", "unknown-country", ["country"], detail, _countries(known)))
        try:
            answers = read_answers(asked.answers, live.engine.questions)
        except AnswersRefusedError as refused:
            faults += answer_faults(refused.problems, live.engine.questions)
        if faults:
            refuse(faults)
        value = decision_out(live, answers, asked.country or "")
        response = HttpResponse(msgspec.json.encode(value), content_type=JSON)
        return headers.apply(response, "asked", language=self.language)

    def describe_body(self, component: Component) -> dict[str, Any]:
        """Return what the description says of the body."""
        examples = {name: {"summary": one.summary, "value": one.body} for name, one in REQUESTS.items()}
        return {"required": True, "content": {JSON: {"schema": component(shapes.DecideIn), "examples": examples}}}


class FhirQuestionnaire(OfAKind):
    """The questions as FHIR."""

    about = """The questions of one triage protocol as a FHIR R4 Questionnaire, in one language.

It holds questions, options and their ranks, and never decides: an option's rank is no score and is not summed. `status`
is `draft` until two clinicians have signed the protocol."""
    kind = "protocol"
    operation_suffix = "Fhir"
    media_type = FHIR
    refuses = ("not-found", "not-in-this-language", "withdrawn")

    def describe(self, component: Component) -> dict[str, Any]:
        return {
            "type": "object",
            "title": "Questionnaire",
            "description": "Questionnaire of HL7 FHIR R4 (4.0.1).",
            "properties": {"resourceType": {"const": "Questionnaire"}},
            "required": ["resourceType"],
        }

    def get(self, request: Request, item: str) -> HttpResponse:
        live = live_protocol(self.shelved(item))
        return self.send(msgspec.json.encode(questionnaire(live)), changed_at=live.shelved.envelope.published_at)


def refuse_unless_deciding(live: LiveProtocol, edition: int | None) -> None:
    """Raise RefusedError unless this edition decides now."""
    stands = msgspec.to_builtins(deciding(live))
    current = live.shelved.envelope.number
    if live.is_expired:
        date = spelled(live.document.lapses_on, live.language)
        raise RefusedError("protocol-expired", gettext("It was valid until %s.") % date, protocol=stands)
    if not live.may_decide:
        why = (
            gettext("The text is being checked for an error right now.")
            if live.is_in_doubt
            else gettext("The owner of the site has not opened the questions, or two doctors have not signed them.")
        )
        raise RefusedError("questions-closed", why, protocol=stands)
    if edition not in (None, current):
        raise RefusedError("edition-not-live", gettext("The live one is number %d.") % current, protocol=stands)


def _countries(known: list[str]) -> str:
    return gettext("Give one of: %(allowed)s.") % {"allowed": ", ".join(known)}
