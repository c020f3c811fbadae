"""`verify_protocol`: what a protocol does, for every combination of answers that there is."""

import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from articles.canonical.languages import LANGUAGES, Language
from triage.admin.file_words import sentence
from triage.engine.exchange import FileRefusedError, read_file
from triage.live import protocols as live
from triage.protocols import tables
from triage.protocols.verification_report import report
from triage.protocols.verifying import Verified, verified_draft, verified_file, verified_live

BUNDLED = Path(__file__).resolve().parents[2] / "protocols" / "starter" / "leg-cramp-triage.json"


class Command(BaseCommand):
    help = (
        "Go through every combination of answers of a triage protocol: a file, the live one or the draft of an "
        "address, or the bundled one. Exits with 1 if anything is wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a protocol as JSON")
        which.add_argument("--slug", help="the live protocol with this address")
        which.add_argument("--draft", metavar="SLUG", help="the protocol with this address as it stands at the desk")
        parser.add_argument("--language", choices=LANGUAGES, default="en", help="of the report and of its quotations")

    def handle(
        self, *args: Any, file: Path | None, slug: str | None, draft: str | None, language: Language, **options: Any
    ) -> None:
        started = time.perf_counter()
        with translation.override(language):
            verified = _live(slug) if slug else _draft(draft) if draft else _file(file or BUNDLED)
        seconds = time.perf_counter() - started
        if not verified.protocols:
            raise CommandError("The protocol is live in no language.")
        quoted = language if language in verified.protocols else next(iter(verified.protocols))
        with translation.override(language):
            lines = report(verified.verification, verified.protocols[quoted], quoted, seconds=seconds)
            self.stdout.write("\n".join(lines))
        if not verified.verification.sound:
            sys.exit(1)


def _file(path: Path) -> Verified:
    try:
        return verified_file(read_file(path.read_bytes()))
    except OSError as fault:
        raise CommandError(f"{path} cannot be read: {fault.strerror}") from fault
    except FileRefusedError as fault:
        problems = "\n".join(f"{one.place}: {sentence(one)}" for one in fault.problems)
        raise CommandError(f"{path} is no protocol.\n{problems}") from fault


def _live(slug: str) -> Verified:
    found = live.found(slug)
    if found is None:
        raise CommandError(f"No protocol has or had the address {slug}.")
    return verified_live(found)


def _draft(slug: str) -> Verified:
    rows = tables.Protocol._default_manager
    working = rows.filter(slug_ru=slug).first() or rows.filter(slug_en=slug).first()
    if working is None:
        raise CommandError(f"No protocol at the desk has the address {slug}.")
    return verified_draft(working)
