"""Every save, kept: the whole object as it was, who saved it and when. Written once, viewable, restorable."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, ClassVar, Literal
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from articles.canonical.languages import LANGUAGES, Language
from articles.content import aggregates, loading
from articles.content.desk_object import DeskObject
from articles.content.own_words import reworded
from articles.content.showing import HEAD, parts_showing, translation_language
from articles.content.written import written
from articles.editorial.confirmations import WORDS, forget
from articles.editorial.rights import may_compose, require_words
from articles.editorial.roles import NotAllowedError
from articles.editorial.translation_tasks import moved


class Revision(models.Model):
    mutability: ClassVar[Literal["immutable"]] = "immutable"

    kind = models.CharField(_("kind"), max_length=20)
    object_id = models.UUIDField()
    number = models.PositiveIntegerField(_("version"))
    data = models.JSONField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("saved by")
    )
    saved_at = models.DateTimeField(_("saved"))
    restored_from = models.PositiveIntegerField(_("restored from version"), null=True)
    # The languages whose readers meet what this save wrote. Of saves from before this was kept nothing is known: both.
    reworded_in = models.CharField(max_length=5, blank=True, default="ru en")
    # Whose words a first version repeats.
    copied_from = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("saved version")
        verbose_name_plural = _("saved versions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(name="versions_are_numbered_per_object", fields=["kind", "object_id", "number"])
        ]
        indexes = [models.Index(name="revision_by_kind", fields=["kind", "-id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.number}"


class StaleVersionError(RuntimeError):
    """Raised when an object was saved by somebody else since it was read; `current` is the newest revision."""

    def __init__(self, current: Revision | None) -> None:
        super().__init__("saved by somebody else meanwhile")
        self.current = current


def revisions(obj: DeskObject) -> models.QuerySet[Revision]:
    """Return every saved version of an object, newest first."""
    return Revision.objects.filter(kind=aggregates.kind_of(obj), object_id=obj.pk).select_related("saved_by")


def last_saved(kinds: Collection[str], most: int) -> list[UUID]:
    """Return the objects of the newest saves among these kinds, the newest first, each as often as it was saved.

    One query. Each kind is a walk along its index that ends after so many steps; asked for all kinds at once, a
    database reads and sorts every save there is.
    """
    if not kinds:
        return []
    walk = (
        f"SELECT * FROM (SELECT id, object_id FROM {Revision._meta.db_table} WHERE kind = %s"
        " ORDER BY id DESC LIMIT %s) AS walked"
    )
    walks = " UNION ALL ".join([walk] * len(kinds))
    parameters = [value for kind in kinds for value in (kind, most)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT object_id FROM ({walks}) AS newest ORDER BY id DESC LIMIT %s", [*parameters, most])
        return [UUID(str(key)) for (key,) in cursor.fetchall()]


def saved_between(obj: DeskObject, *, after: int, until: int) -> list[str]:
    """Return the names of those who saved the object after one version and up to another, each once, in order."""
    kept = revisions(obj).filter(number__gt=after, number__lte=until).order_by("number").defer("data")
    people = [one.saved_by for one in kept]
    return list(dict.fromkeys(one.get_full_name() or one.get_username() for one in people if one))


def claim_version(obj: DeskObject, expected: int) -> int:
    """Lock the object's row, and return the number that its next version gets.

    Raises StaleVersionError if it is no longer at the version that the editor saw. Call it inside the transaction of
    the save, before the first change.
    """
    moved = type(obj)._default_manager.filter(pk=obj.pk, version=expected).update(version=expected + 1)
    if not moved:
        raise StaleVersionError(revisions(obj).first())
    return expected + 1


def keep(
    obj: DeskObject,
    *,
    by: User | None,
    at: datetime,
    restored_from: int | None = None,
    copied_from: UUID | None = None,
    before: aggregates.Data | None = None,
) -> Revision:
    """Keep the object as it now stands under its version number.

    `before` is what it was ahead of this save, if the caller has it at hand; else the version before says so.
    `copied_from` is the object whose words a new one repeats.
    Raises NotAllowedError if words differ in a language in which this person does not write, but for those of rows that
    come back as the last version had them that did.
    """
    data, kind = aggregates.dump(obj), aggregates.kind_of(obj)
    if before is None:
        before = _data_before(kind, obj)
    wrote = written(kind, before, data)
    if by is not None and copied_from is None and wrote.languages:
        _require_words(by, obj, wrote.languages, before, data)
    revision = Revision(
        kind=kind,
        object_id=obj.pk,
        number=obj.version,
        data=data,
        saved_by=by,
        saved_at=at,
        restored_from=restored_from,
        reworded_in=" ".join(language for language in LANGUAGES if language in wrote.authored),
        copied_from=copied_from,
    )
    revision.save(force_insert=True)
    moved([obj.pk])
    return revision


def _require_words(
    by: User, obj: DeskObject, languages: Collection[Language], before: aggregates.Data | None, data: aggregates.Data
) -> None:
    try:
        require_words(by, languages)
    except NotAllowedError:
        whole = with_rows_again(obj, before, data)
        require_words(by, written(aggregates.kind_of(obj), whole, data).languages)


def with_rows_again(obj: DeskObject, before: aggregates.Data | None, after: aggregates.Data) -> aggregates.Data | None:
    """Return `before` with the rows that were deleted ahead of it and are there `after`, as they were saved last.

    So what is written into a row that comes back is told from what only comes back with it.
    """
    rows = aggregates.ROWS.get(aggregates.kind_of(obj))
    if rows is None or before is None:
        return before
    had = {row["id"] for row in before.get(rows.name, [])}
    again = [row_last_saved(obj, row["id"]) for row in after.get(rows.name, []) if row["id"] not in had]
    return before | {rows.name: [*before.get(rows.name, []), *(row for row in again if row)]}


def row_last_saved(obj: DeskObject, id: UUID | str) -> aggregates.Data | None:
    """Return a row of an object as the last version has it that has it; None where none ever did."""
    rows = aggregates.ROWS.get(aggregates.kind_of(obj))
    if rows is None:
        return None
    versions = revisions(obj).order_by("-number").values_list("data", flat=True)
    return next((row for data in versions.iterator() for row in data.get(rows.name, []) if row["id"] == str(id)), None)


def _data_before(kind: str, obj: DeskObject) -> aggregates.Data | None:
    if obj.version == 1:
        return None
    kept = Revision.objects.filter(kind=kind, object_id=obj.pk, number__lt=obj.version)
    return kept.order_by("-number").values_list("data", flat=True).first()


def authors(objects: Collection[UUID], language: Language) -> set[int]:
    """Return the ids of everybody who wrote what readers of a language meet in these objects.

    Where a text began as a copy, those who wrote the copied words are among them. A query for each copy of a copy.
    """
    found: set[int] = set()
    seen: set[UUID] = set()
    asked = set(objects)
    while asked:
        seen |= asked
        rows = Revision.objects.filter(kind__in=list(aggregates.AGGREGATES), object_id__in=asked)
        asked = set()
        for saved_by, reworded_in, copied_from in (
            rows.order_by().values_list("saved_by", "reworded_in", "copied_from").distinct()
        ):
            if saved_by is not None and language in reworded_in.split():
                found.add(saved_by)
            if copied_from is not None and copied_from not in seen:
                asked.add(copied_from)
    return found


def restore(revision: Revision, *, expected: int, by: User, at: datetime) -> DeskObject:
    """Bring the object back to a saved version, as a new version; nothing that came between is lost.

    A translation that changes with it counts as unconfirmed: who confirmed it had read other words.

    Raises StaleVersionError as a save does, LoadError if something it refers to is gone, and NotAllowedError if it
    would change what this person may not write.
    """
    model = aggregates.AGGREGATES[revision.kind]
    data: dict[str, Any] = revision.data
    with transaction.atomic():
        obj = model._default_manager.get(pk=revision.object_id)
        version = claim_version(obj, expected)
        before = aggregates.dump(obj)
        obj = loading.load(revision.kind, data)
        if written(revision.kind, before, aggregates.dump(obj)).structure and not may_compose(by):
            raise NotAllowedError("write")
        for item, part, language in _retranslated(obj, before):
            forget(item, [part], language=language)
        obj.version = version
        obj.save(update_fields=["version"])
        keep(obj, by=by, at=at, restored_from=revision.number, before=before)
    return obj


def _retranslated(obj: DeskObject, before: aggregates.Data) -> Iterator[tuple[UUID, str, Language]]:
    """Item, part and language wherever the words of a translation are not what they were."""
    changed = reworded(aggregates.kind_of(obj), before, aggregates.dump(obj))
    into = translation_language(obj)
    for row, language in changed:
        yield obj.pk, WORDS, language
        if language == into:
            yield obj.pk, row or HEAD, language
    languages = {language for _row, language in changed}
    for (item, part), language in parts_showing(obj):
        if item != obj.pk and language in languages:
            yield item, part, language
