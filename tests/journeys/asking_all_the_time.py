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

    What is `shared` only the shared database can say. It may be answered with the status `otherwise` at any time.
    """

    path: str
    words: str = ""
    body: bytes = b""
    media_type: str = ""
    apart: bool = False
    shared: bool = False
    status: int = 200
    otherwise: int = 0
    key: str = ""

    def ask(self, server: Server, number: int) -> Reply:
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        if self.body:
            return server.post(self.path, self.body, self.media_type, **headers)
        joined = "&" if "?" in self.path else "?"
        return server.get(f"{self.path}{joined}once={number}" if self.apart else self.path, **headers)

    def wrong(self, reply: Reply, *, may_be_away: bool) -> str:
        """Return what is wrong with an answer, "" if nothing is."""
        if self.shared and may_be_away and reply.status == 503:
            has_numbers = "112" in reply.text or "103" in reply.text
            return "" if has_numbers and "retry-after" in reply.headers else f"{self.path}: 503 without what helps"
        if (reply.status == self.status and self.words in reply.text) or reply.status == self.otherwise:
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
    """Askers of a server. `phase` names what is going on; in those of `away` the shared database may be out of reach."""

    server: Server
    away: frozenset[str]
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
            # What has begun in one phase may end in the next.
            may_be_away = bool({phase, self.phase} & self.away)
            if wrong := question.wrong(reply, may_be_away=may_be_away):
                self.faults.append(f"{phase}: {wrong}")
            self.waited.append(Waited(question, phase, reply.begun, ended - reply.begun, reply.status))
            self.counts[place] += 1

    def during(self, phase: str, *, answers: int, until: Callable[[], bool] = lambda: True) -> None:
        """Let the phase last until everybody has been answered so many times in it, and it is so."""
        self.phase, before = phase, list(self.counts)
        end = time.monotonic() + PATIENCE
        while not (all(now - then >= answers for now, then in zip(self.counts, before, strict=True)) and until()):
            hung = [place for place, (now, then) in enumerate(zip(self.counts, before, strict=True)) if now == then]
            assert time.monotonic() < end, (phase, f"without an answer: {hung}", self.faults[:3])
            if self._stopped.wait(0.05) or self.faults:
                break
        assert self.faults == [], self.faults[:5]

    def told(self) -> list[str]:
        """Return a line for each phase and sort of question: how many answers, and how long they took."""
        lines = []
        for phase in dict.fromkeys(one.phase for one in self.waited):
            for is_shared, is_apart, name in (
                (False, False, "pages and items"), (False, True, "the same, made anew"), (True, False, "shared"),
            ):  # fmt: skip
                found = [
                    one for one in self.waited
                    if one.phase == phase and one.question.shared == is_shared and (is_shared or one.question.apart == is_apart)
                ]  # fmt: skip
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
