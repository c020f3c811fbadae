"""Rows that several workers may reach for at once."""

from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def unless_locked(rows: "QuerySet[M]") -> "QuerySet[M]":
    """Return those of the rows that no other worker holds, locked until the transaction ends.

    SQLite lets in one writer at a time by itself.
    """
    return rows.select_for_update(skip_locked=True, of=("self",)) if connection.vendor == "postgresql" else rows
