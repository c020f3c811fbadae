"""Many tables in one step are the same tables, made with less work."""

from __future__ import annotations

import pytest
from django.db import connection, models
from django.db.migrations import Migration
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState, StateApps

from articles.content.tables_at_once import TablesAtOnce

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_carried_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Statements are only collected, so it does no harm that SQLite, within a transaction, keeps looking after keys."""
    monkeypatch.setattr(connection, "disable_constraint_checking", lambda: True)


def _models() -> list[CreateModel]:
    """A chain, each link of which has to do with the first, and two tables of pairs."""
    key: tuple[str, models.Field[int, int]] = ("id", models.BigAutoField(primary_key=True))
    first = CreateModel("First", [key, ("name", models.CharField(max_length=20, db_index=True))])
    links = [
        CreateModel(
            f"Link{number}",
            [
                key,
                ("before", models.ForeignKey("shop.First" if not number else f"shop.Link{number - 1}", models.CASCADE)),
                ("several", models.ManyToManyField("shop.First")),
            ],
            {"constraints": [models.UniqueConstraint(fields=["before", "id"], name=f"link_{number}_once")]},
        )
        for number in range(2)
    ]
    return [first, *links]


def _statements(operations: list[Operation], *, backwards: bool = False) -> list[str]:
    migration = type("Tables", (Migration,), {"operations": operations})("0001_tables", "shop")
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        if backwards:
            migration.unapply(ProjectState(), editor, collect_sql=True)
        else:
            migration.apply(ProjectState(), editor, collect_sql=True)
    return [line for line in editor.collected_sql if not line.startswith("--")]


def test_the_tables_are_those_of_one_step_after_the_other() -> None:
    expected = _statements([*_models()])
    assert sum(line.startswith("CREATE TABLE") for line in expected) == 5
    assert _statements([TablesAtOnce(_models())]) == expected


def test_they_are_taken_away_again_what_refers_to_others_first() -> None:
    expected = _statements([*_models()], backwards=True)
    assert sum(line.startswith("DROP TABLE") for line in expected) == 5
    assert _statements([TablesAtOnce(_models())], backwards=True) == expected


def test_each_class_is_made_once_however_many_have_to_do_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    render = ModelState.render

    def counted(self: ModelState, apps: StateApps) -> type[models.Model]:
        made.append(self.name)
        return render(self, apps)

    monkeypatch.setattr(ModelState, "render", counted)
    state = ProjectState()
    assert not state.apps.get_models(), "somebody asked for the classes before"
    TablesAtOnce(_models()).state_forwards("shop", state)
    assert {model.__name__ for model in state.apps.get_models()} == {"First", "Link0", "Link1"}
    assert sorted(made) == ["First", "Link0", "Link1"]


def test_the_plan_says_what_the_step_does() -> None:
    assert TablesAtOnce(_models()).describe() == "Create 3 models at once"
