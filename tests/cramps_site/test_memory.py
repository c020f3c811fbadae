import os
import subprocess
import sys

import pytest

from cramps_site import memory
from tests.services.clocks import tells
from tests.services.patience import PATIENCE

# Of no use to a reader, and many megabytes each: they come when somebody at the desk needs them.
DESK_ALONE = ["cryptography", "fido2", "nltk", "textstat"]

_SERVING = """
import io, sys
from cramps_site.wsgi import application

said = []
answer = application(
    {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/robots.txt", "QUERY_STRING": "", "HTTP_HOST": "127.0.0.1",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http",
    },
    lambda status, headers, fault=None: said.append(status),
)
b"".join(answer)
print(said[0])
print(*sorted(name for name in sys.modules if "." not in name))
"""


def test_a_worker_that_serves_readers_has_not_loaded_what_only_the_desk_needs(tmp_path):
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "cramps_site.settings.dev",
        "SECRET_KEY": "for this test",
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _SERVING],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )

    status, loaded = done.stdout.splitlines()
    assert status == "200 OK"
    assert "pymorphy3" in loaded.split()
    assert not set(DESK_ALONE) & set(loaded.split())


def test_memory_is_given_back_now_and_then_however_often_the_chore_is_done(monkeypatch):
    moments = iter([0.0, 1.0, 2.5, 2.6, 3.0, 4.7, 4.8])
    given: list[int] = []
    tells(monkeypatch, memory, monotonic=lambda: next(moments))
    monkeypatch.setattr(memory, "_trim", given.append)

    chore = memory.now_and_then()
    counts = []
    for _look in range(4):
        chore()
        counts.append(len(given))

    assert counts == [0, 1, 1, 2]


def test_where_the_library_of_c_has_no_such_function_nothing_is_given_back(monkeypatch):
    monkeypatch.setattr(memory, "_trim", None)
    monkeypatch.setattr(memory, "_set", None)

    assert not memory.give_back()
    assert not memory.share()


def test_threads_share_two_arenas(monkeypatch):
    said = []
    monkeypatch.setattr(memory, "_set", lambda name, number: said.append((name, number)) or 1)

    assert memory.share()
    # As malloc.h has it: M_ARENA_MAX.
    assert said == [(-8, 2)]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what is mapped is read from /proc")
def test_this_system_takes_it():
    assert memory.give_back() == (memory._trim is not None)


def test_what_is_there_when_a_worker_has_started_is_not_looked_through_again():
    code = "import gc\nimport cramps_site.wsgi\nprint(gc.get_freeze_count() > 100_000, len(gc.get_objects()) < 20_000)"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "cramps_site.settings.dev", "SECRET_KEY": "for this test"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )

    assert done.stdout.split() == ["True", "True"]
