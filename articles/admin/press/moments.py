"""The clock and the account, under the name by which the pages of the press know them."""

from articles.admin.moments import now, person

__all__ = ["now", "person"]
