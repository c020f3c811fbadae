"""A withdrawal is seen within a second, whichever process of the site answers."""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.services.running import Run, start

ARTICLE = {"ru": "/ru/articles/sudorogi-v-nogah/", "en": "/en/articles/leg-cramps/"}
WORDS = {"ru": "повышение тонуса", "en": "passing rise in muscle tone"}
REASON = {"ru": "Говоривший попросил снять эти слова.", "en": "The speaker asked us to take these words down."}

# As another machine would do it: a process of its own, through the press.
WITHDRAW = f"""
from django.contrib.auth.models import User
from django.utils import timezone
from articles.content.quotes import Quote
from articles.publishing.withdraw import withdraw_part
quote = Quote.objects.get(text_ru__contains="повышение тонуса")
withdraw_part("quote", quote.pk, reason_code="request", reasons={REASON!r},
              by=User.objects.get(username="editor"), at=timezone.now())
"""


def test_a_withdrawn_quote_gives_way_to_its_notice_in_both_languages_in_every_process_within_a_second(
    run: list[Run], after_first_run: Path, repository: Path
) -> None:
    site = start(run, after_first_run, repository)
    site.until("Ctrl-C stops everything.")
    for language, path in ARTICLE.items():
        assert WORDS[language] in site.text(path)

    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{site.database}",
        "DJANGO_SETTINGS_MODULE": "cramps_site.settings.dev",
    }
    subprocess.run(
        [sys.executable, "-m", "django", "shell", "-c", WITHDRAW], cwd=repository, env=environment, check=True
    )
    time.sleep(1)

    # Each request is a connection of its own, so twenty of them reach both workers.
    for language, path in ARTICLE.items():
        for _ in range(20):
            page = site.text(path)
            assert WORDS[language] not in page
            assert REASON[language] in page
    lines = site.rows("SELECT event, language FROM articles_change ORDER BY sequence")
    assert [line for line in lines if line[0] != "published"] == [("amended", "ru"), ("amended", "en")]
    assert site.stop() == 0
