"""What stands beside the fields of a form: comments of colleagues, and lengths. Forms take it as one mixin."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

from articles.admin.desk.comments import Thread, threads, with_open
from articles.admin.desk.counters import EMPTY, Counted, counted_block, counted_text
from articles.content.aggregates import kind_of, rows_of
from articles.content.blocks import Block
from articles.content.desk_object import DeskObject
from articles.content.ordered_row import OrderedRow
from articles.content.texts import Text
from articles.editorial.comments import HEAD, may_comment


@dataclass(frozen=True)
class BlockTools:
    """What a template shows at one row; `thread` is None where nobody can comment yet, `length` outside texts."""

    thread: Thread | None
    length: Counted | None


class DeskTools(admin.ModelAdmin):
    """Mixed into the admin of every kind; templates find what it adds as `tools`, and at a block as `desk_tools`."""

    class Media:
        css = {"all": ["articles/admin/tools/tools.css"]}
        js = ["articles/admin/tools/focus.js", "articles/admin/tools/comments.js"]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj: DeskObject | None = context.get("original")
        placed = [block.form.instance for block in context.get("placed_blocks", [])]
        return super().render_change_form(
            request, context | {"tools": _tools(request, self.model, obj, placed)}, *args, **kwargs
        )


def _tools(
    request: HttpRequest, model: type[DeskObject], obj: DeskObject | None, placed: list[OrderedRow]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    known: dict[str, Thread] = {}
    user = request.user
    if obj is not None and isinstance(user, User) and may_comment(user, kind_of(obj)):
        rows = placed if placed or isinstance(obj, Text) else rows_of(obj)
        known, orphans = threads(obj, {str(row.pk): row for row in rows if not row._state.adding}, user)
        found |= {"head": known[HEAD], "orphans": orphans, "open": with_open([*known.values(), *orphans])}
    for row in placed:
        length = counted_block(row) if isinstance(row, Block) else None
        row.desk_tools = BlockTools(known.get(str(row.pk)), length)  # type: ignore[attr-defined]
    if issubclass(model, Text):
        blocks = [row for row in placed if isinstance(row, Block)]
        found["length"] = counted_text(model, obj if isinstance(obj, Text) else None, blocks)
        found["empty"] = EMPTY
    return found
