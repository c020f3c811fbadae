"""The register of triage's tables."""

from triage.protocols.signatures import Signature, SignatureRevocation
from triage.protocols.tables import FirstAid, Level, Option, Protocol, Question, Rule

__all__ = ["FirstAid", "Level", "Option", "Protocol", "Question", "Rule", "Signature", "SignatureRevocation"]
