"""Paste: whatever Word, Google Docs or a mail program puts on the clipboard goes through our one parser."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from articles.admin.site import desk_site
from articles.canonical.html_reading import read_html
from articles.canonical.html_tables import read_table_html, read_table_lines
from articles.canonical.html_writing import editor_html
from articles.canonical.problems import Problem
from articles.canonical.table_text import MOST_COLUMNS, MOST_ROWS, table_text
from articles.content.words import sentence
from articles.publishing.own_addresses import own_item


@desk_site.page("paste/", name="paste")
@require_POST
def paste(request: HttpRequest) -> JsonResponse:
    """Answer with the editor's HTML of what was pasted, and with a sentence about everything that could not be kept.

    Where it is a table and nothing else, `table` is the text of a table block that could take its place.
    """
    _may_write(request)
    html = request.POST.get("html", "")
    body, problems = read_html(html, own=own_item)
    return JsonResponse({"html": editor_html(body), "problems": _sentences(problems), "table": _table_alone(html)})


@desk_site.page("paste/table/", name="paste_table")
@require_POST
def paste_table(request: HttpRequest) -> JsonResponse:
    """Answer with the rows of the table that was pasted, none where it was no table, and what could not be kept."""
    _may_write(request)
    rows, problems = read_table_html(request.POST.get("html", ""))
    if not rows and not problems:
        rows, problems = read_table_lines(request.POST.get("text", ""))
    return JsonResponse({"rows": rows, "problems": _sentences(problems)})


def _table_alone(html: str) -> str:
    rows, problems = read_table_html(html) if "<table" in html.lower() else ([], [])
    beside = {"words-beside-table", "several-tables"} & {problem.code for problem in problems}
    if beside or not (2 <= len(rows) <= MOST_ROWS and 2 <= len(rows[0]) <= MOST_COLUMNS):
        return ""
    return table_text(rows)


def _may_write(request: HttpRequest) -> None:
    if not request.user.has_perm("articles.change_article"):
        raise PermissionDenied


def _sentences(problems: Iterable[Problem]) -> list[str]:
    return [sentence(problem) for problem in problems]
