"""Many who ask a server for everything at once, all the time, and how long each of them waited for what."""

import itertools
import json
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.factories.answers import BENIGN, LEADING
from tests.services.patience import PATIENCE
from tests.services.serving import Reply, Server

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass(frozen=True)
class Question:
    """`words` stand in a right answer. What is `apart` is made anew each time: no process has it finished.

    What is `shared` only the shared database can say.
    """

    path: str
    words: str = ""
    body: bytes = b""
    media_type: str = ""
    apart: bool = False
    shared: bool = False
    status: int = 200
    key: str = ""

    def ask(self, server: Server, number: int) -> Reply:
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        if self.body:
            return server.post(self.path, self.body, self.media_type, **headers)
        joined = "&" if "?" in self.path else "?"
        return server.get(f"{self.path}{joined}once={number}" if self.apart else self.path, **headers)

    def wrong(self, reply: Reply) -> str:
        """Return what is wrong with an answer, "" if nothing is.

        Where many wait for a database that is slow, others are refused at any time.
        """
        if self.shared and reply.status == 503:
            has_numbers = "112" in reply.text or "103" in reply.text
            return "" if has_numbers and "retry-after" in reply.headers else f"{self.path}: 503 without what helps"
        if reply.status == self.status and self.words in reply.text:
            return ""
        return f"{self.path}: {reply.status} {reply.text[:200]}"


@dataclass
class Waited:
    """How long somebody waited, in seconds, and what came."""

    question: Question
    phase: str
    begun: float
    seconds: float
    status: int


@dataclass
class Crowd:
    """Askers of a server. `phase` names what is going on."""

    server: Server
    phase: str = "all is well"
    waited: list[Waited] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    _stopped: threading.Event = field(default_factory=threading.Event)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    @contextmanager
    def asking(self, *groups: tuple[int, Sequence[Question]]) -> Iterator[None]:
        """Within the block so many ask for what a group names, each over and over."""
        threads = [
            threading.Thread(target=self._ask, args=[place, questions], daemon=True)
            for place, questions in enumerate(questions for many, questions in groups for _ in range(many))
        ]
        self.counts = [0] * len(threads)
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stopped.set()
            for thread in threads:
                thread.join(PATIENCE)

    def _ask(self, place: int, questions: Sequence[Question]) -> None:
        dice = random.Random(place)
        while not self._stopped.is_set():
            question, phase = dice.choice(questions), self.phase
            try:
                reply = question.ask(self.server, next(self._numbers))
            except Exception as fault:
                self.faults.append(f"{phase}: {question.path}: {fault!r}")
                return
            ended = time.monotonic()
            if wrong := question.wrong(reply):
                self.faults.append(f"{phase}: {wrong}")
            self.waited.append(Waited(question, phase, reply.begun, ended - reply.begun, reply.status))
            self.counts[place] += 1

    def during(self, phase: str, *, answers: int, until: Callable[[], bool] = lambda: True) -> None:
        """Let the phase last until everybody has been answered so many times in it, and it is so."""
        self.phase, before = phase, list(self.counts)
        end = time.monotonic() + PATIENCE
        while not (all(now - then >= answers for now, then in zip(self.counts, before, strict=True)) and until()):
            hung = [place for place, (now, then) in enumerate(zip(self.counts, before, strict=True)) if now == then]
            assert time.monotonic() < end, (phase, hung, self.never_answered(), self.faults[:3])
            if self._stopped.wait(0.05) or self.faults:
                break
        assert self.faults == [], self.faults[:5]

    def never_answered(self) -> list[str]:
        """Return what was asked for and refused each time."""
        waited = list(self.waited)
        answered = {one.question for one in waited if one.status == one.question.status}
        return sorted({one.question.path for one in waited} - {question.path for question in answered})

    def told(self) -> list[str]:
        """Return a line for each phase and sort of question: how many answers, and how long they took."""
        lines = []
        sorts = {
            "pages and items": [one for one in self.waited if not one.question.shared and not one.question.apart],
            "the same, made anew": [one for one in self.waited if not one.question.shared and one.question.apart],
            "shared": [one for one in self.waited if one.question.shared],
        }
        for phase in dict.fromkeys(one.phase for one in self.waited):
            for name, waited in sorts.items():
                found = [one for one in waited if one.phase == phase]
                if found:
                    times = sorted(one.seconds for one in found)
                    away = sum(one.status == 503 for one in found)
                    lines.append(
                        f"{phase:22} {name:20} {len(found):6} answers, {away:5} × 503, "
                        f"median {times[len(times) // 2]:.3f} s, 99 % {times[len(times) * 99 // 100]:.3f} s, "
                        f"longest {times[-1]:.3f} s"
                    )
        return lines


def of_readers(pages: dict[str, str], slug: str) -> list[Question]:
    """Return pages by path with a word of each, finished and made anew, and the questions of a protocol."""
    found = [Question(path, words) for path, words in pages.items()]
    # The interface refuses parameters that it does not know.
    found += [Question(path, words, apart=True) for path, words in pages.items() if not path.startswith("/api/")]
    for language, country in (("ru", "RU"), ("en", "GB")):
        form = urlencode({"country": country, "do": "start"}).encode()
        found.append(Question(f"/{language}/triage/{slug}/", 'name="state"', form, FORM, apart=True))
        asked = {"language": language, "country": country, "answers": {**BENIGN, **LEADING["emergency"]}}
        path = f"/api/v1/triage/protocols/{slug}/decide/"
        found.append(Question(path, '"emergency"', json.dumps(asked).encode(), JSON, apart=True))
    return found
