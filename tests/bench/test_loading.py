"""The bundled loader asks for what it is told, as often as it says, and takes no wrong answer for a fast one."""

import os
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.bench.loading import Asked, WrongAnswerError, answers_by_wrk, ask_for, ask_once, one
from tests.bench.serving import Running, family

_BODY = b"x" * 300_000


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.seen[self.path] += 1  # type: ignore[attr-defined]
        if self.path == "/chunked":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"5\r\nfirst\r\n")
            self.wfile.write(b"6\r\nsecond\r\n0\r\n\r\n")
            return
        self.send_response(404 if self.path == "/lost" else 200)
        self.send_header("Content-Length", str(len(_BODY)))
        self.end_headers()
        self.wfile.write(_BODY)

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def answering() -> Iterator[tuple[Running, Counter[str]]]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.daemon_threads = True
        server.seen = Counter()  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Running("answering", server.server_port, os.getpid()), server.seen  # type: ignore[attr-defined]
        server.shutdown()
        thread.join()


def test_each_path_is_asked_for_once_and_the_servers_cpu_is_counted(answering):
    running, seen = answering
    paths = [f"/{number}" for number in range(41)]
    load = ask_once(running, Asked(paths, {"Accept": "*/*"}))
    assert load.answers == 41
    assert seen == Counter(paths)
    assert load.cpu > 0
    assert load.rate > 0


def test_for_a_time_answers_are_counted_as_they_came_and_a_wrong_one_is_refused(answering):
    running, seen = answering
    load = ask_for(running, Asked(["/a", "/chunked"], {}), 0, bundled=True)
    # One more was asked for beforehand, to see that it is what was meant.
    assert load.answers == sum(seen.values()) - 1 > 0
    with pytest.raises(WrongAnswerError, match="404"):
        ask_for(running, Asked(["/lost"], {}), 0, bundled=True)
    with pytest.raises(WrongAnswerError, match="404"):
        ask_once(running, Asked(["/a", "/lost"], {}))
    assert one(running, Asked(["/lost"], {}, 404), "/lost")[1] == _BODY


def test_what_wrk_tells_counts_unless_it_tells_of_errors():
    told = "Running 1s test @ http://127.0.0.1:1/\n  14720 requests in 1.00s, 10.08MB read\n"
    assert answers_by_wrk(told) == 14720
    for wrong in (told + "  Non-2xx or 3xx responses: 3\n", "unable to connect to 127.0.0.1:1 Connection refused"):
        with pytest.raises(WrongAnswerError):
            answers_by_wrk(wrong)


def test_a_process_is_of_its_own_family():
    assert os.getpid() in family(os.getpid())
