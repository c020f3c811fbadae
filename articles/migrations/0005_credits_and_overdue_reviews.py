"""Who wrote and translated a text, and reviews that fall due through the journal."""

import json
from datetime import UTC, date, datetime, time, timedelta

import articles.content.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def nobody_named(apps, schema_editor):
    """Texts that were there before name nobody; the columns of languages hold words and never NULL."""
    empty = {f"{name}_{language}": "" for name in ("authors", "translators") for language in ("ru", "en")}
    apps.get_model("articles", "Text").objects.update(**empty)


def await_reviews(apps, schema_editor):
    """What is live and promises its next review waits for that day, as it would had it been published now."""
    Due = apps.get_model("articles", "Due")
    live = apps.get_model("articles", "Standing").objects.filter(state="live").select_related("edition")
    for standing in live.order_by("pk").iterator(chunk_size=200):
        review = json.loads(standing.edition.envelope_json)["review"]
        if review["state"] == "reviewed" and review["next_on"]:
            following = date.fromisoformat(review["next_on"]) + timedelta(days=1)
            Due.objects.create(
                act="review",
                kind=standing.kind,
                item=standing.item,
                language=standing.language,
                due_at=datetime.combine(following, time(), UTC),
            )


def await_no_reviews(apps, schema_editor):
    """Code from before does not know such rows; they are found anew when it is upgraded again."""
    apps.get_model("articles", "Due").objects.filter(act="review").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0004_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="standing",
            name="overdue_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="text",
            name="authors",
            field=articles.content.fields.PassageField(
                blank=True,
                help_text="One person a line, as readers are to see the name, with what the person is: “Name, medical journalist”. Empty: the page says that the editors wrote it and no author is named.",
                verbose_name="who wrote it",
            ),
        ),
        migrations.AddField(
            model_name="text",
            name="authors_en",
            field=articles.content.fields.PassageField(
                blank=True, null=True,
                help_text="One person a line, as readers are to see the name, with what the person is: “Name, medical journalist”. Empty: the page says that the editors wrote it and no author is named.",
                verbose_name="who wrote it",
            ),
        ),
        migrations.AddField(
            model_name="text",
            name="authors_ru",
            field=articles.content.fields.PassageField(
                blank=True, null=True,
                help_text="One person a line, as readers are to see the name, with what the person is: “Name, medical journalist”. Empty: the page says that the editors wrote it and no author is named.",
                verbose_name="who wrote it",
            ),
        ),
        migrations.AddField(
            model_name="text",
            name="translators",
            field=articles.content.fields.PassageField(
                blank=True,
                help_text="One person a line. Shown where this language is the translation; empty: the page says that no translator is named.",
                verbose_name="who translated it",
            ),
        ),
        migrations.AddField(
            model_name="text",
            name="translators_en",
            field=articles.content.fields.PassageField(
                blank=True, null=True,
                help_text="One person a line. Shown where this language is the translation; empty: the page says that no translator is named.",
                verbose_name="who translated it",
            ),
        ),
        migrations.AddField(
            model_name="text",
            name="translators_ru",
            field=articles.content.fields.PassageField(
                blank=True, null=True,
                help_text="One person a line. Shown where this language is the translation; empty: the page says that no translator is named.",
                verbose_name="who translated it",
            ),
        ),
        migrations.AlterField(
            model_name="due",
            name="act",
            field=models.CharField(choices=[("withdraw", "Withdraw"), ("review", "Review")], max_length=20),
        ),
        migrations.AlterField(
            model_name="due",
            name="arranged_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="due",
            constraint=models.UniqueConstraint(
                condition=models.Q(("act", "review"), ("settled_at__isnull", True)),
                fields=("item", "language"),
                name="a_text_waits_for_one_review",
            ),
        ),
        migrations.AddConstraint(
            model_name="standing",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "live"), ("overdue_since__isnull", True), _connector="OR"),
                name="only_a_live_text_is_overdue",
            ),
        ),
        migrations.RunPython(nobody_named, migrations.RunPython.noop),
        migrations.RunPython(await_reviews, await_no_reviews),
    ]
