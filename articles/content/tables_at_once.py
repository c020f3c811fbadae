"""Tables of many models in one step of a migration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.migrations.operations.base import Operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.operations import CreateModel
    from django.db.migrations.state import ProjectState


class TablesAtOnce(Operation):
    """Make the tables of `models`, each after those that it refers to; the same as its parts one after the other.

    Django makes the class of a model anew whenever one that it is connected with appears. Here nobody looks at the
    classes before the last table is known, so each is made once: for eighty models a quarter of the work.
    """

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add every model; the classes are made when the state is next asked for them."""
        state.__dict__.pop("apps", None)
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Make every table."""
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Remove every table, what refers to others first."""
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Say what this does, for `migrate --plan`."""
        return f"Create {len(self.models)} models at once"
