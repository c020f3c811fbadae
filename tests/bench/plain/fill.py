"""`python -m tests.bench.plain.fill 200 2 40`: 200 articles of two paragraphs and 40 large ones, in both languages.

They have the words of the generated corpus.
"""

import os
import re
import sys
from datetime import UTC, datetime, timedelta

import django

_CITED = re.compile(r"\[@([^\]]+)\]")


_LARGE = 28


def fill(number: int, paragraphs: int, large: int) -> None:
    """Make the tables, so many articles of so many paragraphs in each language, and so many large ones."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.plain.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from tests.bench.making import words
    from tests.bench.plain.models import Article, Person, Quote, Section, Source, Topic

    call_command("migrate", run_syncdb=True, verbosity=0)
    sources = {
        one["id"]: Source.objects.create(**{name: one[name] for name in ("title", "publisher", "issued", "url")})
        for one in words.sources()
    }
    topics = [Topic.objects.create(slug=one["slug"]["en"], title=one["title"]["en"]) for one in words.topics()]
    person = Person.objects.create(name="Generated name", post="generated post")
    at = datetime(2024, 1, 15, 12, tzinfo=UTC)
    linking = Section.sources.through
    number += large
    for start in range(0, number, 500):
        with transaction.atomic():
            for one in range(start, min(start + 500, number)):
                for language in ("ru", "en"):
                    data = words.article(f"plain {one % 50}", _LARGE if one < large else paragraphs, title={}, slug={})
                    article = Article.objects.create(
                        language=language, slug=f"text-{one}", title=f"Generated text {one}",
                        summary=data["summary"][language], published_at=at + timedelta(minutes=one),
                    )  # fmt: skip
                    article.topics.add(topics[one % len(topics)])
                    rows, cited = [], []
                    for block in data["blocks"]:
                        said = block["text"][language]
                        heading = said if block["kind"] == "heading" else ""
                        html = "" if heading else _html(_CITED.sub("", said))
                        rows.append(
                            Section(article=article, place=len(rows), kind=block["kind"], heading=heading, html=html)
                        )
                        cited.append(_CITED.findall(said))
                    made = Section.objects.bulk_create(rows)
                    linking.objects.bulk_create(
                        linking(section_id=section.pk, source_id=sources[source].pk)
                        for section, named in zip(made, cited, strict=True)
                        for source in named
                    )
                    first = next(iter(sources.values()))
                    Quote.objects.create(article=article, person=person, source=first, text="A generated sentence.")


def _html(said: str) -> str:
    points = [line.removeprefix("- ") for line in said.splitlines() if line.startswith("- ")]
    return f"<ul>{''.join(f'<li>{point}</li>' for point in points)}</ul>" if points else f"<p>{said.strip()}</p>"


if __name__ == "__main__":
    fill(*(int(one) for one in sys.argv[1:4]))
