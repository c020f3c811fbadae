"""What the verifier finds in a draft, as problems that lead editors to the row."""

from articles.canonical.languages import Language
from articles.content.problems import DeskProblem
from triage.protocols.drafts import Draft


def finding_problems(rows: Draft, language: Language) -> list[DeskProblem]:
    """Return a problem for each finding that concerns this language."""
    return []
