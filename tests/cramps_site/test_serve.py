"""`make run` as people meet it: a real run on an empty database, a second one, a broken one, a port in use."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from articles.answers import streaming
from articles.editorial.roles import ROLES
from cramps_site import serve, wsgi
from cramps_site.serve import chosen_port
from tests.services.patience import PATIENCE, free_port
from tests.services.running import EDITIONS, JOURNAL, FirstRun, Run, start


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http", "80 80", "８０００", "1.5", ""])
def test_a_port_that_is_none_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="give a number from 1 to 65535"):
        chosen_port(text)


def test_a_port_in_use_is_refused_in_a_sentence_that_says_what_to_do() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(ValueError, match=f"Port {port} is in use by another program.*make run PORT=8001"):
            chosen_port(str(port))


def test_a_free_port_is_taken() -> None:
    assert chosen_port(str(free_port())) > 0


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"DATABASE_URL": "mysql://somewhere/db"}, "DATABASE_URL must name a SQLite or PostgreSQL database."),
        ({"SITE_URL": "example.org"}, "SITE_URL is «example.org»: give a scheme and a host only"),
        ({"PORT": "many"}, "PORT is «many»: give a number from 1 to 65535"),
    ],
)
def test_a_wrong_environment_ends_in_one_sentence(repository: Path, environment: dict[str, str], sentence: str) -> None:
    command = [sys.executable, "-m", "cramps_site.serve"]
    own = {"PORT": str(free_port()), "DJANGO_SETTINGS_MODULE": "cramps_site.settings.dev"}
    done = subprocess.run(
        command, cwd=repository, env=os.environ | own | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith(sentence)
    assert "Traceback" not in done.stderr


def test_the_first_run_publishes_the_bundle_and_the_second_changes_nothing(
    run: list[Run], filled: FirstRun, after_first_run: Path, repository: Path
) -> None:
    passwords = re.findall(r"Account (\w+) +password (\w{20})", filled.said)
    assert [name for name, _ in passwords] == list(ROLES)
    assert filled.answers == {"/ru/articles/": 200, "/en/articles/": 200, "/api/v1/articles/?lang=en": 200}
    assert {(language, number) for _, language, number, _ in filled.editions} == {("en", 1), ("ru", 1)}
    assert len(filled.editions) == len(filled.journal) > 100
    assert filled.code == 0
    assert "refused" in filled.fault_after

    second = start(run, after_first_run, repository)
    said = second.until("Ctrl-C stops everything.")
    assert "password" not in said
    assert second.rows(EDITIONS) == filled.editions
    assert second.rows(JOURNAL) == filled.journal
    assert second.stop(signal.SIGTERM) == 0


@pytest.mark.parametrize("moments", [[("Database", 0.5), ("administrator", 0.7)], [("administrator", 0.0)]])
def test_a_first_run_that_is_killed_can_be_repeated(
    run: list[Run], tmp_path: Path, repository: Path, moments: list[tuple[str, float]]
) -> None:
    """Also one that follows a run that was killed itself."""
    for words, seconds in moments:
        killed = start(run, tmp_path, repository)
        killed.until(words)
        time.sleep(seconds)
        os.killpg(killed.process.pid, signal.SIGKILL)
        killed.process.wait()

    again = start(run, tmp_path, repository)
    again.until("Ctrl-C stops everything.")
    editions = again.rows(EDITIONS)
    assert {(language, number) for _, language, number, _ in editions} == {("en", 1), ("ru", 1)}
    assert len({item for item, *_ in editions}) * 2 == len(editions)
    accounts = [name for (name,) in again.rows("SELECT username FROM auth_user ORDER BY username")]
    assert accounts == sorted(ROLES)
    assert again.stop() == 0


def test_a_second_signal_does_not_break_off_the_orderly_end(
    run: list[Run], after_first_run: Path, repository: Path
) -> None:
    """make, ended by a signal, hands it on to what the terminal has signalled already."""
    hurried = start(run, after_first_run, repository)
    hurried.until("Ctrl-C stops everything.")
    started = children(hurried.process.pid)

    hurried.process.send_signal(signal.SIGTERM)
    assert hurried.stop(signal.SIGTERM) == 0

    assert [child for child in started if Path(f"/proc/{child}").exists()] == []


def test_a_run_that_is_killed_outright_takes_everything_with_it(
    run: list[Run], after_first_run: Path, repository: Path
) -> None:
    killed = start(run, after_first_run, repository)
    killed.until("Ctrl-C stops everything.")
    started = children(killed.process.pid)

    killed.process.kill()
    killed.process.wait()

    end = time.monotonic() + PATIENCE
    while any(Path(f"/proc/{child}").exists() for child in started) and time.monotonic() < end:
        time.sleep(0.1)
    assert started
    assert [child for child in started if Path(f"/proc/{child}").exists()] == []
    with pytest.raises(OSError, match="refused"):
        killed.get("/")


def test_the_site_stops_when_the_job_worker_dies(run: list[Run], after_first_run: Path, repository: Path) -> None:
    alone = start(run, after_first_run, repository)
    alone.until("Ctrl-C stops everything.")
    for worker in children(alone.process.pid):
        if b"run_jobs" in Path(f"/proc/{worker}/cmdline").read_bytes():
            os.kill(worker, signal.SIGKILL)
    assert alone.process.wait(PATIENCE) == 1
    assert "The job worker ended unexpectedly" in alone.log.read_text()
    with pytest.raises(OSError, match="refused"):
        alone.get("/")


def children(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(child) for child in found]


def test_tests_run_the_same_server_with_other_numbers_and_without_a_place_taken_anew() -> None:
    usual = serve.web_server("site:application", 8000)
    other = serve.web_server("site:application", 8000, workers=1, threads=3, respawns=False)

    for option, number in (("--workers", "1"), ("--blocking-threads", "3")):
        usual[usual.index(option) + 1] = number
    usual.remove("--respawn-failed-workers")
    assert other == usual
    assert {"--http", "--no-ws"} < set(other)


def test_slow_senders_and_slow_readers_together_never_hold_every_thread() -> None:
    held = wsgi.WAITING + streaming.MOST_AT_ONCE
    assert held + 2 <= serve._THREADS
    # Nor for the moment in which others stand in line.
    assert held + wsgi.IN_LINE < serve._THREADS
