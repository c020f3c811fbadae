"""Workers of webhooks as processes of their own, on the database of the test."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]

# The lease is short, since a worker that is killed hands nothing back.
_WORK = """
import django; django.setup()
import signal, threading
from datetime import timedelta
from articles.partners.pace import Pace
from articles.partners.worker import Worker
stopped = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stopped.set())
pace = Pace(delays=(timedelta(0),) + (timedelta(seconds=0.2),) * 100_000, seconds=30.0, lease=timedelta(seconds={lease}))
print("ready", flush=True)
Worker(pace).serve(stopped, every=0.05)
"""


def database_url() -> str:
    """The address of the test's own database."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    account = f"{settings['USER']}:{quote(str(settings['PASSWORD']))}"
    return f"postgres://{account}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"


def start(lease: float) -> "subprocess.Popen[bytes]":
    """Start a worker with a short schedule and return once it works."""
    process = _process("-c", _WORK.format(lease=lease))
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


@contextmanager
def run_jobs() -> Iterator["subprocess.Popen[bytes]"]:
    """The command that `make run` starts; killed if the test has not ended it."""
    process = _process("-m", "django", "run_jobs")
    try:
        yield process
    finally:
        end(process, signal.SIGKILL)


def end(process: "subprocess.Popen[bytes]", number: signal.Signals = signal.SIGTERM) -> int:
    """Send a signal, wait until the process is gone, and return its exit code."""
    if process.poll() is None:
        process.send_signal(number)
    process.communicate(timeout=60)
    return process.returncode


def _process(*arguments: str) -> "subprocess.Popen[bytes]":
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cramps_site.settings.test", "TEST_DATABASE_URL": database_url(),
    }  # fmt: skip
    return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE)
