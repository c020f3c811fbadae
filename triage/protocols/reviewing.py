"""What an edition says of the clinicians who signed a protocol: nothing, until two of them signed the very same."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from articles.canonical.languages import LANGUAGES, Language
from articles.content.problems import DeskProblem, Where
from articles.editions.envelope import Review, Signatory
from articles.editions.shelf import Edition
from articles.editorial.signoffs import REVIEWER
from articles.publishing.desks import Text, Texts
from articles.publishing.reviewing import digests_signed
from triage.engine.document import ProtocolDocument
from triage.engine.protocol import logic_digest
from triage.live.protocols import SIGNATURES
from triage.protocols.authorship import logic_authors
from triage.protocols.drafts import draft
from triage.protocols.problems import protocol_problem
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
    """Return the signatures that together make these texts checked, oldest first; none where they do not suffice.

    Where only one language is given, the other one may say whatever they signed with it.
    """
    digests = {language: digests_signed(text.content_digest, text.live) for language, text in texts.items()}
    agreeing = _agreeing(protocol, digests)
    if not any(len(rows) >= SIGNATURES for rows in agreeing):
        return []
    authors = logic_authors(working) if working else set()
    checked = [[row for row in rows if row.signer_id not in authors] for rows in agreeing]
    enough = [rows for rows in checked if len(rows) >= SIGNATURES]
    # Where an amendment left two wordings signed, what was signed last.
    return max(enough, key=lambda rows: (rows[-1].signed_at, rows[-1].pk), default=[])


def still_stands(item: str, live: Mapping[Language, Edition]) -> list[DeskProblem]:
    """Return what keeps these editions, said to be checked, from being shown as such: too few signatures by now."""
    working = Protocol.objects.filter(pk=item).first()
    drafted = logic_digest(draft(working).protocols[LANGUAGES[0]]) if working else ""
    found = []
    for language, edition in live.items():
        logic = edition.document.logic_digest if isinstance(edition.document, ProtocolDocument) else ""
        # Only the authors of the logic that the draft has now are known.
        known = working if logic == drafted else None
        texts = {language: Text(edition.content_digest, edition)}
        if edition.envelope.review.state == "reviewed" and not counted(UUID(item), texts, known):
            found.append(protocol_problem("signatures-lacking", language, Where("protocol", item)))
    return found


def _agreeing(protocol: UUID, digests: Mapping[Language, Collection[str]]) -> list[list[Signature]]:
    """The signatures that stand, the newest of each person, in groups that signed the very same."""
    rows = Signature.objects.filter(
        protocol=protocol,
        revocation=None,
        **{f"content_digest_{language}__in": named for language, named in digests.items()},
    )
    groups: dict[tuple[str, ...], dict[int, Signature]] = defaultdict(dict)
    for row in rows.order_by("signed_at", "pk"):
        same = (row.logic_digest, row.self_care_digest, *(row.content_digest(language) for language in LANGUAGES))
        groups[same][row.signer_id] = row
    return [_one_each(found.values()) for found in groups.values()]


def _one_each(rows: Iterable[Signature]) -> list[Signature]:
    """The newest of each name, oldest first: readers cannot tell two accounts of one person from two people."""
    kept: list[Signature] = []
    for row in sorted(rows, key=lambda row: (row.signed_at, row.pk), reverse=True):
        if not any(_name(row, language) == _name(other, language) for other in kept for language in LANGUAGES):
            kept.append(row)
    return kept[::-1]


def _name(row: Signature, language: Language) -> str:
    return " ".join(row.name_in(language).casefold().replace("ё", "е").split())
