"""`dump_content DIR`: the desk's content as readable files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.content.aggregates import AGGREGATES
from articles.management.progress import Progress
from articles.publishing.transfer import dump_content


class Command(BaseCommand):
    help = "Write the desk's content into a directory, one object a file. Files of objects that are gone are removed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)

    def handle(self, *args: Any, directory: Path, **options: Any) -> None:
        progress = Progress(self.stdout, sum(model._default_manager.count() for model in AGGREGATES.values()))
        try:
            written = dump_content(
                directory, tell=lambda path, changed: progress.step(f"{path}: {'written' if changed else 'unchanged'}")
            )
        except OSError as fault:
            raise CommandError(f"The files could not be written: {fault}") from fault
        progress.close()
        self.stdout.write(f"{len(written)} objects in {directory}.")
