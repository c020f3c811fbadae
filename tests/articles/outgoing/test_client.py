"""One request, and whatever the other side does with it."""

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from articles.outgoing.addresses import Policy
from articles.outgoing.client import Answer, Unanswered, ask
from tests.services.receiving import Receiver, raw_server, read_request, receivers

LOCAL = Policy(loopback=True)
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receivers(1) as [one]:
        yield one


def asked(act: Callable[[socket.socket], None], *, path: str = "/", **how: object) -> Answer | Unanswered:
    """Ask a server that does this with the connection."""
    with raw_server(act) as port:
        return ask("GET", f"http://127.0.0.1:{port}{path}", policy=LOCAL, **how)  # type: ignore[arg-type]


def saying(*words: bytes) -> Callable[[socket.socket], None]:
    def act(connection: socket.socket) -> None:
        read_request(connection)
        for part in words:
            connection.sendall(part)

    return act


def kind(found: Answer | Unanswered) -> str:
    assert isinstance(found, Unanswered), found
    assert found.sentence
    return found.kind


def test_what_is_sent_arrives_and_what_is_answered_comes_back(receiver: Receiver) -> None:
    receiver.answer = lambda got: (201, {"X-Word": "yes"})
    found = ask("POST", f"{receiver.url}?a=b", policy=LOCAL, headers={"X-Own": "text"}, body="ё".encode())
    assert isinstance(found, Answer)
    assert (found.status, found.headers["x-word"], found.is_success, found.is_whole) == (201, "yes", True, True)
    assert found.milliseconds >= 0
    [got] = receiver.received
    assert (got.method, got.path, got.body) == ("POST", "/hook?a=b", "ё".encode())
    host = receiver.url.removeprefix("http://").removesuffix("/hook")
    assert got.headers == {
        "host": host, "x-own": "text", "accept-encoding": "identity", "connection": "close", "content-length": "2",
    }  # fmt: skip


def test_a_post_without_a_body_says_so(receiver: Receiver) -> None:
    ask("POST", receiver.url, policy=LOCAL)
    assert receiver.received[0].headers["content-length"] == "0"


def test_a_head_has_no_body(receiver: Receiver) -> None:
    receiver.answer = lambda got: (200, {"Content-Length": "1000"})
    found = ask("HEAD", receiver.url, policy=LOCAL)
    assert isinstance(found, Answer)
    assert (found.status, found.body) == (200, b"")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(receiver: Receiver, status: int) -> None:
    receiver.answer = lambda got: (status, {"Location": f"{receiver.url}/elsewhere"})
    found = ask("POST", receiver.url, policy=LOCAL, body=b"{}")
    assert isinstance(found, Answer)
    assert (found.status, found.is_success) == (status, False)
    assert [got.path for got in receiver.received] == ["/hook"]


def test_cookies_are_not_kept(receiver: Receiver) -> None:
    receiver.answer = lambda got: (200, {"Set-Cookie": "a=b"})
    for _ in range(2):
        ask("GET", receiver.url, policy=LOCAL)
    assert all("cookie" not in got.headers for got in receiver.received)


def test_a_proxy_in_the_environment_is_not_asked(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    with receivers(1) as [proxy]:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        assert isinstance(ask("GET", receiver.url, policy=LOCAL), Answer)
        assert (len(receiver.received), len(proxy.received)) == (1, 0)


@pytest.mark.parametrize("begins", [b"Content-Length: 100000\r\n\r\n", b"X-Long: "], ids=["body", "head"])
def test_a_server_that_drips_is_left_when_the_whole_time_is_over(begins: bytes) -> None:
    ended = threading.Event()

    def drips(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + begins)
        while not ended.wait(0.02):
            connection.sendall(b".")

    # Each read gives a byte at once: only the time of the whole request can end it.
    assert kind(asked(drips, seconds=0.5)) == "too-slow"
    ended.set()


def test_a_server_that_says_nothing_is_left() -> None:
    ended = threading.Event()
    assert kind(asked(lambda connection: ended.wait(60) and None, seconds=0.3)) == "too-slow"
    ended.set()


@pytest.mark.parametrize("words", [
    b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n",
    b"HTTP/1.1 200 OK\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n",
])  # fmt: skip
def test_of_a_huge_answer_only_the_beginning_is_read(words: bytes) -> None:
    sent = 0

    def pours(connection: socket.socket) -> None:
        nonlocal sent
        read_request(connection)
        connection.sendall(words)
        for _ in range(2000):
            sent += connection.send(b"x" * 65536)

    found = asked(pours, most_bytes=10_000)
    assert isinstance(found, Answer)
    assert (found.status, found.is_whole, len(found.body)) == (200, False, 10_000)
    assert sent < 2000 * 65536


def test_a_head_without_an_end_is_a_fault() -> None:
    def pours(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        for number in range(100_000):
            connection.sendall(b"X-%d: %s\r\n" % (number, b"y" * 500))

    assert kind(asked(pours)) in {"too-large", "not-http"}


def test_interim_answers_without_an_end_are_a_fault() -> None:
    def pours(connection: socket.socket) -> None:
        read_request(connection)
        for _ in range(100_000):
            connection.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")

    assert kind(asked(pours)) in {"too-large", "not-http", "closed"}


def test_a_connection_that_is_closed_without_an_answer_is_a_fault() -> None:
    assert kind(asked(lambda connection: None)) in {"closed", "not-http"}
    assert kind(asked(saying())) in {"closed", "not-http"}


def test_a_body_that_breaks_off_is_a_fault() -> None:
    found = asked(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"))
    assert kind(found) == "not-http"


@pytest.mark.parametrize("words", [
    b"SSH-2.0-OpenSSH_9.2p1\r\n", b"\0\1\2\3" * 100, b"HTTP/9.9 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\nBad Header\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", b"HTTP/1.1 99999 No\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nok",
])  # fmt: skip
def test_whatever_is_no_http_is_a_fault(words: bytes) -> None:
    assert kind(asked(saying(words))) in {"not-http", "closed"}


def test_a_change_of_protocol_is_no_success() -> None:
    found = asked(saying(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nwords"))
    assert isinstance(found, Unanswered) or not found.is_success


def test_a_port_where_nobody_listens_is_a_fault() -> None:
    # Held, so that nobody else begins to listen there meanwhile.
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        assert kind(ask("GET", f"http://127.0.0.1:{port}/", policy=LOCAL)) == "no-connection"


def test_the_excerpt_is_one_line_that_prints() -> None:
    body = "a\x1b[31m\0\r\n\tb \u202e\u2028ё".encode() + b"\xff" + b"z" * 2000
    found = asked(saying(b"HTTP/1.1 500 No\r\n\r\n", body))
    assert isinstance(found, Answer)
    assert found.excerpt.startswith("a [31m b ё\ufffdzzz")
    assert (len(found.excerpt), found.excerpt.isprintable()) == (500, True)


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


@pytest.mark.skipif(not has_ipv6(), reason="needs IPv6 on this machine")
def test_ipv6_is_asked_too() -> None:
    seen: list[bytes] = []

    def act(connection: socket.socket) -> None:
        seen.append(read_request(connection))
        connection.sendall(OK)

    with raw_server(act, family=socket.AF_INET6) as port:
        found = ask("GET", f"http://[::1]:{port}/", policy=LOCAL)
    assert isinstance(found, Answer)
    assert f"Host: [::1]:{port}".encode() in seen[0]


def test_where_the_first_address_of_a_name_does_not_answer_the_next_is_asked(receiver: Receiver) -> None:
    url = receiver.url.replace("127.0.0.1", "hooks.partner.example")
    found = ask("GET", url, policy=LOCAL, resolve=lambda host, port: ["::1", "127.0.0.1"])
    assert isinstance(found, Answer)
    assert receiver.received[0].headers["host"].startswith("hooks.partner.example:")


def test_a_name_that_leads_elsewhere_the_second_time_is_asked_once(receiver: Receiver) -> None:
    answers = iter([["127.0.0.1"], ["169.254.169.254"], ["10.0.0.1"]])
    asked_for: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked_for.append(host)
        return next(answers)

    url = receiver.url.replace("127.0.0.1", "hooks.partner.example")
    first = ask("GET", url, policy=LOCAL, resolve=rebinding)
    second = ask("GET", url, policy=LOCAL, resolve=rebinding)
    assert isinstance(first, Answer)
    assert kind(second) == "forbidden-address"
    # Once for each request: what was looked at is what was connected to.
    assert asked_for == ["hooks.partner.example"] * 2
    assert len(receiver.received) == 1


def test_the_system_is_never_asked_for_the_name_again(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[object] = []
    known = socket.getaddrinfo

    def watched(host: object, *rest: object, **more: object) -> object:
        names.append(host)
        return known(host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", watched)
    url = receiver.url.replace("127.0.0.1", "hooks.partner.example")
    assert isinstance(ask("GET", url, policy=LOCAL, resolve=lambda host, port: ["127.0.0.1"]), Answer)
    assert "hooks.partner.example" not in names


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.0.0.1", "169.254.169.254"])
def test_in_production_this_machine_and_its_network_are_never_asked(address: str) -> None:
    with raw_server(saying(OK)) as port:
        url = f"https://hooks.partner.example:{port}/"
        assert kind(ask("GET", url, policy=Policy(), resolve=lambda host, port: [address])) == "forbidden-address"
        assert kind(ask("GET", f"http://127.0.0.1:{port}/", policy=Policy())) == "bad-address"


@pytest.mark.parametrize(("name", "value"), [
    ("X-A", "b\r\nX-C: d"), ("X-A\r\nX-C", "d"), ("X-A", "b\nc"), ("X-A", "b\0"), ("X-A", "ё"), ("X A", "b"),
    ("", "b"), ("X-A", " b"), ("Host", "elsewhere"), ("content-length", "0"), ("Cookie", "a=b"),
    ("Transfer-Encoding", "chunked"),
])  # fmt: skip
def test_no_header_can_be_slipped_in(name: str, value: str) -> None:
    with pytest.raises(ValueError, match="cannot be sent"):
        ask("GET", "https://partner.example/", policy=LOCAL, headers={name: value})


def test_only_known_methods_are_asked_with() -> None:
    with pytest.raises(ValueError, match="not asked with"):
        ask("CONNECT", "https://partner.example/", policy=LOCAL)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of hooks.partner.example that nobody signed but its own key, which lies in the same file."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("needs openssl: install Debian's package openssl")
    place = tmp_path_factory.mktemp("certificate")
    name = "hooks.partner.example"
    subprocess.run(
        [program, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}",
         "-keyout", place / "key", "-out", place / "own"],
        check=True, capture_output=True,
    )  # fmt: skip
    (place / "both").write_text((place / "key").read_text() + (place / "own").read_text())
    return place / "both"


def over_tls(certificate: Path, name: str, *, is_trusted: bool) -> tuple[Answer | Unanswered, list[str | None]]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    names: list[str | None] = []
    context.sni_callback = lambda connection, named, own: names.append(named)
    trust = ssl.create_default_context(cafile=str(certificate)) if is_trusted else None
    with raw_server(saying(OK), tls=context) as port:
        url = f"https://{name}:{port}/"
        found = ask("GET", url, policy=LOCAL, trust=trust, resolve=lambda host, port: ["127.0.0.1"])
    return found, names


def test_over_tls_the_name_is_proven_though_the_connection_goes_to_an_address(certificate: Path) -> None:
    found, names = over_tls(certificate, "hooks.partner.example", is_trusted=True)
    assert isinstance(found, Answer)
    assert (found.status, found.body) == (200, b"ok")
    assert names == ["hooks.partner.example"]


def test_a_certificate_that_nobody_vouches_for_is_a_fault(certificate: Path) -> None:
    found, _ = over_tls(certificate, "hooks.partner.example", is_trusted=False)
    assert kind(found) == "bad-certificate"


def test_a_certificate_of_another_name_is_a_fault(certificate: Path) -> None:
    found, names = over_tls(certificate, "other.partner.example", is_trusted=True)
    assert kind(found) == "bad-certificate"
    assert names == ["other.partner.example"]


def test_plain_http_on_a_port_for_https_is_a_fault() -> None:
    with raw_server(lambda connection: connection.sendall(OK)) as port:
        found = ask("GET", f"https://127.0.0.1:{port}/", policy=LOCAL, seconds=60)
    assert kind(found) in {"no-connection", "closed", "not-http"}


def test_no_other_part_of_the_code_makes_requests(repository: Path) -> None:
    makers = ("import httpcore", "urllib.request", "http.client", "import requests", "import httpx")
    found = [
        str(path.relative_to(repository))
        for room in ("articles", "triage", "cramps_site")
        for path in (repository / room).rglob("*.py")
        if any(maker in path.read_text() for maker in makers)
    ]
    assert found == ["articles/outgoing/client.py"]
