"""What two people typed, put together: the fields of a form, as one of them chose, or by itself where nobody has to."""

from collections.abc import Mapping

from django.forms import BaseForm
from django.http import QueryDict

from articles.admin.desk.conflicts import CHOICE, SEEN, Conflict
from articles.admin.desk.posting import posted
from articles.admin.desk.typed import BRINGS_BACK, key_of, places, prefix_of
from articles.canonical.languages import LANGUAGES
from articles.content.aggregates import ROWS, Rows, kind_of
from articles.content.ordered_row import OrderedRow


def settled(found: Conflict) -> QueryDict:
    """Return what was typed, with a choice for every part that only one of them changed, and for those alone."""
    post = found.post.copy()
    for one in found.settled:
        post[CHOICE + one.key] = one.suggested
    return post


def merged(found: Conflict, post: QueryDict, form: BaseForm, block_forms: Mapping[OrderedRow, BaseForm]) -> QueryDict:
    """Return what the ordinary form would post with the chosen parts, on top of the newest version.

    `form` and `block_forms` are unbound forms of what is stored now: they know how a value is written in a field.
    """
    result = QueryDict(mutable=True)
    rows = ROWS.get(kind_of(found.obj))
    block_prefixes = tuple(f"{prefix_of(model)}-" for model in (rows.models if rows else ()))
    for name, values in post.lists():
        if not name.startswith((CHOICE, *block_prefixes)):
            result.setlist(name, values)
    for name in form.fields:
        if _choice(post, _key("", name)) == "theirs":
            result.setlist(name, posted(form[name]))
    result[SEEN] = str(found.obj.version)
    if rows:
        _merge_rows(rows, result, post, block_forms, found.order)
    return result


def _merge_rows(
    rows: Rows, result: QueryDict, post: QueryDict, stored: Mapping[OrderedRow, BaseForm], order: list[str]
) -> None:
    """Write the blocks anew: those that are stored now first, as a formset wants them, then those that are not."""
    mine = {key_of(post, place): place for model in rows.models for place in places(post, model)}
    by_id = {str(block.id): (block, form) for block, form in stored.items()}
    for model in rows.models:
        prefix = prefix_of(model)
        old = [id for id, (block, _form) in by_id.items() if isinstance(block, model)]
        new = [
            key for key, place in mine.items() if place.startswith(f"{prefix}-") and key not in by_id
            if _wanted(rows.name, post, key, place)
        ]  # fmt: skip
        for number, key in enumerate([*old, *new]):
            target = f"{prefix}-{number}-"
            if key in mine:
                _copy(result, post, mine[key], target, keep_id=key in by_id)
                if key not in by_id and post.get(f"{mine[key]}id"):
                    # They deleted it. It comes back whole, with the words that this form cannot send.
                    result[target + BRINGS_BACK] = key
            if key in by_id:
                _take_theirs(rows.name, result, post, *by_id[key], target, is_mine=key in mine)
            if key in order:
                result[f"{target}ordering"] = str((order.index(key) + 1) * 10)
        for name, value in (("TOTAL", len(old) + len(new)), ("INITIAL", len(old)), ("MIN_NUM", 0), ("MAX_NUM", 1000)):
            result[f"{prefix}-{name}_FORMS"] = str(value)


def _wanted(name: str, post: QueryDict, key: str, place: str) -> bool:
    """Whether a block that is not stored stays: one that I added, or one that they deleted and I want to keep."""
    if not post.get(f"{place}id"):
        return True
    choices = [value for field, value in post.items() if field.startswith(f"{CHOICE}{name}.{key}.")]
    return "mine" in choices


def _copy(result: QueryDict, post: QueryDict, source: str, target: str, *, keep_id: bool) -> None:
    for name, values in post.lists():
        if name.startswith(source) and (keep_id or name != f"{source}id"):
            result.setlist(target + name.removeprefix(source), values)


def _take_theirs(
    prefix: str, result: QueryDict, post: QueryDict, block: OrderedRow, form: BaseForm, target: str, *, is_mine: bool
) -> None:
    for name in form.fields:
        choice = _choice(post, _key(f"{prefix}.{block.id}.", name))
        if choice == "theirs" or not is_mine:
            result.setlist(target + name, posted(form[name]))
        if choice == "mine" and not is_mine:
            # They added it, and I do not want it.
            result[f"{target}DELETE"] = "on"
        if choice == "theirs" and f"{target}DELETE" in result:
            del result[f"{target}DELETE"]
    result[f"{target}id"] = str(block.id)


def _key(prefix: str, column: str) -> str:
    name, _, language = column.rpartition("_")
    return f"{prefix}{name}.{language}" if language in LANGUAGES and name else f"{prefix}{column}"


def _choice(post: QueryDict, key: str) -> str:
    return post.get(CHOICE + key, "")
