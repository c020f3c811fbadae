"""Workers of webhooks as processes of their own, on the database of the test."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
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
delays = (timedelta(0),) + (timedelta(seconds=0.2),) * 100_000
pace = Pace(delays=delays, seconds=30.0, lease=timedelta(seconds={lease}))
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


@contextmanager
def working(lease: float) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker with a short schedule, once it works; killed if the test has not ended it."""
    with _process("-c", _WORK.format(lease=lease)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        yield process


def run_jobs() -> AbstractContextManager["subprocess.Popen[bytes]"]:
    """The command that `make run` starts; killed if the test has not ended it."""
    return _process("-m", "django", "run_jobs")


def end(process: "subprocess.Popen[bytes]", number: signal.Signals = signal.SIGTERM) -> int:
    """Send a signal, wait until the process is gone, and return its exit code."""
    if process.poll() is None:
        process.send_signal(number)
    code = process.wait(60)
    if process.stdout:
        process.stdout.close()
    return code


@contextmanager
def _process(*arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cramps_site.settings.test", "TEST_DATABASE_URL": database_url(),
    }  # fmt: skip
    process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    try:
        yield process
    finally:
        end(process, signal.SIGKILL)
