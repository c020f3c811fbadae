"""System checks of the app."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connections
from PIL import features

from articles.editions.guards import missing_guards


@register(Tags.files)
def pictures_can_be_encoded(**kwargs: Any) -> list[CheckMessage]:
    """Pillow has been built with every format that pictures are stored in; its own wheels have."""
    missing = [codec for codec in ("avif", "webp", "jpg", "zlib", "littlecms2") if not features.check(codec)]
    if not missing:
        return []
    return [
        Error(
            f"Pillow was built without {', '.join(missing)}, so no picture can be stored.",
            hint="Install the wheel that requirements/ pins, and not a build of this machine's own.",
            id="articles.E003",
        )
    ]


@register(Tags.compatibility)
def kinds_that_go_out_unreviewed_exist(**kwargs: Any) -> list[CheckMessage]:
    """A misspelt kind would keep back what somebody meant to allow."""
    from articles.publishing.desks import desks  # other apps have named their kinds by the time checks run

    known = {desk.kind for desk in desks()}
    unknown = sorted((settings.UNREVIEWED_KINDS or frozenset()) - known)
    if not unknown:
        return []
    return [
        Error(
            f"UNREVIEWED_KINDS names {', '.join(unknown)}, and there is no such kind of text.",
            hint=f"Give some of {', '.join(sorted(known))}, or none.",
            id="articles.E004",
        )
    ]


@register(Tags.database)
def guards_are_in_the_database(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Every immutable table refuses changes in the database itself."""
    found: list[CheckMessage] = []
    for using in databases or []:
        try:
            missing = missing_guards(using)
        except DatabaseError as fault:
            return [Error(f"The database guards could not be read: {fault}", id="articles.E002")]
        connection = connections[using]
        tables = connection.introspection.table_names()
        for name in missing:
            if name.rsplit("_never_", 1)[0] in tables:
                found.append(
                    Error(
                        f"The guard {name} is missing, so a published row could be changed.",
                        hint="Run manage.py migrate: it installs every guard anew.",
                        id="articles.E001",
                    )
                )
    return found


@register(Tags.database)
def what_makes_lists_old_is_in_the_database(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Every table that lists are made of tells what was written to it.

    Only a warning: `migrate`, which installs what is lacking, asks for the checks first, and an update may lack all.
    """
    from articles.publishing.touching import missing_touching  # other apps have named their tables by now

    return _lacking(
        missing_touching,
        databases,
        number=1,
        of_what="the desk's lists",
        so="lists of the desk may show what stood before a change",
        then="lists are then counted again",
    )


@register(Tags.database)
def what_finds_parts_of_words_is_in_the_database(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Every table that editors search tells the index of parts of words what was written to it; a warning, as above."""
    from articles.content.word_parts import missing_word_parts  # models are not loaded when this module is

    return _lacking(
        missing_word_parts,
        databases,
        number=2,
        of_what="the desk's search",
        so="a search in a list of the desk may not find what was changed",
        then="makes the index anew",
    )


def _lacking(
    missing: Callable[[str], list[str]],
    databases: Sequence[str] | None,
    *,
    number: int,
    of_what: str,
    so: str,
    then: str,
) -> list[CheckMessage]:
    """What is said of triggers that are missing: a warning for each, and an error where that cannot be asked."""
    found: list[CheckMessage] = []
    for using in databases or []:
        try:
            names = missing(using)
        except DatabaseError as fault:
            return [Error(f"The triggers of {of_what} could not be read: {fault}", id=f"articles.E00{4 + number}")]
        found += [
            Warning(
                f"The trigger {name} is missing, so {so}.",
                hint=f"Run manage.py migrate: it installs every trigger anew, and {then}.",
                id=f"articles.W00{number}",
            )
            for name in names
        ]
    return found
