"""Where the local copy of the shelf lies, and reading from it: one SQLite file for all processes of a machine.

It is exchanged as a whole (articles/editions/machine_files.py). The link carries the form of the tables in its name:
processes of another version have another file. Whoever writes holds a lock that ends with its process.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from articles.editions import machine_files, shared_database
from articles.editions.expunged import Expunged
from articles.editions.shelf import (
    Address,
    Change,
    Edition,
    JournalHead,
    KnownService,
    Mention,
    Standing,
    WithdrawnPart,
)

ALIAS = "shelf"

# Everything that a reader's answer is made from, what is referred to before what refers to it.
TABLES: tuple[type[Model], ...] = (
    Edition, Mention, Standing, Expunged, Change, KnownService, WithdrawnPart, Address, JournalHead,
)  # fmt: skip

# What was erased is overwritten in its place.
_WRITER = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;"
# A file that nobody reads yet is thrown away if making it fails.
_MAKER = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
_BESIDE = (".lock", ".users")
_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

_reads_here: ContextVar[bool] = ContextVar("whether the shelf is read from its local copy", default=False)


def is_on() -> bool:
    """Return whether this process keeps a local copy of the shelf at all."""
    return ALIAS in connections.settings


def reads_here() -> bool:
    """Return whether what is asked of the shelf at this moment is answered from its local copy."""
    return _reads_here.get()


@contextmanager
def reading() -> Iterator[bool]:
    """Within the block, which is one answer, read the shelf from its local copy as it stands at one moment.

    Yields whether there is one that may be read; if not, everything is read as ever.
    """
    if reads_here():
        yield True
        return
    if not is_on() or shared_database.is_ahead() or not attached():
        yield False
        return
    held = connections[ALIAS].connection
    # Past Django, for which this is no transaction: whoever listens to queries hears those of the answer alone.
    held.execute("BEGIN")
    token = _reads_here.set(True)
    try:
        yield True
    finally:
        _reads_here.reset(token)
        with suppress(sqlite3.Error):  # a damaged file refuses even to end what was read
            held.rollback()


def attached() -> bool:
    """Let this thread read the file that counts now, and return whether there is one."""
    for _ in range(3):
        file = current()
        if file is None:
            return False
        wrapper = connections[ALIAS]
        if wrapper.settings_dict["NAME"] != machine_files.uri(file):
            wrapper.close()
            wrapper.settings_dict = wrapper.settings_dict | {"NAME": machine_files.uri(file)}
        if _watched not in wrapper.execute_wrappers:
            wrapper.execute_wrappers.insert(0, _watched)
        try:
            wrapper.ensure_connection()
            return True
        except DatabaseError as fault:
            # Exchanged since the link was read: then look again. What cannot be read at all is made anew.
            if _is_broken(fault):
                distrust(file)
    return False


def current() -> Path | None:
    """Return the file that counts now, None before the first one is whole."""
    try:
        return link().with_name(os.readlink(link()))
    except OSError:
        return None


def link() -> Path:
    """Return the link, whose name says of which form the tables are."""
    base = Path(connections.settings[ALIAS]["NAME"])
    return base.with_name(f"{base.stem}-{_form()}{base.suffix}")


def distrust(file: Path) -> None:
    """Let nobody read this file any more: it is damaged. The next one who catches up makes another."""
    if current() == file:
        link().unlink(missing_ok=True)


@contextmanager
def writing() -> Iterator[bool]:
    """Hold the lock of whoever writes, within this process too; yields whether we have it."""
    with machine_files.alone(link().with_suffix(".lock")) as is_ours:
        yield is_ours


@contextmanager
def opened(file: Path) -> Iterator[BaseDatabaseWrapper]:
    """Within the block this thread may write to the file, in one transaction that is all or nothing."""
    with _instead(machine_files.uri(file), _WRITER) as wrapper, transaction.atomic(using=ALIAS):
        yield wrapper


@contextmanager
def made_anew() -> Iterator[None]:
    """Make another file with empty tables, which the block fills; then it takes the place of the one before."""
    file = machine_files.next_file(link())
    try:
        with _instead(f"{machine_files.uri(file)}c", _MAKER) as wrapper:
            with wrapper.schema_editor(atomic=False) as editor:
                for model in TABLES:
                    editor.create_model(model)
            with transaction.atomic(using=ALIAS):
                yield
        exchange(file)
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def cleaned(file: Path) -> None:
    """Write everything that is left into another file and let it take the place of this one, of which nothing stays."""
    other = machine_files.next_file(link())
    with _instead(machine_files.uri(file), _WRITER) as wrapper, wrapper.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(other)])
    with _instead(machine_files.uri(other), _MAKER) as wrapper, wrapper.cursor() as cursor:
        cursor.execute("PRAGMA user_version = 0")
    exchange(other)


def owes_cleaning(wrapper: BaseDatabaseWrapper) -> bool:
    """Return whether something was erased from a file that was not written anew since."""
    with wrapper.cursor() as cursor:
        cursor.execute("PRAGMA user_version")
        return bool(cursor.fetchone()[0])


def owe_cleaning(wrapper: BaseDatabaseWrapper) -> None:
    """Note, in the transaction that erases, that the file must be written anew."""
    with wrapper.cursor() as cursor:
        cursor.execute("PRAGMA user_version = 1")


def exchange(file: Path) -> None:
    """Let the link lead to this whole file, and remove every other one of its form."""
    with _instead(machine_files.uri(file), _WRITER) as wrapper:
        wrapper.ensure_connection()
    with file.open("rb") as written:
        os.fsync(written.fileno())
    machine_files.point(link(), file)
    for old in link().parent.glob(f"{link().stem}.*"):
        if old != link() and old.suffix not in _BESIDE and not old.name.startswith(file.name):
            old.unlink(missing_ok=True)


@contextmanager
def in_use() -> Iterator[None]:
    """While this process is there, its form of the file stays; files of forms that nobody uses are removed."""
    with machine_files.together(machine_files.users(link())):
        sweep()
        yield


def sweep() -> None:
    """Remove files of other forms that no process uses any more: who knows what they still hold."""
    base = Path(connections.settings[ALIAS]["NAME"])
    for users in base.parent.glob(f"{base.stem}-*.users"):
        if users != machine_files.users(link()):
            machine_files.remove_unused(users)


@contextmanager
def _instead(name: str, commands: str) -> Iterator[BaseDatabaseWrapper]:
    """Within the block this thread's connection to the copy is one with these commands."""
    before = connections[ALIAS]
    wrapper = connections.create_connection(ALIAS)
    given = wrapper.settings_dict
    options = given["OPTIONS"] | {"transaction_mode": "IMMEDIATE", "init_command": commands}
    wrapper.settings_dict = given | {"NAME": name, "OPTIONS": options}
    connections[ALIAS] = wrapper
    try:
        yield wrapper
    finally:
        connections[ALIAS] = before
        wrapper.close()


def _watched(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Run a statement as Django asks; whoever finds that the file is damaged sees to it that nobody reads it again."""
    try:
        return execute(sql, params, many, context)
    except DatabaseError as fault:
        file = current()
        if _is_broken(fault) and file and context["connection"].settings_dict["NAME"] == machine_files.uri(file):
            distrust(file)
        raise


def _is_broken(fault: BaseException) -> bool:
    # The upper bits say more exactly what is broken.
    return getattr(fault.__cause__, "sqlite_errorcode", 0) & 0xFF in _BROKEN


@lru_cache
def _form() -> str:
    """A name for the form of the tables: another one whenever a column or an index is."""
    said: list[str] = []
    for model in TABLES:
        meta = model._meta
        said += [f"{field.column} {type(field).__name__} {field.null} {field.unique}" for field in meta.concrete_fields]
        said += [repr(one.deconstruct()) for one in (*meta.indexes, *meta.constraints)]
    return sha256("\n".join(said).encode()).hexdigest()[:8]
