"""What an edition says of the clinicians who signed a protocol: nothing, until two of them signed the very same."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from articles.canonical.languages import LANGUAGES, Language
from articles.editions.envelope import Review, Signatory
from articles.editorial.signoffs import REVIEWER
from articles.publishing.desks import Texts
from articles.publishing.reviewing import digests_signed
from triage.live.protocols import SIGNATURES
from triage.protocols.authorship import logic_authors
from triage.protocols.signatures import Signature
from triage.protocols.tables import Protocol


def review_of(working: Protocol, language: Language, texts: Texts) -> Review | None:
    """Return the review record of a language among the texts that will stand; None while it is not checked.

    Two people at least must have signed one logic with one wording of both languages, and none of them may be who wrote
    that logic. An amendment, such as another number to call, keeps what was signed.
    """
    rows = counted(working.pk, texts, working)
    if not rows:
        return None
    return Review(
        state="reviewed",
        by=[Signatory(name=row.name_in(language), role=REVIEWER) for row in rows],
        on=max(row.signed_at for row in rows).date().isoformat(),
        next_on=min(row.next_review_on for row in rows).isoformat(),
        reason="",
    )


def counted(protocol: UUID, texts: Texts, working: Protocol | None) -> list[Signature]:
    """Return the signatures that together make these texts checked, oldest first; none where they do not suffice."""
    digests = {language: digests_signed(text.content_digest, text.live) for language, text in texts.items()}
    agreeing = _agreeing(protocol, digests)
    if not any(len(rows) >= SIGNATURES for rows in agreeing):
        return []
    authors = logic_authors(working) if working else set()
    checked = [[row for row in rows if row.signer_id not in authors] for rows in agreeing]
    enough = [rows for rows in checked if len(rows) >= SIGNATURES]
    # Where an amendment left two wordings signed, what was signed last.
    return max(enough, key=lambda rows: (rows[-1].signed_at, rows[-1].pk), default=[])


def _agreeing(protocol: UUID, digests: Mapping[Language, Collection[str]]) -> list[list[Signature]]:
    """The signatures that stand, the newest of each person, in groups that signed the very same."""
    rows = Signature.objects.filter(
        protocol=protocol,
        revocation=None,
        **{f"content_digest_{language}__in": digests[language] for language in LANGUAGES},
    )
    groups: dict[tuple[str, ...], dict[int, Signature]] = defaultdict(dict)
    for row in rows.order_by("signed_at", "pk"):
        same = (row.logic_digest, row.self_care_digest, *(row.content_digest(language) for language in LANGUAGES))
        groups[same][row.signer_id] = row
    return [sorted(found.values(), key=lambda row: (row.signed_at, row.pk)) for found in groups.values()]
