"""Every key of search says its class itself, so that nothing is looked at which is in another.

The index is made anew by the first process that follows the journal: other code has made it (`articles/search/recipe.py`).
"""

from django.db import migrations

BEFORE = "CREATE VIRTUAL TABLE articles_search_words USING fts5(a, b, c, d, tokenize='ascii', detail='column')"
AFTER = "CREATE VIRTUAL TABLE articles_search_words USING fts5(keys, tokenize='ascii', detail='none')"


def make_keys(apps, schema_editor):
    _made(schema_editor, AFTER)


def unmake_keys(apps, schema_editor):
    _made(schema_editor, BEFORE)


def _made(schema_editor, table):
    # A column of PostgreSQL holds the one as well as the other.
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE articles_search_words")
        schema_editor.execute(table)


class Migration(migrations.Migration):
    dependencies = [("articles", "0012_parts_of_words")]

    operations = [migrations.RunPython(make_keys, unmake_keys)]
