"""Whatever happened on the shelf, and whichever process sends it: a snapshot of kept lines is the one that is made now.

`ROUNDS` says how many steps somebody walks over the shelf at random; SEED asks the same again.
"""

import gzip
import json
import os
import random
from pathlib import Path

import brotli
import pytest
from django.test import Client

from articles.api.v1.offers import OFFERS
from articles.api.v1.views import snapshot
from articles.editions.shelf import Standing
from cramps_site import first_run
from tests.articles.api.v1.test_snapshot import asked
from tests.articles.api.v1.test_snapshot_kept_lines import Stops, in_a_process, made
from tests.factories.desk import NOON
from tests.factories.partners import bearing, make_key, make_partner
from tests.factories.walking import Walk


@pytest.mark.django_db
def test_along_every_way_over_the_shelf_kept_lines_are_what_would_be_made(
    client: Client, small_pages: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seed = int(os.environ.get("SEED", random.SystemRandom().randint(0, 10**9)))
    print(f"SEED={seed}")
    dice = random.Random(seed)
    walk = Walk(dice)
    walk.begin()
    processes = [in_a_process(tmp_path / "shared") for _ in range(3)]
    nothing = in_a_process(tmp_path, limit=0)
    ahead = made(monkeypatch)
    spared = 0
    for _ in range(int(os.environ.get("ROUNDS", "12"))):
        walk.step()
        monkeypatch.setattr(snapshot, "kept", dice.choice(processes))
        if dice.random() < 0.3:
            snapshot.fill(Stops(dice.randrange(1, 4)))
        before = len(ahead)
        sent = b"".join(asked(client))
        monkeypatch.setattr(snapshot, "kept", nothing)
        between_both = len(ahead)
        assert b"".join(asked(client)) == sent, walk.steps
        spared += (len(ahead) - between_both) - (between_both - before)
    assert spared > 0


# One way to ask for each parameter, and for both.
ASKED_FOR = (
    "",
    "?language=ru",
    "?language=en",
    "?kind=article",
    "?kind=term&language=en",
    "?lang=en",
    "?kind=protocol",
)


@pytest.mark.django_db
@pytest.mark.any_database
def test_every_kind_of_text_of_the_bundle_is_sent_byte_for_byte_as_it_would_be_made(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One test for all, because publishing the bundled content is what takes time."""
    first_run.create_accounts(lambda name, password: None)
    first_run.load_starter(NOON)
    _key, text = make_key(make_partner(), kinds=["article", "faq"], languages=["en"])
    asking = [(query, {}) for query in ASKED_FOR] + [("", bearing(text)), ("?kind=faq", bearing(text))]
    monkeypatch.setattr(snapshot, "kept", in_a_process(tmp_path, limit=0))
    made_now = [b"".join(asked(client, query, **given)) for query, given in asking]
    kinds = {json.loads(line)["kind"] for line in made_now[0].splitlines()} - {"snapshot", "end"}
    assert kinds == set(OFFERS)

    monkeypatch.setattr(snapshot, "kept", in_a_process(tmp_path))
    assert snapshot.fill(lambda: True)
    monkeypatch.setattr(snapshot, "kept", in_a_process(tmp_path))
    again = made(monkeypatch)

    assert [b"".join(asked(client, query, **given)) for query, given in asking] == made_now
    # Protocols hold until a day that no line of the journal tells of.
    assert {str(kind) for kind in Standing.objects.filter(item__in=again).values_list("kind", flat=True)} <= {
        "protocol"
    }
    for coding, unpack in (("gzip", gzip.decompress), ("br", brotli.decompress)):
        assert unpack(b"".join(asked(client, headers={"accept-encoding": coding}))) == made_now[0]
