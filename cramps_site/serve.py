"""`make run`: database, messages and static files brought up to date, then site, admin, API and the job worker."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from types import FrameType

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError

from cramps_site.settings.environment import ROOT

_HOST = "127.0.0.1"
_WORKERS = 2
# Of them two may wait for what somebody sends slowly, two for a moment in line for that (cramps_site/wsgi.py), and
# three for somebody who reads a snapshot slowly (articles/answers/streaming.py). What is left serves everybody else.
_THREADS = 8
_LOCAL_SETTINGS = "cramps_site.settings.dev"
_SECONDS_TO_START = 300
_SECONDS_TO_END = 15
_PR_SET_PDEATHSIG = 1
_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> int:
    """Prepare, serve until interrupted, and return the exit code; everything that was started has ended by then."""
    os.chdir(ROOT)
    try:
        port = chosen_port(os.environ.get("PORT") or "8000")
    except ValueError as fault:
        print(fault, file=sys.stderr)
        return 2
    if os.environ.setdefault("DJANGO_SETTINGS_MODULE", _LOCAL_SETTINGS) == _LOCAL_SETTINGS:
        os.environ.setdefault("SITE_URL", f"http://{_HOST}:{port}")
    # A closed terminal and a service manager mean the same as Ctrl-C. A shell's background job begins with it ignored.
    for number in _STOPPING:
        signal.signal(number, _stop)
    try:
        prepare()
        return serve(port)
    except KeyboardInterrupt:
        print("\nStopped.")
        return 0
    except (ImproperlyConfigured, CommandError) as fault:
        # A wrong environment, or a system package that is missing: the sentence says what to do, a trace would hide it.
        print(fault, file=sys.stderr)
        return 2


def _stop(number: int, frame: FrameType | None) -> None:
    _heed_no_more()
    raise KeyboardInterrupt


def _heed_no_more() -> None:
    """A second signal, which make or a terminal sends along, must not break off the orderly end."""
    for number in _STOPPING:
        signal.signal(number, signal.SIG_IGN)


def chosen_port(text: str) -> int:
    """Return the port; raise ValueError with a sentence if it is none or in use."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise ValueError(f"PORT is «{text}»: give a number from 1 to 65535, such as make run PORT=8001")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, int(text)))
        except PermissionError as fault:
            raise ValueError(f"Port {text} may not be used by this account. Try: make run PORT=8000") from fault
        except OSError as fault:
            raise ValueError(
                f"Port {text} is in use by another program. Stop it, or choose another port: make run PORT=8001"
            ) from fault
    return int(text)


def prepare() -> None:
    """Bring database, messages and static files up to date, and fill an empty database."""
    import django  # the environment is complete by now, and was not when this module was imported

    django.setup()
    from django.core.management import call_command

    from cramps_site.built_files import build_messages, build_static

    _say("Database, messages, static files…")
    call_command("migrate", verbosity=0, interactive=False)
    build_messages()
    build_static()
    fill()


def fill() -> None:
    """Give an empty database its accounts and the bundled content, and say what came of it."""
    from cramps_site.first_run import create_accounts, load_starter, protocol_holds

    create_accounts(_tell_account)
    now = datetime.now(UTC)
    if published := load_starter(now):
        _say(f"The bundled content is published: {published} texts.")
        if not protocol_holds(now):
            _say("The bundled triage protocol is past its last day. It waits at the desk, and readers do not see it.")


def serve(port: int) -> int:
    """Run the web server and the job worker until one of them ends or Ctrl-C; return the exit code."""
    server = web_server("cramps_site.wsgi:application", port)
    commands = {"web server": server, "job worker": [sys.executable, "-m", "django", "run_jobs"]}
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in commands.items():
            # Out of the terminal's reach: Ctrl-C comes to this process alone, and this one ends them in good order.
            # This process has one thread, so what runs between fork and exec finds no lock that somebody holds.
            running[name] = subprocess.Popen(
                command,
                cwd=ROOT,
                start_new_session=True,
                preexec_fn=_end_with_parent,  # noqa: PLW1509
            )
        _announce(port, running)
        while True:
            for name, process in running.items():
                if process.poll() is not None:
                    _say(f"The {name} ended unexpectedly (exit code {process.returncode}); stopping the rest.")
                    return 1
            time.sleep(0.3)
    finally:
        _end(list(running.values()))


def web_server(
    application: str, port: int, *, workers: int = _WORKERS, threads: int = _THREADS, respawns: bool = True
) -> list[str]:
    """Return the command that serves an application on this machine alone, with the options of production.

    Unless it `respawns` a worker that failed, the server ends with it: then nobody mistakes a new one for it.
    """
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", _HOST, "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", str(threads)]
    command += ["--respawn-failed-workers"] if respawns else []
    # Whoever stands in front speaks HTTP/1.1; to look whether a connection speaks something else costs every request.
    command += ["--http", "1", "--no-ws"]
    # A worker that is told to stop while it still starts never hears it, and the server would wait for it for ever.
    return [*command, "--workers-kill-timeout", "3", "--log-level", "warning", application]


def _end_with_parent() -> None:
    """Ask the kernel to end this child when its parent is killed outright and cannot do it any more."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _announce(port: int, running: dict[str, subprocess.Popen[bytes]]) -> None:
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until and all(process.poll() is None for process in running.values()):
        with suppress(OSError):
            socket.create_connection((_HOST, port), timeout=1).close()
            site = f"http://{_HOST}:{port}"
            _say(f"Site    {site}/\nAdmin   {site}/admin/\nAPI     {site}/api/v1/\nCtrl-C stops everything.")
            return
        time.sleep(0.1)


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    _heed_no_more()
    for process in processes:
        _signal_group(process, signal.SIGTERM)
    until = time.monotonic() + _SECONDS_TO_END
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, until - time.monotonic()))
        # Workers of a server that died before them are in its group still.
        _signal_group(process, signal.SIGKILL)
        process.wait()


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _tell_account(name: str, password: str) -> None:
    _say(f"Account {name:<14} password {password}   shown once; later: .venv/bin/python manage.py reset_account {name}")


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
