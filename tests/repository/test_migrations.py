"""Migrations are one line without branches, and in step with the models."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

OWN = ("articles", "triage")


@pytest.mark.django_db
def test_models_and_migrations_are_in_step() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_each_app_has_one_line_of_migrations() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for app in OWN:
        # What stands for several others is beside the line, not in it.
        own = [key for key, migration in loader.disk_migrations.items() if key[0] == app and not migration.replaces]
        parents = [parent for key in own for parent in loader.disk_migrations[key].dependencies if parent[0] == app]
        assert len(parents) == len(set(parents)), f"two migrations of {app} follow the same one"
        assert len(loader.graph.leaf_nodes(app)) == (1 if own else 0)
        assert len(own) - len(parents) == (1 if own else 0)


def test_what_stands_for_others_stands_for_the_beginning_of_a_line() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for (app, _name), migration in loader.disk_migrations.items():
        if migration.replaces and app in OWN:
            line = sorted(key for key, one in loader.disk_migrations.items() if key[0] == app and not one.replaces)
            assert migration.replaces == line[: len(migration.replaces)]


def test_every_app_with_models_has_migrations() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    with_models = [app for app in OWN if list(apps.get_app_config(app).get_models())]
    assert with_models == [app for app in OWN if any(key[0] == app for key in loader.disk_migrations)]
