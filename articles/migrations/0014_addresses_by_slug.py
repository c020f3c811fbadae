"""An index for what the press asks of addresses: whose a slug is, whatever its kind."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0013_keys_with_their_class")]

    operations = [
        migrations.AddIndex(
            model_name="address", index=models.Index(fields=["slug"], name="address_by_slug")
        )
    ]
