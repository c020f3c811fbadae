"""The tables of search, and what the engine of each database needs beside them."""

import django.db.models.deletion
from django.db import DatabaseError, migrations, models

NO_FTS5 = (
    "SQLite was built without its full-text search (FTS5), which the site's search needs. Use a Python whose sqlite3 "
    "module has it (those of python.org, Debian and Homebrew do), or PostgreSQL through DATABASE_URL."
)


class NoEngineError(RuntimeError):
    """Raised when the database cannot search; the text says what to do."""


def make_engine(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE articles_indexedtext ADD COLUMN words tsvector NOT NULL DEFAULT ''")
        schema_editor.execute("CREATE INDEX articles_search_words ON articles_indexedtext USING gin (words)")
        return
    try:
        schema_editor.execute(
            "CREATE VIRTUAL TABLE articles_search_words USING fts5(a, b, c, d, tokenize='ascii', detail='column')"
        )
    except DatabaseError as fault:
        raise NoEngineError(NO_FTS5) from fault


def remove_engine(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE articles_indexedtext DROP COLUMN words")
    else:
        schema_editor.execute("DROP TABLE articles_search_words")


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0003_the_whole_desk'),
    ]

    operations = [
        migrations.CreateModel(
            name='IndexedWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(max_length=100)),
                ('language', models.CharField(choices=[('ru', 'ru'), ('en', 'en')], max_length=2)),
                ('texts', models.IntegerField()),
                ('keys', models.TextField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('form', 'language'), name='a_form_is_counted_once_per_language')],
            },
        ),
        migrations.CreateModel(
            name='IndexState',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('sequence', models.PositiveBigIntegerField(default=0)),
                ('hash', models.CharField(blank=True, max_length=64)),
                ('recipe', models.CharField(blank=True, max_length=20)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='there_is_one_index')],
            },
        ),
        migrations.CreateModel(
            name='IndexedText',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('item', models.UUIDField()),
                ('kind', models.CharField(max_length=20)),
                ('language', models.CharField(choices=[('ru', 'ru'), ('en', 'en')], max_length=2)),
                ('sizes', models.CharField(max_length=100)),
                ('stretches', models.TextField()),
                ('postings', models.TextField()),
                ('forms', models.TextField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.edition')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'language'), name='an_item_is_indexed_once_per_language')],
            },
        ),
        migrations.RunPython(make_engine, remove_engine),
    ]
