"""A fault at any statement leaves the old state or the new one, and nothing between them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.db.models import Model

from articles.content.experts import Expert
from articles.editions.store import Part
from articles.editions.verifying import verify_editions
from articles.editorial.revisions import keep
from articles.publishing.checking import start_check
from articles.publishing.drift import republish_changed
from articles.publishing.expunge import ask_expunge, confirm_expunge
from articles.publishing.impact import impact, propagate
from articles.publishing.withdraw import restore, withdraw, withdraw_part
from tests.factories.desk import a_quote, a_text, an_article, an_editor, place
from tests.factories.shelf import journal, later, publish_article

pytestmark = pytest.mark.django_db(transaction=True)

WHY = {"ru": "Ошибка.", "en": "An error."}


class FaultError(OperationalError):
    """What goes wrong on purpose."""


class FaultAt:
    """Raises before or after the n-th statement of a connection, and remembers whether it did."""

    def __init__(self, number: int, *, after: bool) -> None:
        self.number, self.after = number, after
        self.seen, self.struck = 0, False

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        # Between BEGIN and the first statement nothing can be left behind; Django alone sees a BEGIN that half worked.
        self.seen += not sql.startswith("BEGIN")
        if self.seen != self.number or self.struck:
            return execute(sql, params, many, context)
        self.struck = True
        if self.after:
            execute(sql, params, many, context)
        raise FaultError(sql)


def everything() -> list[tuple[str, str]]:
    """Every row of every table of ours, each as text; one query, for it is asked after every fault."""
    models = [one for app in ("articles", "triage") for one in apps.get_app_config(app).get_models(True)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(_rows_as_text(one) for one in models if not one._meta.proxy))
        return sorted(cursor.fetchall())


def _rows_as_text(model: type[Model]) -> str:
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        return f"SELECT '{table}', rows::text FROM {table} rows"
    columns = " || ',' || ".join(f'quote("{field.column}")' for field in model._meta.local_concrete_fields)
    return f"SELECT '{table}', {columns} FROM {table}"


def statements_survived(act: Callable[[], Any], *, after: bool) -> int:
    """Break `act` at its first statement, its second and so on until it succeeds; return how many it has."""
    old = everything()
    number = 1
    while True:
        fault = FaultAt(number, after=after)
        with connection.execute_wrapper(fault):
            try:
                act()
            except FaultError:
                pass
            else:
                assert not fault.struck, "the verb swallowed a fault"
                break
        assert everything() == old, f"a fault at statement {number} left something behind"
        number += 1
    assert everything() != old
    assert list(verify_editions()) == []
    return number - 1


@pytest.fixture
def scene():
    article, vera = an_article(), an_editor()
    quote = a_quote()
    place(article, quote)
    publish_article(article, by=vera)
    return article, quote, vera


def publishing(article, quote, vera):
    article.title_ru, article.title_en = "Новое название", "A new title"
    article.save()
    a_text(article, ordering=40, ru="Новое.")
    return lambda: publish_article(article, by=vera, change_class="safety", at=later(1))


def amending(article, quote, vera):
    quote.expert.post_ru, quote.expert.post_en = "заведующая", "head physician"
    quote.expert.save()
    parts = [Part("expert", str(quote.expert_id))]
    return lambda: republish_changed(article.pk, parts, change_class="correction", notes=WHY, by=vera, at=later(1))


def sending_out(article, quote, vera):
    other = an_article("other")
    place(other, a_quote(expert=quote.expert))
    publish_article(other, by=vera)
    part = Part("expert", str(quote.expert_id))
    Expert.objects.filter(pk=part.id).update(post_ru="заведующая", post_en="head physician")
    seen = [text.seen for text in impact(part).texts]
    return lambda: propagate(part, change_class="correction", notes=WHY, seen=seen, by=vera, at=later(1))


def withdrawing(article, quote, vera):
    return lambda: withdraw("article", article.pk, ["ru", "en"], reason_code="error", reasons=WHY, by=vera, at=later(1))


def withdrawing_a_quote(article, quote, vera):
    return lambda: withdraw_part("quote", quote.pk, reason_code="error", reasons=WHY, by=vera, at=later(1))


def restoring(article, quote, vera):
    withdraw("article", article.pk, ["en"], reason_code="error", reasons=WHY, by=vera, at=later(1))
    return lambda: restore("article", article.pk, "en", note="Верно.", by=vera, at=later(2))


def starting_a_check(article, quote, vera):
    return lambda: start_check("article", article.pk, ["ru", "en"], WHY, by=vera, at=later(1))


def erasing(article, quote, vera):
    withdraw_part("quote", quote.pk, reason_code="request", reasons=WHY, by=vera, at=later(1))
    quote.placements.all().delete()
    keep(quote, by=vera, at=later(2))
    asked = ask_expunge("quote", quote.pk, reason="Art. 17", by=vera, at=later(3))
    second = User.objects.create_superuser("second")
    return lambda: confirm_expunge(asked, by=second, at=later(4))


VERBS = [
    publishing,
    amending,
    sending_out,
    withdrawing,
    withdrawing_a_quote,
    restoring,
    starting_a_check,
    erasing,
]  # fmt: skip


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("verb", VERBS)
def test_a_fault_at_any_statement_changes_nothing(scene, verb, after):
    act = verb(*scene)

    assert statements_survived(act, after=after) > 5


@pytest.mark.parametrize("verb", VERBS)
def test_a_fault_of_the_commit_itself_leaves_the_old_or_the_new_state(scene, verb, monkeypatch):
    act = verb(*scene)
    old, lines = everything(), len(journal())

    def refused_commit():
        raise FaultError("COMMIT")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "_commit", refused_commit)
        with pytest.raises(FaultError):
            act()
    assert everything() == old

    act()
    assert len(journal()) > lines
