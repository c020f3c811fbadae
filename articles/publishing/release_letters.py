"""Who is told that a release did not go out: whoever arranged it or put a text into it, else all who may publish."""

from datetime import datetime

from articles.canonical.languages import LANGUAGES
from articles.publishing.desk_letters import owe, publishers, reachable, spelled_moment
from articles.publishing.releases import Release

NAME = "release"


def tell_refused(release: Release, *, at: datetime) -> None:
    """Let them be told why it was refused; each refusal is told once."""
    _tell(release, f"refused:{release.pk}:{release.goes_out_at.isoformat()}", broken=False, at=at)


def tell_broken(release: Release, *, at: datetime) -> None:
    """Let them be told that a fault of the program keeps it back; once for each moment, however often it is tried."""
    _tell(release, f"broken:{release.pk}:{release.goes_out_at.isoformat()}", broken=True, at=at)


def _tell(release: Release, key: str, *, broken: bool, at: datetime) -> None:
    entries = list(release.entries.select_related("kept_by"))
    own = [one for one in {release.arranged_by, *(entry.kept_by for entry in entries)} if reachable(one)]
    to = sorted(own, key=lambda one: one.pk) if reachable(release.arranged_by) else publishers()
    titles = {(str(entry.item), entry.language): entry.title for entry in entries}
    refusals = [said | {"title": titles.get((said["item"], said["language"]), "")} for said in release.refusals]
    facts = {
        "release": release.name,
        "moment": {code: spelled_moment(release.goes_out_at, code) for code in LANGUAGES},
        "broken": broken,
        "refusals": refusals,
        "path": f"/admin/releases/{release.pk}/",
    }
    owe(to, NAME, key, facts, at=at)
