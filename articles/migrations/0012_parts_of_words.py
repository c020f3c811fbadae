"""Indexes for what an editor types, for what is under check, and for what was saved last."""

from django.db import DatabaseError, migrations, models

NO_TRIGRAMS = (
    "SQLite is older than 3.34 or was built without its full-text search (FTS5), whose trigrams the editors' lists are "
    "searched by. Use a Python whose sqlite3 module is newer (those of python.org, Debian 12 and Homebrew are), or "
    "PostgreSQL through DATABASE_URL."
)

# Stretches of one, two and three letters; of a short word itself, and of a longer one only those of three.
POSTGRESQL = """
CREATE FUNCTION articles_parts_of(words text, shortest integer) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT part), ARRAY[]::text[]) FROM (
        SELECT unnest(ARRAY[sign, sign || second, sign || second || third]) AS part FROM (
            SELECT sign, lead(sign) OVER (ORDER BY place) AS second, lead(sign, 2) OVER (ORDER BY place) AS third
            FROM unnest(string_to_array(words, NULL)) WITH ORDINALITY AS signs (sign, place)
        ) AS places
    ) AS parts WHERE length(part) >= least(shortest, length(words))
$$;
CREATE INDEX text_by_parts_of_words ON articles_text USING gin (articles_parts_of(
    coalesce(upper(title_ru), '') || '\x1f' || coalesce(upper(title_en), '') || '\x1f' || coalesce(upper(slug_ru), '')
    || '\x1f' || coalesce(upper(slug_en), '') || '\x1f' || coalesce(upper(summary_ru), '') || '\x1f'
    || coalesce(upper(summary_en), ''), 1));
CREATE INDEX source_by_parts_of_words ON articles_source USING gin (articles_parts_of(
    coalesce(upper(authors), '') || '\x1f' || coalesce(upper(issued), '') || '\x1f' || coalesce(upper(title), '')
    || '\x1f' || coalesce(upper(translated_title_ru), '') || '\x1f' || coalesce(upper(translated_title_en), '')
    || '\x1f' || coalesce(upper(publisher), '') || '\x1f' || coalesce(upper(container), '') || '\x1f'
    || coalesce(upper(doi), '') || '\x1f' || coalesce(upper(pmid), ''), 1))
"""


class NoEngineError(RuntimeError):
    """Raised when the database cannot search; the text says what to do."""


def make_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    try:
        schema_editor.execute(
            "CREATE VIRTUAL TABLE articles_word_parts USING fts5"
            "(words, content='', columnsize=0, detail='none', tokenize='trigram')"
        )
    except DatabaseError as fault:
        raise NoEngineError(NO_TRIGRAMS) from fault
    schema_editor.execute("CREATE VIRTUAL TABLE articles_word_parts_terms USING fts5vocab(articles_word_parts, 'row')")
    schema_editor.execute(
        "CREATE TABLE articles_word_parts_rows (id integer NOT NULL PRIMARY KEY AUTOINCREMENT,"
        " item char(32) NOT NULL UNIQUE, kind varchar(20) NOT NULL, is_odd bool NOT NULL)"
    )
    # Rows and triggers come after every migrate: articles/content/word_parts.py
    schema_editor.execute("CREATE INDEX articles_word_parts_odd ON articles_word_parts_rows (kind, item) WHERE is_odd")


def remove_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX text_by_parts_of_words")
        schema_editor.execute("DROP INDEX source_by_parts_of_words")
        schema_editor.execute("DROP FUNCTION articles_parts_of")
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'parts\\_%' ESCAPE '\\'")
        triggers = [name for (name,) in cursor.fetchall()]
    for name in triggers:
        schema_editor.execute(f'DROP TRIGGER "{name}"')
    for table in ("articles_word_parts_terms", "articles_word_parts", "articles_word_parts_rows"):
        schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    dependencies = [("articles", "0011_lists_and_candidates")]

    operations = [
        migrations.RunPython(make_index, remove_index),
        migrations.AddIndex(
            model_name="revision", index=models.Index(fields=["kind", "-id"], name="revision_by_kind")
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                condition=models.Q(("check_json", ""), _negated=True),
                fields=["language", "title"],
                name="texts_under_check",
            ),
        ),
    ]
