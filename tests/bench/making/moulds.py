"""Texts that pass through the desk and the press like any other; the rest of a corpus is cast from them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.contrib.auth.models import Group, User
from django.db import transaction

from articles.canonical.languages import Language
from articles.content.aggregates import AGGREGATES, Data
from articles.content.texts import Article
from articles.editions.shelf import Change
from articles.editorial import checklists
from articles.editorial.checklists import AnswerValue
from articles.publishing import gist_following, translation_queue
from articles.publishing.desks import desk
from articles.publishing.preflight import Proof, preflight
from articles.publishing.publish import Decision, Terms, publish
from articles.publishing.transfer import Manuscript, data_of, load_content
from articles.search import following
from tests.bench.making import words

# Long ago, so that thousands may follow a moment apart.
_BEGINNING = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)
_MADE = "Составлено программой для измерений."
_REASONS: dict[Language, str] = {"ru": _MADE, "en": "Made by a program for measuring."}
_SIGNED: dict[Language, str] = {"ru": "Программа для измерений", "en": "A program for measuring"}
# Paragraphs of the text that is opened and asked for: its page is one of 20 to 25 KB.
LARGE = 28
LARGE_SLUG: dict[Language, str] = {"ru": "bolshoy-sostavlennyy-tekst", "en": "large-generated-text"}


def somebody() -> User:
    """Return the account that makes generated texts; its password is known to nobody."""
    user, is_new = User.objects.get_or_create(username="measuring", defaults={"is_staff": True, "first_name": "Bench"})
    if is_new:
        user.set_unusable_password()
        user.save()
        user.groups.set(Group.objects.filter(name="editor"))
    return user


def last_moment() -> datetime:
    """Return the moment of the newest line of the journal, long ago where there is none."""
    newest = Change.objects.order_by("-sequence").values_list("recorded_at", flat=True).first()
    return max(newest, _BEGINNING) if newest else _BEGINNING


def ground(by: User) -> None:
    """Make and publish what every generated text needs, and the large text that is opened and asked for."""
    at = last_moment()
    pairs = [*(("source", one) for one in words.sources()), *(("topic", one) for one in words.topics())]
    missing = [
        (kind, one) for kind, one in pairs if not AGGREGATES[kind]._default_manager.filter(pk=one["id"]).exists()
    ]
    title = {"ru": "Большой составленный текст", "en": "A large generated text"}
    large = words.article("large", LARGE, title=title, slug=dict(LARGE_SLUG))  # type: ignore[arg-type]
    if not AGGREGATES["article"]._default_manager.filter(pk=large["id"]).exists():
        missing.append(("article", large))
    press(missing, by=by, at=at)


def press(objects: Iterable[tuple[str, Data]], *, by: User, at: datetime) -> list[UUID]:
    """Save these objects at the desk, publish those that have pages, and let search and lists follow; return the ids
    of what was published.

    Raises LoadError or RefusedError with every problem.
    """
    objects = list(objects)
    if not objects:
        return []
    published = []
    with transaction.atomic():
        load_content([Manuscript(Path(f"{kind}/{one['id']}"), kind, one) for kind, one in objects], by=by, at=at)
        for kind, one in objects:
            if kind in ("topic", "article"):
                published.append(UUID(one["id"]))
                publish_made(kind, published[-1], by, at)
    following.follow()
    translation_queue.follow(at=at)
    gist_following.follow()
    return published


def publish_made(kind: str, item: UUID, by: User, at: datetime) -> None:
    """Publish what was made, with a reason for each warning. Raises RefusedError."""
    proofs = preflight(kind, desk(kind).lock(item), _REASONS, at=at)  # type: ignore[arg-type]
    _settle(kind, item, proofs, by, at)
    unconfirmed = {part for proof in proofs.values() for part in proof.unconfirmed}
    decision = Decision(_REASONS, signed_as=_SIGNED)
    publish(kind, item, {code: Terms() for code in _REASONS}, decision=decision, confirming=unconfirmed, by=by, at=at)


def _settle(kind: str, item: UUID, proofs: Mapping[Language, Proof], by: User, at: datetime) -> None:
    for entry in (entry for proof in proofs.values() for entry in proof.checklist):
        said = (kind, item, entry.language, entry.code, entry.digest)
        if entry.level == "task":
            checklists.answer(*said, AnswerValue.YES, note=_MADE, by=by, at=at)
        elif entry.level == "warn":
            checklists.waive(*said, reason=_MADE, by=by, at=at)


def changed(item: UUID) -> Callable[[], object]:
    """Change one paragraph of a published article at the desk, in both languages; return what publishes it."""
    by, at = somebody(), last_moment() + timedelta(seconds=1)
    data = data_of(Article.objects.get(pk=item))
    block = next(one for one in reversed(data["blocks"]) if one["kind"] == "text")
    cited = block["text"]["en"][block["text"]["en"].rindex("[@") :]
    turn = words.PLACES[Change.objects.count() // 2 % len(words.PLACES)]
    block["text"] = {
        "ru": f"Абзац изменён для измерения: {turn}.{cited}",
        "en": f"The paragraph was changed for measuring: {turn}.{cited}",
    }
    load_content([Manuscript(Path(f"article/{item}"), "article", data)], by=by, at=at)
    with transaction.atomic():
        proofs = preflight("article", desk("article").lock(item), _REASONS, at=at)  # type: ignore[arg-type]
        _settle("article", item, proofs, by, at)
    unconfirmed = {part for proof in proofs.values() for part in proof.unconfirmed}
    terms = {code: Terms(change_class="update", note=note) for code, note in _REASONS.items()}
    decision = Decision(_REASONS, signed_as=_SIGNED)
    return lambda: publish("article", item, terms, decision=decision, confirming=unconfirmed, by=by, at=at)
