"""The verifier's answer, remembered: one page asks for it in each language, and one save leads to several pages."""

from collections import OrderedDict
from collections.abc import Collection, Mapping

from articles.canonical import canonical_json
from articles.canonical.languages import Language
from articles.editions.value import plain
from triage.engine.protocol import Protocol
from triage.engine.verifying.verification import Verification, verify

_REMEMBERED_AT_MOST = 16
# Each process remembers for itself, so nothing outlives the code that found it.
_remembered: OrderedDict[str, Verification] = OrderedDict()


def verified(protocols: Mapping[Language, Protocol], references: Collection[str]) -> Verification:
    """Return what `verify` finds; the same protocols with the same sources are gone through once."""
    said = {language: plain(protocol) for language, protocol in protocols.items()}
    key = canonical_json.digest({"protocols": said, "references": sorted(references)})
    if key not in _remembered:
        _remembered[key] = verify(protocols, references)
        if len(_remembered) > _REMEMBERED_AT_MOST:
            _remembered.popitem(last=False)
    return _remembered[key]
