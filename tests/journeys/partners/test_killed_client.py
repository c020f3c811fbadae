"""The reference client, killed at random points while editors work, ends with the shelf and with nothing else."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connections
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from articles.answers import limits
from articles.canonical.languages import LANGUAGES
from articles.content.texts import Article
from articles.editions.shelf import Change, Edition, Standing
from articles.publishing.expunge import ask_expunge, confirm_expunge
from articles.publishing.problems import RefusedError
from articles.publishing.withdraw import restore, withdraw
from tests.docs.api.client.inside import FILE, client, contents
from tests.factories.desk import NOON, an_article, an_editor
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db(transaction=True)

# `make soak` asks for 600 rounds of everything, which are 50 kills here.
KILLS = max(6, int(os.environ.get("ROUNDS", "0")) // 12)
KILLER = Path(__file__).with_name("killing.py")
PATIENCE = 300

WHY = {"ru": "Ошибка.", "en": "An error."}
LIVE = ("published", "amended", "restored")


class Editors(threading.Thread):
    """Do some random things to the shelf, through the press, as two people with full rights would."""

    def __init__(self, seed: int, acts: int) -> None:
        super().__init__()
        self.dice = random.Random(seed)
        self.acts = acts
        self.fault: BaseException | None = None

    def run(self) -> None:
        try:
            self.vera, self.anna = (User.objects.get(username=name) for name in ("vera", "administrator@tests"))
            for number in range(self.acts):
                act = self.dice.choice(
                    [self.amend, self.amend, self.publish, self.take_down, self.bring_back, self.erase]
                )
                self.at = NOON + timedelta(seconds=Change.objects.count() + number)
                # What a roll of the dice asks for may be impossible just now, such as to restore what is live.
                try:
                    act()
                except RefusedError:
                    continue
        except BaseException as fault:
            self.fault = fault
        finally:
            connections.close_all()

    def any_article(self) -> Article:
        return self.dice.choice(list(Article.objects.order_by("pk")))

    def amend(self) -> None:
        article = self.any_article()
        article.summary_ru, article.summary_en = f"В {self.at}.", f"At {self.at}."
        article.save()
        languages = self.dice.choice([["ru", "en"], ["ru"], ["en"]])
        publish_article(article, by=self.vera, languages=languages, at=self.at)

    def publish(self) -> None:
        publish_article(an_article(f"new-{self.dice.randrange(10**9)}"), by=self.vera, at=self.at)

    def take_down(self) -> None:
        languages = self.dice.choice([["ru", "en"], ["ru"], ["en"]])
        article = self.any_article()
        withdraw("article", article.pk, languages, reason_code="error", reasons=WHY, by=self.vera, at=self.at)

    def bring_back(self) -> None:
        gone = list(Standing.objects.filter(state="withdrawn", title__gt="").order_by("pk"))
        if gone:
            one = self.dice.choice(gone)
            restore("article", one.item, one.language, note="Всё верно.", by=self.vera, at=self.at)

    def erase(self) -> None:
        gone = set(Standing.objects.filter(state="withdrawn", title__gt="").values_list("item", flat=True))
        gone -= set(Standing.objects.filter(state="live").values_list("item", flat=True))
        if gone:
            asked = ask_expunge("article", min(gone), reason="Article 17", by=self.vera, at=self.at)
            confirm_expunge(asked, by=self.anna, at=self.at)
            self.publish()


def run_client(kill_at: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the client; a line of 0 lets it live."""
    command = [sys.executable, str(KILLER), str(kill_at), str(FILE), *arguments]
    clean = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False, env=clean)


def lines_of(ended: subprocess.CompletedProcess[str]) -> int:
    counted = re.search(r"lines (\d+)", ended.stdout)
    assert counted, ended.stderr
    return int(counted[1])


def is_sound(file: Path) -> None:
    """Whatever the moment of its death: each copy is whole, was once published, and is not one that had to go."""
    mirror = client.Mirror(str(file))
    assert mirror.rows("PRAGMA integrity_check") == [("ok",)]
    reached = mirror.sequence or 0
    lines = list(Change.objects.order_by("sequence").values_list("sequence", "event", "item", "language", "edition"))
    for (id, language), (edition, digest) in contents(mirror).items():
        [(body,)] = mirror.rows("SELECT body FROM items WHERE id = ? AND language = ?", id, language)
        item = json.loads(body)
        assert (item["id"], item["language"], item["edition"], item["digest"]) == (id, language, edition, digest)
        assert item["attribution"]
        assert Edition.objects.filter(item=id, language=language, number=edition, digest=digest).exists()
        own = [
            (sequence, event, number) for sequence, event, i, code, number in lines if (str(i), code) == (id, language)
        ]
        # A copy may be ahead of the line that the mirror has reached, and never behind a withdrawal up to it.
        taken_down = max(
            (sequence for sequence, event, _ in own if event == "withdrawn" and sequence <= reached), default=0
        )
        assert max(sequence for sequence, event, _ in own if event in LIVE) > taken_down
        assert not [
            1 for sequence, event, number in own if (event, number) == ("expunged", edition) and sequence <= reached
        ]
    mirror.database.close()


def shelf() -> dict[tuple[str, str], Any]:
    """Every live text as its own address has it."""
    asking = Client()
    found = {}
    for row in Standing.objects.filter(state="live"):
        answer = asking.get(f"/api/v1/articles/{row.item}/", {"lang": row.language})
        found[str(row.item), row.language] = answer.json()
    return found


@pytest.fixture
def without_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    many = {name: limits.Limit(name, quota=10**9) for name in limits.LIMITS}
    monkeypatch.setattr(limits, "LIMITS", many)


def test_a_client_killed_anywhere_while_editors_work_ends_with_the_shelf_and_nothing_else(
    live_server: LiveServer, administrator: User, without_limits: None, tmp_path: Path
) -> None:
    seed = int(os.environ.get("SEED") or random.randrange(10**6))
    print(f"seed {seed}")
    dice = random.Random(seed)
    vera = an_editor()
    for number in range(6):
        publish_article(an_article(f"text-{number}"), by=vera)

    def place(number: int) -> list[str]:
        return ["--mirror", str(tmp_path / f"mirror-{number}.sqlite3"), "--site", live_server.url]

    whole = lines_of(run_client(0, "sync", *place(0)))
    kills, rounds, longest = 0, 0, whole
    while kills < KILLS:
        rounds += 1
        assert rounds <= KILLS * 10, f"seed {seed}: {kills} kills in {rounds} rounds"
        # Every fifth time a new mirror, so that snapshots are broken off too.
        number = rounds // 5
        editors = Editors(dice.randrange(10**9), acts=4)
        editors.start()
        ended = run_client(dice.randint(1, longest), "sync", *place(number))
        editors.join()
        if editors.fault:
            raise editors.fault
        killed = ended.returncode == -signal.SIGKILL
        assert killed or ended.returncode == 0, f"seed {seed}: {ended.stderr}"
        kills += killed
        # Points are spread over all that a run has, and not over what it does not come to.
        longest = int(longest * 1.25) if killed else max(whole // 2, lines_of(ended))
        is_sound(tmp_path / f"mirror-{number}.sqlite3")

    for number in range(rounds // 5 + 1):
        if not (tmp_path / f"mirror-{number}.sqlite3").exists():
            continue
        for command in ("sync", "verify"):
            ended = run_client(0, command, *place(number))
            assert ended.returncode == 0, f"seed {seed}: {ended.stderr}"
        mirror = client.Mirror(str(tmp_path / f"mirror-{number}.sqlite3"))
        held = {(id, code): json.loads(body) for id, code, body in mirror.rows("SELECT id, language, body FROM items")}
        assert held == shelf(), f"seed {seed}"
        assert mirror.sequence == Change.objects.count()
    print(f"{kills} kills in {rounds} rounds, {Change.objects.count()} lines, {len(shelf())} texts in {LANGUAGES}")
