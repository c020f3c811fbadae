"""`load_content DIR`: the desk's content from readable files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.content.aggregates import LoadError
from articles.management.progress import Progress
from articles.publishing.transfer import load_content, read_content


class Command(BaseCommand):
    help = "Load the desk's content from a directory that dump_content wrote. Publishes nothing and removes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)
        parser.add_argument("--by", metavar="NAME", help="the account in whose name new versions are kept")

    def handle(self, *args: Any, directory: Path, by: str | None, **options: Any) -> None:
        account = User.objects.filter(username=by).first() if by else None
        if by and account is None:
            raise CommandError(f"There is no account {by}.")
        try:
            content = read_content(directory)
            progress = Progress(self.stdout, len(content))
            changed = load_content(
                content,
                by=account,
                at=timezone.now(),
                tell=lambda path, changed: progress.step(f"{path}: {'loaded' if changed else 'unchanged'}"),
            )
            progress.close()
        except LoadError as fault:
            count = len(fault.problems)
            raise CommandError("\n".join([*fault.problems, f"Nothing was loaded: {count} problem(s)."])) from fault
        self.stdout.write(f"{changed} of {len(content)} objects changed.")
