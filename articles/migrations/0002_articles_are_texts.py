"""Articles, answered questions and about pages are one table; an article is one kind of its rows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [
        migrations.RenameModel("Article", "Text"),
        migrations.AddField(
            "text", "text_kind", models.CharField(default="article", editable=False, max_length=20)
        ),
    ]
