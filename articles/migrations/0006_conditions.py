"""Which condition a term names, and which conditions a text is about. Texts that were there before name none."""

import articles.content.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_credits_and_overdue_reviews")]

    operations = [
        migrations.AddField(
            model_name="term",
            name="icd10",
            field=articles.content.fields.CodesField(
                blank=True,
                help_text="Of the World Health Organization, several separated by commas: R25.2. Only where the term names exactly this condition: readers see the codes, and partners and search engines pass them on.",
                max_length=100,
                verbose_name="ICD-10 codes",
            ),
        ),
        migrations.AddField(
            model_name="text",
            name="conditions",
            field=models.ManyToManyField(
                blank=True,
                help_text="What the text is about in the words of medicine: terms of the glossary that have an ICD-10 code. By the code, partners, search engines and clinicians find the text. A condition that is only mentioned does not belong here.",
                related_name="texts",
                to="articles.term",
                verbose_name="conditions",
            ),
        ),
    ]
