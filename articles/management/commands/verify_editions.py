"""`verify_editions`: proof that nothing on the shelf was altered or lost."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from articles.editions.shelf import Change, Edition
from articles.editions.verifying import verify_editions


class Command(BaseCommand):
    help = "Check every edition, the journal's chain, standings and guards. Exits with 1 if anything is wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        findings = 0
        for sentence in verify_editions():
            findings += 1
            self.stdout.write(sentence)
        checked = f"{Edition.objects.count()} editions and {Change.objects.count()} journal lines checked"
        self.stdout.write(f"{checked}, {findings} finding(s).")
        if findings:
            sys.exit(1)
