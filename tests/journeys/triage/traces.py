"""A reader and a partner's program whose answers are like nobody else's, and a search for them in all that is left.

Ids of answers stand in the protocol itself, so an id alone is no trace. What is looked for stands nowhere before the
journey: these answers beside each other in any writing, the signed texts of the forms, and words that only refused
requests hold.
"""

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from tests.factories.triage import BENIGN, SLUG, bundled

# None of these is part of a rule or a case of first aid, so no document says them as `question.option`.
ANSWERS: Mapping[str, list[str]] = {
    "danger": ["loc_past", "jerk_one"],
    "duration": ["long", "constant"],
    "strength": ["tremor"],
    "exposure": ["toxin"],
}
# Written into requests that are refused: a message that repeats what was sent would carry it on.
SECRET = "тайная-болезнь-7319"

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
PAGE = f"/ru/triage/{SLUG}/"
DECIDE = f"/api/v1/triage/protocols/{SLUG}/decide/"


@dataclass(frozen=True)
class Reply:
    status: int
    text: str


# Method, path, body, type of the body.
Ask = Callable[[str, str, bytes, str], Reply]


@dataclass
class Journey:
    """Everything that was sent; `replies` are the states of the answers, in order."""

    ask: Ask
    tokens: list[str] = field(default_factory=list)
    replies: list[int] = field(default_factory=list)
    outcomes: int = 0

    def form(self, *fields: tuple[str, str], type: str = FORM) -> Reply:
        return self._sent("POST", PAGE, urlencode(fields).encode(), type)

    def decide(self, body: object, path: str = DECIDE, type: str = JSON) -> Reply:
        sent = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        return self._sent("POST", path, sent, type)

    def get(self, path: str) -> Reply:
        return self._sent("GET", path, b"", "")

    def _sent(self, method: str, path: str, body: bytes, type: str) -> Reply:
        reply = self.ask(method, path, body, type)
        self.replies.append(reply.status)
        self.outcomes += 'class="verdict' in reply.text or '"final":true' in reply.text
        self.tokens += re.findall(r'name="state" value="([^"]+)"', reply.text)[:1]
        return reply


def through_the_questions(journey: Journey) -> None:
    """By form to the outcome, back, to a changed answer and to the outcome again."""
    journey.get(PAGE)
    reply = journey.form(("do", "start"), ("country", "RU"))
    for _ in range(len(bundled().questions)):
        if not (asked := _asked(reply)):
            break
        given = (ANSWERS | {id: chosen for id, chosen in BENIGN.items() if id not in ANSWERS})[asked]
        reply = journey.form(("state", journey.tokens[-1]), *(("answer", one) for one in given), ("do", "next"))
    journey.form(("state", journey.tokens[-1]), ("do", "back"))
    reply = journey.form(("state", _of_outcome(reply)), ("do", "change:danger"))
    reply = journey.form(
        ("state", journey.tokens[-1]), *(("answer", one) for one in reversed(ANSWERS["danger"])), ("do", "next")
    )


def by_the_api(journey: Journey) -> None:
    given = {**BENIGN, **ANSWERS}
    journey.decide({"language": "ru", "country": "RU", "answers": given})
    journey.decide({"language": "en", "answers": {"danger": ANSWERS["danger"]}})


def refusals(journey: Journey) -> None:
    """What is refused: forged, spoilt, too long, of another kind, unknown, contradictory, in an address."""
    token = journey.tokens[-1]
    answers = [("answer", one) for one in ANSWERS["danger"]]
    journey.form(("state", token[:-4] + "AAAA"), *answers, ("do", "next"))
    journey.form(("state", f"{SECRET}:{token}"), *answers, ("do", "next"))
    journey.form(("state", token), ("answer", SECRET), ("do", "next"))
    journey.form(("state", token), *answers, (SECRET, "x"), ("do", "next"))
    journey.form(("do", f"change:{SECRET}"), ("state", token))
    journey.form(("state", token), *answers, ("do", "next"), ("filling", SECRET * 2000))
    journey.form(("state", token), *answers, ("do", "next"), type="multipart/form-data; boundary=x")
    given = {**BENIGN, **ANSWERS}
    for spoilt in (
        {"danger": [SECRET]}, {SECRET: ["none"]}, {"danger": SECRET}, {"danger": ["none", *ANSWERS["danger"]]},
        {"danger": [{"deep": SECRET}]},
    ):  # fmt: skip
        journey.decide({"language": "ru", "answers": {**given, **spoilt}})
    journey.decide({"language": "ru", "answers": given, SECRET: 1})
    journey.decide({"language": SECRET, "answers": given})
    journey.decide({"language": "ru", "country": SECRET, "answers": given})
    journey.decide(json.dumps({"answers": given, "language": SECRET})[:-1].encode())
    journey.decide({"language": "ru", "answers": given, "padding": SECRET * 6000})
    journey.decide({"language": "ru", "answers": given}, path="/api/v1/triage/protocols/none/decide/")
    journey.decide({"language": "ru", "answers": given, "note": SECRET}, type="text/plain")
    # Answers where they do not belong.
    query = urlencode([("answer", one) for one in ANSWERS["danger"]] + [("note", SECRET)])
    journey.get(f"{PAGE}?{query}")
    journey.get(f"{DECIDE}?{query}")


def while_the_shelf_is_lost(journey: Journey) -> None:
    """What makes a fault of ours."""
    journey.form(("state", journey.tokens[0]), *(("answer", one) for one in ANSWERS["danger"]), ("do", "next"))
    journey.decide({"language": "ru", "answers": {**BENIGN, **ANSWERS}, "country": "RU"})


def traces(places: Iterable[tuple[str, bytes]], tokens: Iterable[str]) -> list[tuple[str, str]]:
    """Return every trace as the place and what was found there."""
    texts, patterns = list(_texts(tokens)), list(_patterns())
    found = []
    for place, held in places:
        found += [(place, name) for name, text in texts if text in held]
        found += [(place, name) for name, pattern in patterns if pattern.search(held)]
    return found


def _patterns() -> Iterator[tuple[str, re.Pattern[bytes]]]:
    for question, chosen in ANSWERS.items():
        for option in chosen:
            yield f"{question}.{option}", re.compile(rf"{_whole(question)}\.{option}\b".encode())
            yield f"a form with {option}", re.compile(rf"answer=(?:[\w&=]*&)?(?:answer=)?{option}\b".encode())
            # JSON, also within a string; the writing of Python; a list of pairs.
            between = rb"[\s\\\"'\]\[(){}:,=>]{1,12}"
            yield (
                f"{question} beside {option}",
                re.compile(rb"%b%b(?:\w+%b)?%b\b" % (_whole(question).encode(), between, between, option.encode())),
            )
        for one, other in ((chosen[0], chosen[-1]), (chosen[-1], chosen[0])):
            if one != other:
                yield f"{one} before {other}", re.compile(rf"{_whole(one)}\W{{1,12}}{other}\b".encode())


def _whole(word: str) -> str:
    """A pattern of the word where it begins one. It begins with letters, so that `re` leaps from one such place to the
    next; with `\\b` before them it would stop at every sign of a whole database."""
    return rf"{word}(?<!\w{word})"


def _texts(tokens: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for number, token in enumerate(dict.fromkeys(tokens), start=1):
        payload, _, signature = token.rpartition(":")
        yield f"signature {number}", signature.encode()
        # Its beginning is the same for everybody who answers this protocol.
        yield f"end of progress {number}", payload[-48:].encode()
    for form in (SECRET, quote(SECRET), quote(SECRET).lower(), ascii(SECRET)[1:-1]):
        yield f"the secret as {form}", form.encode()
    for shift in range(3):
        # A text in base64 looks in three ways, by where it begins; its first and last signs hang on its neighbours.
        yield f"the secret in base64, {shift}", b64encode(b" " * shift + SECRET.encode())[4:-4]
        answers = json.dumps(ANSWERS["danger"], separators=(",", ":")).encode()
        yield f"answers in base64, {shift}", b64encode(b" " * shift + answers)[4:-4]


def _asked(reply: Reply) -> str:
    """The id of the question on a page, empty where there is none."""
    offered = set(re.findall(r'name="answer" value="([^"]+)"', reply.text))
    return next((one.id for one in bundled().questions if {option.id for option in one.options} == offered), "")


def _of_outcome(reply: Reply) -> str:
    return re.findall(r'name="state" value="([^"]+)"', reply.text)[0]
