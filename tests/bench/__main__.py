"""`make bench`: all that is measured, or what is named: `make bench ARGS="warm first"`.

`--full` takes the full sizes, `--postgresql` a private PostgreSQL server in place of SQLite (for `growth`), and
`--write` puts the tables into docs/performance.md and docs/operations/sizing.md, between the marks there.
"""

import argparse
import os
import platform
import re
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import ahead, deciding, growth, inside, publishing, pulls, sizing, warm
from tests.bench.loading import workplace
from tests.bench.site import Site
from tests.services.servers import postgresql

# In this order: the site grows from one to the next, and its large texts come first.
MEASUREMENTS: dict[str, Callable[[Site], object]] = {
    "warm": warm.warm,
    "first": warm.first,
    "ahead": ahead.ahead,
    "publishing": publishing.publishing,
    "memory": inside.memory,
    "profile": inside.profile,
    "growth": growth.growth,
    "snapshot": pulls.snapshot,
    "sizing": sizing.sizing,
    "deciding": lambda site: f"### Triage\n\n```\n{deciding.report()}\n```",
}
_DOCS = Path(__file__).resolve().parents[2] / "docs"
# What stands on a page of its own; everything else is on the page of the bench.
_PAGES = {"sizing": _DOCS / "operations" / "sizing.md"}
_PAGE = _DOCS / "performance.md"
_MARKED = re.compile(r"(<!-- measured -->\n).*(<!-- end of what was measured -->)", re.DOTALL)


def main(arguments: list[str]) -> int:
    """Measure, print, and return 1 where something could not be measured."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("names", nargs="*", choices=[*MEASUREMENTS, []], metavar="name", help=", ".join(MEASUREMENTS))
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args(arguments)
    failed = 0
    machine = _machine(arguments)
    said: dict[Path, list[str]] = {}
    print(machine, end="\n\n", flush=True)
    with ExitStack() as stack:
        room = Path(stack.enter_context(workplace()))
        address = stack.enter_context(postgresql()) if asked.postgresql else f"sqlite:///{room / 'site.sqlite3'}"
        if address is None:
            print("PostgreSQL is not installed here.")
            return 1
        _set_up(address)
        site = Site(room, asked.full)
        for name in [one for one in MEASUREMENTS if one in (asked.names or MEASUREMENTS)]:
            try:
                text = str(MEASUREMENTS[name](site))
            except Exception:
                traceback.print_exc()
                text, failed = f"### {name}\n\nCould not be measured.", 1
            said.setdefault(_PAGES.get(name, _PAGE), [machine]).append(text)
            print(text, end="\n\n", flush=True)
    for page, texts in said.items() if asked.write else ():
        _write(page, "\n\n".join(texts))
    return failed


def _write(page: Path, text: str) -> None:
    """Put the tables between the marks of the page; what people wrote around them stays."""
    held = page.read_text(encoding="utf-8")
    page.write_text(_MARKED.sub(lambda found: f"{found[1]}\n{text}\n\n{found[2]}", held), encoding="utf-8")


def _set_up(address: str) -> None:
    os.environ["DATABASE_URL"] = address
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cramps_site.settings.dev")
    import django

    django.setup()
    from django.core.management import call_command

    from cramps_site.built_files import build_messages, build_static

    call_command("migrate", verbosity=0)
    build_messages()
    build_static()


def _machine(arguments: list[str]) -> str:
    """Return when and on what this was measured, and how busy the machine was."""
    models = [line for line in _lines(Path("/proc/cpuinfo")) if line.startswith("model name")]
    model = models[0].partition(": ")[2] if models else platform.machine()
    busy = (_lines(Path("/proc/loadavg")) or ["unknown"])[0].split(" ")[0]
    system = f"{platform.system()} {platform.release().partition('-')[0]}, Python {platform.python_version()}"
    return (
        f"Measured on {datetime.now(UTC):%d %B %Y} with `make bench{_given(arguments)}`: {model},"
        f" {os.cpu_count()} cores, {system}. The load of the machine at the start was {busy}."
    )


def _given(arguments: list[str]) -> str:
    return f' ARGS="{" ".join(arguments)}"' if arguments else ""


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def _stop(number: int, frame: object) -> None:
    """A run that is told to end takes its servers with it."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(main(sys.argv[1:]))
