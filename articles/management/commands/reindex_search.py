"""`reindex_search`: the index of search made anew from the shelf."""

from typing import Any

from django.core.management.base import BaseCommand

from articles.editions.queries import head
from articles.management.progress import Progress
from articles.search.following import follow, start_anew
from articles.search.tables import IndexedText


class Command(BaseCommand):
    help = "Forget the index of search and make it anew from the journal. Broken off, the worker or a new run goes on."

    def handle(self, *args: Any, **options: Any) -> None:
        start_anew()
        progress = Progress(self.stdout, head().sequence)
        try:
            follow(tell=lambda line: progress.step(f"{line.sequence}: {line.kind} {line.item} ({line.language})"))
        finally:
            progress.close()
        self.stdout.write(f"{IndexedText.objects.count()} texts are found.")
