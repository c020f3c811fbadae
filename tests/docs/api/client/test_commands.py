"""The commands of the reference client, and the bell that webhooks ring."""

import base64
import io
import json
import os
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from standardwebhooks import Webhook

from articles.partners import places
from tests.docs.api.client.inside import FILE, Received, Site, Wire, both, client
from tests.factories.documents import ARTICLE, NOON, withdraw
from tests.factories.partners import make_key

SECRET = "whsec_" + base64.b64encode(b"a secret of the tests, 32 bytes.").decode()
OTHER = "whsec_" + base64.b64encode(b"the one that comes afterwards...").decode()
BODY = b'{"type":"item.withdrawn"}'


def signed(secret: str = SECRET, at: datetime = NOON, body: bytes = BODY) -> dict[str, str]:
    """The headers of a webhook as the standard's own library signs it."""
    signature = Webhook(secret).sign("msg_1", at, body.decode())
    return {"webhook-id": "msg_1", "webhook-timestamp": str(int(at.timestamp())), "webhook-signature": signature}


@pytest.mark.parametrize("secrets", [SECRET, f"{OTHER} {SECRET}"])
def test_what_the_standards_own_library_signs_is_believed(secrets: str) -> None:
    assert client.is_signed(secrets, signed(), BODY, NOON.timestamp())


def test_of_two_signatures_one_is_enough() -> None:
    headers = signed() | {"webhook-signature": f"v1,{'A' * 43}= v1a,x {signed()['webhook-signature']}"}
    assert client.is_signed(SECRET, headers, BODY, NOON.timestamp())


@pytest.mark.parametrize(
    ("headers", "body", "now"),
    [
        (signed(OTHER), BODY, NOON.timestamp()),
        (signed(), BODY + b" ", NOON.timestamp()),
        (signed(), BODY, NOON.timestamp() + 301),
        (signed(), BODY, NOON.timestamp() - 301),
        (signed() | {"webhook-id": "msg_2"}, BODY, NOON.timestamp()),
        (signed() | {"webhook-timestamp": "noon"}, BODY, NOON.timestamp()),
        (signed() | {"webhook-timestamp": "٣"}, BODY, NOON.timestamp()),
        (signed() | {"webhook-signature": ""}, BODY, NOON.timestamp()),
        (signed() | {"webhook-signature": "v1,ключ"}, BODY, NOON.timestamp()),
        ({}, BODY, NOON.timestamp()),
    ],
)
def test_everything_else_is_not(headers: dict[str, str], body: bytes, now: float) -> None:
    assert not client.is_signed(SECRET, headers, body, now)


def test_only_a_webhook_of_the_site_rings_the_bell() -> None:
    woken = threading.Event()
    server = client.listening(0, SECRET, woken)
    address = f"http://127.0.0.1:{server.server_port}/"
    try:
        for headers in ({}, signed(OTHER, datetime.now(UTC))):
            with pytest.raises(urllib.error.HTTPError, match="401") as refused:
                urllib.request.urlopen(urllib.request.Request(address, data=BODY, headers=headers), timeout=30)
            refused.value.close()
        assert not woken.is_set()
        request = urllib.request.Request(address, data=BODY, headers=signed(at=datetime.now(UTC)))
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert answer.status == 204
        assert woken.is_set()
    finally:
        server.shutdown()
        server.server_close()


class Enough(Exception):
    pass


class Bell(threading.Event):
    """Notes how long it would be waited for, and ends the watch after so many times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.pauses: list[float] = []
        self.times = times

    def wait(self, timeout: float | None = None) -> bool:
        self.pauses.append(timeout or 0.0)
        if len(self.pauses) == self.times:
            raise Enough
        return True


@pytest.mark.django_db
def test_watching_asks_again_and_waits_longer_while_the_site_is_away(mirror: Any, site: Site, wire: Wire) -> None:
    both()
    answers = iter(["", "", *["away"] * 3 * client.TRIES, "", "wait"])

    def alter(path: str, answer: Received) -> Received:
        what = next(answers, "")
        return Received(503, {"Retry-After": "900"} if what == "wait" else {}, io.BytesIO()) if what else answer

    wire.alter = alter
    bell = Bell(6)
    with pytest.raises(Enough):
        client.watch(mirror, site, 60.0, bell, False)
    first, *away, again, told = bell.pauses
    assert (54 <= first <= 66, 54 <= again <= 66, told) == (True, True, 900.0)
    assert [low <= pause <= 2 * low for low, pause in zip((0.25, 0.5, 1.0), away, strict=True)] == [True] * 3


@pytest.mark.django_db
def test_it_acknowledges_what_the_mirror_has_carried_out_and_no_more(mirror: Any, wire: Wire) -> None:
    both()
    key, words = make_key()
    site = Site(words, wire)
    client.sync(mirror, site)
    withdraw()
    assert client.acknowledge(mirror, site) == 2
    assert places.reached(key.partner).acknowledged == 2
    client.sync(mirror, site)
    assert client.acknowledge(mirror, site) == 3
    assert places.reached(key.partner).acknowledged == 3
    assert [path for path in wire.asked if words in path] == []


@pytest.mark.django_db
def test_watching_acknowledges_what_was_carried_out_before_it_began_or_while_the_site_could_not_be_told(
    mirror: Any, wire: Wire
) -> None:
    both()
    key, words = make_key()
    site = Site(words, wire)
    client.sync(mirror, site)
    withdraw()
    client.sync(mirror, site)
    away = iter([True] * client.TRIES)

    def alter(path: str, answer: Received) -> Received:
        is_away = "acknowledgements" in path and next(away, False)
        return Received(503, {}, io.BytesIO()) if is_away else answer

    wire.alter = alter
    bell = Bell(3)
    with pytest.raises(Enough):
        client.watch(mirror, site, 60.0, bell, True)
    assert places.reached(key.partner).acknowledged == 3
    # The last round has nothing new to tell, and tells nothing.
    assert sum("acknowledgements" in path for path in wire.asked) == client.TRIES + 1


@pytest.mark.django_db
def test_without_a_key_it_acknowledges_nothing(mirror: Any, site: Site) -> None:
    both()
    client.sync(mirror, site)
    with pytest.raises(client.Trouble, match="PARTNER_KEY"):
        client.acknowledge(mirror, site)


@pytest.mark.parametrize("address", ["http://health.example", "ftp://health.example", "health.example", ""])
@pytest.mark.parametrize("key", [None, "hk_key"])
def test_nothing_is_asked_where_others_could_listen(address: str, key: str | None) -> None:
    with pytest.raises(client.Trouble, match="https"):
        client.Site(address, key)


@pytest.mark.django_db
def test_a_text_is_shown_in_words_and_the_list_has_all_that_may_be_shown(mirror: Any, site: Site) -> None:
    both()
    with time_machine.travel(NOON, tick=False):
        client.sync(mirror, site)
        shown = client.show(mirror, ARTICLE, "ru")
        assert shown.startswith("Судороги в тестах\n\nО чём эта статья.\n\nЧто это\n\n«Судороги в тестах»")
        assert client.listed(mirror).splitlines() == [
            f"{ARTICLE}  en  article  Cramps in tests",
            f"{ARTICLE}  ru  article  Судороги в тестах",
        ]
        withdraw(reason="Доза неверна.")
        client.sync(mirror, site)
        assert client.listed(mirror) == f"{ARTICLE}  en  article  Cramps in tests"
        with pytest.raises(client.Trouble, match=r"Доза неверна\."):
            client.show(mirror, ARTICLE, "ru")


def commanded(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(FILE), *arguments],
        capture_output=True, text=True, timeout=120, check=False, env=os.environ | environment,
    )  # fmt: skip


def test_its_commands_need_nothing_beside_python_and_say_what_is_missing(tmp_path: Path) -> None:
    file = str(tmp_path / "mirror.sqlite3")
    assert "PARTNER_KEY" in commanded("--help").stdout
    asked = {
        ("sync",): "https",
        ("show", ARTICLE): "no such text",
        ("verify",): "https",
        ("acknowledge", "--site", "https://health.invalid"): "PARTNER_KEY",
    }
    for command, sentence in asked.items():
        ended = commanded(*command, "--mirror", file)
        assert (ended.returncode, sentence in ended.stderr) == (1, True), ended.stderr
        assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_?", f"{SECRET} whsec_ключ"])
def test_it_does_not_listen_where_it_could_check_no_signature(secret: str, tmp_path: Path) -> None:
    asked = ("watch", "--site", "https://health.invalid", "--listen", "1", "--mirror", str(tmp_path / "mirror.sqlite3"))
    ended = commanded(*asked, WEBHOOK_SECRET=secret)
    assert (ended.returncode, "WEBHOOK_SECRET" in ended.stderr, "Traceback" in ended.stderr) == (1, True, False)


def test_a_port_that_is_taken_is_said_in_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(client.Trouble, match=f"port {port}"):
            client.listening(port, SECRET, threading.Event())


def test_a_reader_that_goes_away_early_is_no_fault(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = subprocess.run(
            [sys.executable, "-I", str(FILE), "show", "--mirror", str(tmp_path / "mirror.sqlite3")],
            stdout=writing, stderr=subprocess.PIPE, text=True, timeout=120, check=False,
        )  # fmt: skip
    finally:
        os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_canonical_json_is_that_of_the_site() -> None:
    from articles.canonical import canonical_json

    value = {"б": 1, "a": ['\x00\x1f"\\/\u2028 é', None, True, -5], "Z": {}, "id": "судорога — «да»"}
    assert client.canonical(value) == canonical_json.dumps(value)
    assert json.loads(client.canonical(value)) == value


def test_waiting_grows_and_ends_growing() -> None:
    assert all(0.25 * 2**n <= client.backoff(n) <= 0.5 * 2**n for n in range(9))
    assert client.backoff(1000) <= 300
