"""Questions that nearly every answer asks: their SQL is made once, and only its values are new each time.

Django makes a statement anew whenever it is asked, which takes several times as long as the answer of the database.
"""

from collections.abc import Callable, Iterable
from copy import copy
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet, UUIDField
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=Model)
Value = str | UUID

# A statement is kept for each length of a list, and they double; a longer list is rare, and Django makes its statement.
_LONGEST = 64
_IDS: Any = UUIDField()


class Statement(Generic[Row]):
    """A queryset of a model that is made from texts, ids, and lists of them, of which none may be empty.

    `make` is called with values that stand for others: it must not look at them.
    """

    def __init__(self, model: type[Row], make: Callable[..., QuerySet[Row]]) -> None:
        self._model, self._make = model, make
        self._made: dict[tuple[str, ...], _Made] = {}

    def rows(self, *values: Value | list[Value]) -> list[Row]:
        """Return what the queryset of these values has, from the database to which it would go; one query."""
        if any(isinstance(value, list) and len(value) > _LONGEST for value in values):
            return list(self._make(*values))
        using = router.db_for_read(self._model)
        connection = connections[using]
        full = [_filled(value) if isinstance(value, list) else value for value in values]
        flat = [one for value in full for one in (value if isinstance(value, list) else [value])]
        form = (connection.vendor, *(str(len(value)) if isinstance(value, list) else "" for value in full))
        made = self._made.get(form)
        if made is None:
            made = self._made[form] = _Made(self._queryset(full, using), flat, connection)
        query: Any = _Ready(made, [_written(value, connection) for value in flat])
        return list(cast("Iterable[Row]", ModelIterable(QuerySet(self._model, query, using))))

    def _queryset(self, full: list[Value | list[Value]], using: str) -> QuerySet[Row]:
        """The queryset with a value of its own in each place."""
        places = iter(range(1, 1 + len(full) * _LONGEST))
        stand_ins = [
            [_stand_in(one, next(places)) for one in value]
            if isinstance(value, list)
            else _stand_in(value, next(places))
            for value in full
        ]
        return self._make(*stand_ins).using(using)


class _Made:
    """What Django has made of a queryset: the statement, what reads its rows, and where each value goes."""

    def __init__(self, queryset: QuerySet[Any], flat: list[Value], connection: BaseDatabaseWrapper) -> None:
        self.compiler = queryset.query.get_compiler(connection=connection)
        self.sql, self.params = self.compiler.as_sql()
        self.compiler.connection = None  # each thread has its own
        stand_ins = [_written(_stand_in(value, place), connection) for place, value in enumerate(flat, start=1)]
        self.places = [(stand_ins.index(param), at) for at, param in enumerate(self.params) if param in stand_ins]
        if {place for place, _ in self.places} != set(range(len(flat))):
            raise ValueError(f"a value has no place of its own in {self.sql}")


class _Ready:
    """A query whose statement is made already, as far as Django asks it."""

    def __init__(self, made: _Made, values: list[Any]) -> None:
        self._made, self._values = made, values

    def get_compiler(self, using: str) -> SQLCompiler:
        compiler = copy(self._made.compiler)
        compiler.connection, compiler.using = connections[using], using
        compiler.as_sql = self._as_sql
        return compiler

    def _as_sql(self) -> tuple[str, tuple[Any, ...]]:
        params = list(self._made.params)
        for place, at in self._made.places:
            params[at] = self._values[place]
        return self._made.sql, tuple(params)


def _filled(values: list[Value]) -> list[Value]:
    """The list with its last value again and again, so that there are few lengths."""
    return values + values[-1:] * ((1 << (len(values) - 1).bit_length()) - len(values))


def _stand_in(value: Value, place: int) -> Value:
    return UUID(int=place) if isinstance(value, UUID) else f"value {place}"


def _written(value: Value, connection: BaseDatabaseWrapper) -> Any:
    """The value as the database knows it."""
    return _IDS.get_db_prep_value(value, connection, prepared=True) if isinstance(value, UUID) else value
