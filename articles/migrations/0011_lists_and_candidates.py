"""Indexes for sites of very many texts: lists of the desk in the order of their titles, and candidates of a search."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_gaps_and_trail")]

    operations = [
        migrations.AddIndex(
            model_name="indexedtext",
            index=models.Index(fields=["id", "kind", "language"], name="candidate_by_text"),
        ),
        migrations.AddIndex(
            model_name="text",
            index=models.Index(
                fields=["text_kind", "title_ru", "title_en", "id", "slug_ru", "slug_en"], name="text_by_title"
            ),
        ),
    ]
