"""The commands of the page for a partner's first day, each as it stands there, against a served site."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from articles.api.v1.views import changes
from articles.editions.shelf import Standing
from articles.partners import places
from articles.partners.partner import Partner
from tests.factories.documents import an_english_document, an_id, heading, shelve, withdraw
from tests.factories.partners import make_key, make_partner
from tests.pages.shelf import fill

GUIDE = Path(__file__).parents[3] / "docs" / "api" / "getting-started.md"
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.any_database,
    pytest.mark.curl,
]


KEEPING = BLOCKS[: next(number for number, block in enumerate(BLOCKS) if "follow.sh" in block) + 1]


@pytest.fixture
def site(live_server: LiveServer) -> Iterator[str]:
    """A site with three texts."""
    with override_settings(SITE_URL=live_server.url):
        for name in ("one", "two", "three"):
            shelve(an_english_document(heading(name), slug=f"text-{name}"), "en", item=an_id(name))
        yield live_server.url


@pytest.fixture
def copy(site: str, tmp_path: Path) -> Path:
    """Where a copy of it lies that is in step."""
    run("\n".join(KEEPING), tmp_path, site)
    assert copied(tmp_path / "copy") == live()
    return tmp_path / "copy"


def run(script: str, place: Path, site: str, key: str = "") -> str:
    """Run commands as a shell does that stops at the first fault; return what they print."""
    variables = {"SITE": site, "KEY": key, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["sh", "-eu", "-c", script], cwd=place, env=variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr + done.stdout[-2000:]
    return done.stdout


def live() -> dict[str, tuple[int, str]]:
    """What is on the shelf, by the name that its file has in the copy."""
    standings = Standing.objects.filter(state="live").select_related("edition")
    return {f"{one.item}.{one.language}": (one.edition.number, one.edition.digest) for one in standings}


def copied(place: Path) -> dict[str, tuple[int, str]]:
    held = {file.stem: json.loads(file.read_bytes()) for file in (place / "texts").glob("*.json")}
    return {name: (text["edition"], text["digest"]) for name, text in held.items()}


def test_every_command_of_the_first_day_works_in_its_order(site: str, tmp_path: Path) -> None:
    """On a shelf with every kind and state of a text."""
    fill()
    partner = make_partner()
    _, key = make_key(partner)
    assert len(BLOCKS) >= 7

    run("\n".join(BLOCKS), tmp_path, site, key)

    assert copied(tmp_path / "copy") == live()
    place = places.reached(Partner.objects.get(pk=partner.pk))
    assert place.acknowledged == int((tmp_path / "copy" / "sequence").read_text())


def test_the_copy_follows_what_editors_do_and_loses_what_they_withdraw(site: str, copy: Path) -> None:
    # What a note says is not taken for a member of the answer.
    amended = an_english_document(heading("one, amended"), slug="text-one")
    shelve(amended, "en", item=an_id("one"), change="update", note='More: {"next":null}, "api_url":"nowhere"')
    shelve(an_english_document(heading("four"), slug="text-four"), "en", item=an_id("four"))
    withdraw(an_id("two"), "en")

    run("sh follow.sh", copy, site)

    assert copied(copy) == live()
    assert set(copied(copy)) == {f"{an_id(name)}.en" for name in ("one", "three", "four")}
    run("sh follow.sh", copy, site)
    assert copied(copy) == live()


def test_one_page_of_the_journal_after_the_other_is_followed_to_the_end(
    site: str, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in (copy / "texts").glob("*.json"):
        file.unlink()
    (copy / "sequence").write_text("0\n")
    monkeypatch.setattr(changes, "MOST_LINES", 1)

    run("sh follow.sh", copy, site)

    assert copied(copy) == live()


def test_following_stops_where_the_site_does_not_answer_and_goes_on_later(site: str, copy: Path) -> None:
    before = (copy / "sequence").read_text()
    (copy / "confirmed").unlink()
    withdraw(an_id("two"), "en")

    # Nobody listens at the port for throwing away.
    with pytest.raises(AssertionError):
        run("sh follow.sh", copy, "http://127.0.0.1:9")
    assert (copy / "sequence").read_text() == before
    assert not (copy / "confirmed").exists()

    run("sh follow.sh", copy, site)
    assert copied(copy) == live()
    assert (copy / "confirmed").exists()
