"""What the page of a translation shows of each part: both languages, what moved since, and what readers see now."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from articles.admin.press import addresses
from articles.admin.press.words import PART_NAMES
from articles.admin.translations.writing import columns
from articles.canonical.languages import Language, other_language
from articles.content.blocks import Block
from articles.content.desk_object import DeskObject
from articles.content.problems import Where
from articles.content.showing import HEAD
from articles.editions.document import Document
from articles.editions.reading import part_texts
from articles.editions.store import standing_of
from articles.editions.weaving import Run, words
from articles.publishing.steps import ItemSteps, Step, StepState


@dataclass(frozen=True)
class Side:
    """A part in one language: what the desk holds, and how that differs from what readers see.

    `moved` is, in an original, what it said when the translation was confirmed woven together with what it says now.
    `live` is empty where readers see these very words, or where the text is not live at all.
    """

    language: Language
    text: str
    moved: list[Run]
    live: list[Run]
    is_live: bool


@dataclass(frozen=True)
class Row:
    """One part. `confirm` is what the button sends; `form_url` leads to the field in the form that has the words."""

    part: str
    name: Promise | str
    state: StepState
    required: bool
    original: Side
    translation: Side
    needs_work: bool
    confirm: str
    confirmed_by: str
    confirmed_at: datetime | None
    is_edited_here: bool
    form_url: str


def rows_of(found: ItemSteps, working: DeskObject) -> list[Row]:
    """Return every part that has words in either language, in the order of the original; a fixed number of queries."""
    languages = (other_language(found.language), found.language)
    texts = {language: part_texts(document) for language, document in zip(languages, _documents(found), strict=True)}
    live = {language: _live(found, language) for language in languages}
    placed = {str(block.pk): block for block in found.placed}
    return [
        _row(
            found,
            step,
            {code: texts[code].get(step.part, "") for code in languages},
            live,
            working,
            placed.get(step.part),
        )
        for step in found.steps.values()
    ]


def _documents(found: ItemSteps) -> tuple[Document, Document]:
    return found.original, found.translation


def _live(found: ItemSteps, language: Language) -> dict[str, str] | None:
    standing = standing_of(str(found.item), language)
    if standing is None or not standing.is_live or standing.edition.is_erased:
        return None
    return part_texts(standing.edition.document)


def _row(
    found: ItemSteps,
    step: Step,
    texts: dict[Language, str],
    live: dict[Language, dict[str, str] | None],
    working: DeskObject,
    block: Block | None,
) -> Row:
    made = found.confirmations.get(step.part)
    holder = block or (working if step.part == HEAD else None)
    by = made.confirmed_by if made else None
    return Row(
        part=step.part,
        name=PART_NAMES.get(step.kind, step.kind),
        state=step.state,
        required=step.required and step.part != HEAD,
        original=_side(other_language(found.language), texts, live, step.part, found.moved(step.part)),
        translation=_side(found.language, texts, live, step.part, []),
        needs_work=step.state in (StepState.MISSING, StepState.BEHIND),
        confirm=f"{step.part}:{step.seen}" if step.state == StepState.BEHIND else "",
        confirmed_by=(by.get_full_name() or by.get_username()) if by else "",
        confirmed_at=made.confirmed_at if made else None,
        is_edited_here=holder is not None and bool(columns(holder, found.language)) and not _is_placed(block),
        form_url=_form_url(working, block, found.language),
    )


def _side(
    language: Language,
    texts: dict[Language, str],
    live: dict[Language, dict[str, str] | None],
    part: str,
    moved: list[Run],
) -> Side:
    seen = live[language]
    now = texts[language]
    was = seen.get(part, "") if seen is not None else ""
    return Side(language, now, moved, words(was, now) if seen is not None and was != now else [], seen is not None)


def _is_placed(block: Block | None) -> bool:
    """Whether the words are those of another object, which has a form of its own."""
    return block is not None and bool(block.shared)


def _form_url(working: DeskObject, block: Block | None, language: Language) -> str:
    if block is None:
        return addresses.form_of(working)
    if block.shared:
        return addresses.form_of(getattr(block, block.shared))
    names = columns(block, language)
    where = Where(block._meta.model_name or "", str(block.pk), names[0] if names else "", language)
    return addresses.focused(addresses.form_of(working), where)
