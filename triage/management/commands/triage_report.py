"""`triage_report [FILES…]`: how far a protocol agrees with the levels that somebody expects of short stories."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from articles.canonical.languages import LANGUAGES, Language
from triage import evaluation, protocols
from triage.engine.deciding import Engine
from triage.engine.exchange import FileRefusedError, read_file
from triage.evaluation.report import report
from triage.evaluation.vignettes import VignettesRefusedError, read_files

OWN = Path(evaluation.__path__[0]) / "vignettes"
BUNDLED = Path(protocols.__path__[0]) / "starter" / "leg-cramp-triage.json"


class Command(BaseCommand):
    help = "Put vignettes through a triage protocol and print how often it says what they expect. Stores nothing."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="*", type=Path, help="files of vignettes; the team's own where none is named"
        )
        parser.add_argument("--language", choices=LANGUAGES, default="en", help="of the report and of the protocol")
        parser.add_argument("--protocol", type=Path, default=BUNDLED, help="another protocol, as the desk exports it")

    def handle(self, *args: Any, files: list[Path], language: Language, protocol: Path, **options: Any) -> None:
        try:
            file = read_file(_content(protocol))
            engine = Engine(file.protocol(language))
            read = read_files({str(path): _content(path) for path in files} or own(), file, engine)
        except (FileRefusedError, VignettesRefusedError) as fault:
            raise CommandError(f"{fault}\nNothing was measured: {len(fault.problems)} problem(s).") from fault
        with translation.override(language):
            for line in report(read, file, engine, language):
                self.stdout.write(line)


def own() -> dict[str, bytes]:
    """Return the files that the team wrote, by name, in order."""
    return {path.name: _content(path) for path in sorted(OWN.glob("*.yaml"))}


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise CommandError(f"{path}: {fault.strerror}") from fault
