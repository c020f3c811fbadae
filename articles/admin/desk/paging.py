"""Pages of long lists: nobody counts thousands of rows for a number that nobody reads to the last digit."""

from functools import cached_property
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.core.paginator import Paginator

# Up to here the number is exact, and counting stops there.
EXACT = 1000
# For so many seconds a longer list is taken to be as long as it was when it was counted last.
_REMEMBERED = 600


class ListPaginator(Paginator):
    """Counts no further than it has to; `about` is a round number where the list is longer than that, else None."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        if not hasattr(rows, "query"):
            return super().count
        number: int = rows.order_by()[: EXACT + 1].count()
        return number if number <= EXACT else max(number, self._remembered())

    @property
    def about(self) -> int | None:
        """The number rounded to two digits, for people; None where it is exact."""
        if self.count <= EXACT:
            return None
        step = 10 ** (len(str(self.count)) - 2)
        return round(self.count / step) * step

    def _remembered(self) -> int:
        listed: Any = self.object_list
        rows = listed.order_by()
        try:
            asked = str(rows.query)
        except EmptyResultSet:
            return 0
        key = f"desk-list-{sha256(asked.encode('utf-8', 'surrogatepass')).hexdigest()}"
        return int(cache.get_or_set(key, rows.count, _REMEMBERED) or 0)
