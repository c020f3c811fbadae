"""The editor of a plain table: a text area that the page's script shows as a grid."""

from django import forms
from django.utils.translation import gettext, pgettext
from js_asset import Script


class TableArea(forms.Textarea):
    """Holds the table's text, a row on each line, so a form without its script still shows and sends everything."""

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__({"data-table-grid": "", "class": "vLargeTextField", "rows": "5"} | (attrs or {}))

    @property
    def media(self) -> forms.Media:
        return forms.Media(
            css={"all": ["articles/admin/desk/table.css"]},
            js=[Script("articles/admin/desk/table_grid.js", type="module")],
        )


def words_of_grids() -> dict[str, str]:
    """Return what the grid's script says."""
    return {
        "help": gettext("The first row is the heading. A table from Word or a spreadsheet is pasted into any cell."),
        "heading": gettext("Heading, column %(column)s"),
        "cell": gettext("Row %(row)s, column %(column)s"),
        "cellUnder": gettext("Row %(row)s, column %(column)s, %(heading)s"),
        "row": pgettext("of a table", "Row"),
        "column": pgettext("of a table", "Column"),
        "tools": gettext("Rows and columns"),
        "addRow": gettext("Add a row below (Enter in the last row)"),
        "addColumn": gettext("Add a column to the right"),
        "rowUp": gettext("Move the row up (Alt+↑)"),
        "rowDown": gettext("Move the row down (Alt+↓)"),
        "columnLeft": gettext("Move the column left (Alt+←)"),
        "columnRight": gettext("Move the column right (Alt+→)"),
        "deleteRow": gettext("Delete the row"),
        "deleteColumn": gettext("Delete the column"),
        "undo": gettext("Undo"),
        "asText": gettext("As text"),
        "rowAdded": gettext("Row added: now %(count)s rows."),
        "columnAdded": gettext("Column added: now %(count)s columns."),
        "rowMoved": gettext("Row moved: now number %(number)s."),
        "columnMoved": gettext("Column moved: now number %(number)s."),
        "rowDeleted": gettext("Row deleted: now %(count)s rows."),
        "columnDeleted": gettext("Column deleted: now %(count)s columns."),
        "undone": gettext("The table is as it was before."),
        "filled": gettext("Pasted: %(rows)s rows, %(columns)s columns."),
        "look": gettext("Pasted. Please look at this:"),
        "pastedOffline": gettext("The server could not check what you pasted; it will be checked when you save."),
        "dismiss": gettext("Close this note"),
        "shape": gettext("The Russian and the English table differ in size: %(ru)s and %(en)s (rows × columns)."),
        "noHeading": gettext("The heading row is empty. When you save, the first row with words becomes the heading."),
        "tooWide": gettext("More than %(limit)s columns cannot be read on a telephone. Split the table."),
        "tooLong": gettext("More than %(limit)s rows lose the reader. Split the table."),
    }
