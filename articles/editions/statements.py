"""Questions that nearly every answer asks: their SQL is made once, and only its values are new each time.

Django makes a statement anew whenever it is asked, which takes several times as long as the answer of the database.
"""

from collections.abc import Callable, Iterable
from copy import copy
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet, UUIDField
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]  # the stubs lack it
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=Model)
Value = str | UUID

# A statement is kept for each length of a list, and they double; a longer list is rare, and Django makes its statement.
_LONGEST = 64
_IDS: Any = UUIDField()
_READERS = "readers_of_statements"


class Statement(Generic[Row]):
    """A queryset of a model that is made from texts, ids, and lists of them, of which none may be empty.

    `make` is called with values that stand for others: it must not look at them.
    """

    def __init__(self, model: type[Row], make: Callable[..., QuerySet[Row]]) -> None:
        self._model, self._make = model, make
        self._made: dict[tuple[str, ...], _Made[Row]] = {}

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
        return made.rows([_written(value, connection) for value in flat], connection)

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


class _Made(Generic[Row]):
    """What Django has made of a queryset: the statement, what reads its rows, and where each value goes."""

    def __init__(self, queryset: QuerySet[Row], flat: list[Value], connection: BaseDatabaseWrapper) -> None:
        self._compiler = queryset.query.get_compiler(connection=connection)
        self._sql, self._params = self._compiler.as_sql()
        self._compiler.connection = None  # each thread has its own
        stand_ins = [_written(_stand_in(value, place), connection) for place, value in enumerate(flat, start=1)]
        self._places = [(stand_ins.index(param), at) for at, param in enumerate(self._params) if param in stand_ins]
        if {place for place, _ in self._places} != set(range(len(flat))):
            raise ValueError(f"a value has no place of its own in {self._sql}")

    def rows(self, values: list[Any], connection: BaseDatabaseWrapper) -> list[Row]:
        params = list(self._params)
        for place, at in self._places:
            params[at] = values[place]
        # Kept with the connection, since it leads back to it: both go together.
        readers: dict[_Made[Row], _Reader[Row]] = vars(connection).setdefault(_READERS, {})
        reader = readers.get(self)
        if reader is None:
            compiler = copy(self._compiler)
            compiler.connection, compiler.using = connection, connection.alias
            reader = readers[self] = _Reader(compiler)
        with connection.cursor() as cursor:
            cursor.execute(self._sql, params)
            return [reader.read(row, connection) for row in cursor.fetchall()]


class _Reader(Generic[Row]):
    """Makes objects of rows as Django's `ModelIterable` does, with what that finds out for each reading found once.

    What converts a value belongs to one connection.
    """

    def __init__(self, compiler: SQLCompiler) -> None:
        select: Any = compiler.select
        info: Any = compiler.klass_info
        columns = info["select_fields"]
        self._model: type[Row] = info["model"]
        self._using = compiler.using
        self._own = slice(columns[0], columns[-1] + 1)
        self._names = [column[0].target.attname for column in select[self._own]]
        self._related: list[Any] = get_related_populators(info, select, compiler.using)
        self._annotations = list((compiler.annotation_col_map or {}).items())
        found = compiler.get_converters([column[0] for column in select])
        self._converters = [(at, converters, expression) for at, (converters, expression) in found.items()]

    def read(self, row: Iterable[Any], connection: BaseDatabaseWrapper) -> Row:
        values = list(row)
        for at, converters, expression in self._converters:
            value = values[at]
            for converter in converters:
                value = converter(value, expression, connection)
            values[at] = value
        made = self._model.from_db(self._using, self._names, values[self._own])
        for related in self._related:
            related.populate(values, made)
        for name, at in self._annotations:
            setattr(made, name, values[at])
        return made


def _filled(values: list[Value]) -> list[Value]:
    """The list with its last value again and again, so that there are few lengths."""
    return values + values[-1:] * ((1 << (len(values) - 1).bit_length()) - len(values))


def _stand_in(value: Value, place: int) -> Value:
    return UUID(int=place) if isinstance(value, UUID) else f"value {place}"


def _written(value: Value, connection: BaseDatabaseWrapper) -> Any:
    """The value as the database knows it."""
    return _IDS.get_db_prep_value(value, connection, prepared=True) if isinstance(value, UUID) else value
