"""Many people publish at once: no gap, no line out of commit order, no lost text."""

import os
import random
import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections, transaction

from articles.content.quotes import Quote
from articles.content.texts import Article
from articles.editions import journal as journals
from articles.editions.shelf import Change, Standing
from articles.editions.verifying import verify_editions
from articles.editorial.revisions import claim_version
from articles.editorial.signoffs import SignOff
from articles.publishing.compose import compose
from articles.publishing.expunge import ask_expunge, confirm_expunge
from articles.publishing.problems import RefusedError
from articles.publishing.publish import Decision, Terms, publish
from articles.publishing.reviewing import take_back
from articles.publishing.withdraw import restore, withdraw, withdraw_part
from tests.factories.desk import NOON, a_quote, an_article, an_editor, an_expert, place
from tests.factories.reviews import a_reviewer, sign_text
from tests.factories.shelf import publish_article
from tests.services.locks import locks_waited_for

pytestmark = pytest.mark.django_db(transaction=True)

# `make soak` asks for many more.
ROUNDS = int(os.environ.get("ROUNDS", "20"))

WHY = {"ru": "Ошибка.", "en": "An error."}


class Watcher(threading.Thread):
    """Reads the journal as partners do and notes every line that appears below one it has seen already."""

    def __init__(self) -> None:
        super().__init__()
        self.stopped = threading.Event()
        self.out_of_order: list[tuple[int, int]] = []
        self.reads = 0

    def run(self) -> None:
        highest = 0
        try:
            while not self.stopped.wait(0.002):
                seen = list(Change.objects.order_by("sequence").values_list("sequence", flat=True))
                self.reads += 1
                if seen and seen != list(range(1, seen[-1] + 1)):
                    self.out_of_order.append((highest, seen[-1]))
                highest = seen[-1] if seen else highest
        finally:
            connections.close_all()


def run_together(*workers):
    """Run the workers in threads with connections of their own; raise what any of them raised."""
    faults = []

    def guarded(worker):
        try:
            worker()
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=guarded, args=[worker]) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


def a_publisher(article_id, username, rounds):
    def work():
        vera = User.objects.get(username=username)
        for number in range(rounds):
            article = Article.objects.get(pk=article_id)
            article.summary_ru = f"Кругом {number} пишет {username}."
            article.summary_en = f"Round {number} is written by {username}."
            article.save()
            publish_article(article, by=vera, at=NOON + timedelta(seconds=number))

    return work


def test_two_people_publishing_at_once_leave_no_gap_and_no_line_out_of_order():
    first, second = an_article("first"), an_article("second")
    an_editor("vera"), an_editor("petr")
    watcher = Watcher()
    watcher.start()

    try:
        run_together(a_publisher(first.pk, "vera", ROUNDS), a_publisher(second.pk, "petr", ROUNDS))
    finally:
        watcher.stopped.set()
        watcher.join()

    assert list(Change.objects.order_by("sequence").values_list("sequence", flat=True)) == list(
        range(1, Change.objects.count() + 1)
    )
    assert (watcher.out_of_order, watcher.reads > 0) == ([], True)
    assert list(verify_editions()) == []


def test_the_same_article_published_by_two_people_gets_each_number_once():
    article = an_article()
    an_editor("vera"), an_editor("petr")

    run_together(a_publisher(article.pk, "vera", ROUNDS), a_publisher(article.pk, "petr", ROUNDS))

    assert list(verify_editions()) == []


def test_publishing_withdrawing_and_restoring_at_random_never_deadlock_or_break_the_chain():
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    article = an_article()
    quotes = [a_quote() for _ in range(ROUNDS // 3)]
    for number, quote in enumerate(quotes):
        place(article, quote, ordering=30 + number)
    an_editor("vera"), an_editor("petr")
    publish_article(article, by=User.objects.get(username="vera"))

    def taking_down():
        petr = User.objects.get(username="petr")
        dice = random.Random(seed)
        for quote in quotes:
            withdraw_part("quote", quote.pk, reason_code="error", reasons=WHY, by=petr, at=NOON)
            language = dice.choice(["ru", "en"])
            try:
                withdraw("article", article.pk, [language], reason_code="error", reasons=WHY, by=petr, at=NOON)
                restore("article", article.pk, language, note="", by=petr, at=NOON)
            except RefusedError:
                continue

    refused: set[str] = set()

    def publishing():
        vera = User.objects.get(username="vera")
        for number in range(ROUNDS // 2):
            fresh = Article.objects.get(pk=article.pk)
            fresh.summary_en = "Round " + "and round " * number + "again."
            fresh.save()
            try:
                publish_article(fresh, by=vera, at=NOON)
            except RefusedError as refusal:
                refused.update(problem.code for problem in refusal.problems)

    run_together(taking_down, publishing)

    assert (list(verify_editions()), refused - {"quote-withdrawn", "changed-meanwhile"}) == ([], set()), f"seed {seed}"


def test_real_connections_are_used():
    """The tests above prove nothing on a database that hands all threads one connection."""
    seen = []
    run_together(lambda: (connection.ensure_connection(), seen.append(connection.connection)))

    connection.ensure_connection()
    assert seen[0] is not connection.connection


def while_somebody_waits_for_the_journal(waiting, meanwhile):
    """Let `waiting` compose and come to the journal's lock, then do `meanwhile`, and return what `waiting` raised."""

    def hold(until_waiting):
        with journals.opened(NOON):
            until_waiting()
            meanwhile()

    return while_somebody_waits(waiting, hold)


def while_somebody_waits(waiting, hold):
    """Let `hold` take a lock in its transaction, wait until `waiting` stands before it, and return what that raised."""
    raised = []

    def guarded():
        try:
            waiting()
        except RefusedError as refusal:
            raised.extend(problem.code for problem in refusal.problems)
        finally:
            connections.close_all()

    other = threading.Thread(target=guarded)

    def until_waiting():
        other.start()
        while other.is_alive() and not locks_waited_for():
            pass

    with transaction.atomic():
        hold(until_waiting)
    other.join()
    return raised


@pytest.mark.postgresql
def test_a_quote_that_is_withdrawn_while_its_article_is_composed_does_not_come_in():
    article, quote, vera = an_article(), a_quote(), an_editor()
    place(article, quote)

    refused = while_somebody_waits_for_the_journal(
        lambda: publish_article(article, by=vera),
        lambda: withdraw_part("quote", quote.pk, reason_code="error", reasons=WHY, by=vera, at=NOON),
    )

    assert (refused, Standing.objects.count()) == (["changed-meanwhile", "changed-meanwhile"], 0)


@pytest.mark.postgresql
def test_a_text_that_is_withdrawn_while_it_is_composed_is_not_published_over_the_withdrawal():
    article, vera = an_article(), an_editor()
    publish_article(article, by=vera)
    Article.objects.update(summary_ru="Новое.")

    refused = while_somebody_waits_for_the_journal(
        lambda: publish_article(article, by=vera, languages=["ru"]),
        lambda: withdraw("article", article.pk, ["ru"], reason_code="error", reasons=WHY, by=vera, at=NOON),
    )

    assert refused == ["changed-meanwhile"]
    assert Standing.objects.get(language="ru").state == "withdrawn"


@pytest.mark.postgresql
def test_an_address_that_is_taken_while_an_article_is_composed_is_refused_in_words():
    first, second, vera = an_article("first"), an_article("second"), an_editor()
    Article.objects.update(slug_en="same")

    refused = while_somebody_waits_for_the_journal(
        lambda: publish_article(first, by=vera, languages=["en"]),
        lambda: publish_article(second, by=vera, languages=["en"]),
    )

    assert refused == ["slug-taken"]


@pytest.mark.postgresql
def test_a_text_that_is_composed_while_its_speaker_is_erased_does_not_come_in(administrator):
    article, quote, vera = an_article(), a_quote(), an_editor()
    place(article, quote)
    erased = quote.expert

    def meanwhile():
        Quote.objects.update(expert=an_expert())
        asked = ask_expunge("expert", erased.pk, reason="Art. 17", by=vera, at=NOON)
        confirm_expunge(asked, by=administrator, at=NOON)

    refused = while_somebody_waits_for_the_journal(lambda: publish_article(article, by=vera), meanwhile)

    assert (refused, Standing.objects.count()) == (["changed-meanwhile", "changed-meanwhile"], 0)


@pytest.mark.postgresql
def test_a_text_that_is_saved_while_it_is_signed_is_not_signed_unseen():
    article, anna = an_article(), a_reviewer()

    def saving(until_waiting):
        article.version = claim_version(article, article.version)
        article.summary_ru = "Пока подписывали."
        article.save()
        until_waiting()

    seen = compose(article, "ru").content_digest
    refused = while_somebody_waits(lambda: sign_text(article, "ru", by=anna, digest=seen), saving)

    assert (refused, SignOff.objects.count()) == (["changed-meanwhile"], 0)


@pytest.mark.postgresql
def test_a_text_is_not_published_under_a_signature_that_is_being_taken_back():
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    row = sign_text(article, "ru", by=anna)

    def taking_back(until_waiting):
        take_back(row, by=anna, at=NOON)
        until_waiting()

    refused = while_somebody_waits(
        lambda: publish("article", article.pk, {"ru": Terms()}, decision=Decision(""), by=vera, at=NOON), taking_back
    )

    assert (refused, Standing.objects.count()) == (["reason-missing"], 0)
