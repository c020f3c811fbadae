"""What waits for its moment is checked when it is arranged and kept to the byte."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User

from articles.content.texts import Article
from articles.editions.shelf import Edition
from articles.editorial.audit import AuditEntry
from articles.editorial.roles import NotAllowedError
from articles.publishing.compose import compose
from articles.publishing.dues import Due
from articles.publishing.ending import end, keep
from articles.publishing.frozen import AlteredError, document_of
from articles.publishing.problems import RefusedError
from articles.publishing.publish import Decision, Terms
from articles.publishing.releases import Release, ReleaseEntry, ReleaseStep
from articles.publishing.scheduling import add, cancel, make, move, take_out
from articles.publishing.settle import settle
from tests.factories.desk import NOON, a_quote, an_article, an_editor, place
from tests.factories.erasure import erase
from tests.factories.releases import ITS_MOMENT, a_release, put_in
from tests.factories.reviews import a_reviewer, sign_text
from tests.factories.shelf import BOTH, later, publish_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def vera() -> User:
    return an_editor()


def codes(refusal: pytest.ExceptionInfo[RefusedError]) -> set[tuple[str, str]]:
    return {(problem.code, problem.language) for problem in refusal.value.problems}


def steps(release: Release) -> list[tuple[str, str]]:
    return [(step.act, step.done_by.username if step.done_by else "") for step in release.steps.all()]


def test_a_text_is_kept_as_it_stands_and_nothing_of_it_is_on_the_shelf(vera: User) -> None:
    article = an_article()
    release = a_release(article, by=vera)

    article.title_ru = "Совсем другое"
    article.save()
    entry = release.entries.get(language="ru")

    assert document_of(entry).title == entry.title != "Совсем другое"
    assert Edition.objects.count() == 0
    assert Due.objects.get().due_at == ITS_MOMENT
    assert steps(release) == [("made", "vera"), ("added", "vera"), ("added", "vera")]


def test_putting_a_text_in_again_replaces_what_was_kept_of_it(vera: User) -> None:
    article = an_article()
    release = a_release(article, by=vera)
    Article.objects.update(summary_ru="Иначе.")

    put_in(release, article, by=vera)

    assert release.entries.count() == 2
    article.refresh_from_db()
    assert release.entries.get(language="ru").content_digest == compose(article, "ru").content_digest


def test_everything_that_publishing_asks_for_is_asked_when_it_is_arranged(vera: User) -> None:
    article = an_article(summary_en="")
    release = make("Зима", ITS_MOMENT, by=vera, at=NOON)

    with pytest.raises(RefusedError) as refusal:
        add(release.pk, "article", article.pk, {"ru": Terms(), "en": Terms()}, decision=Decision(""), by=vera, at=NOON)

    assert {("summary-missing", "en"), ("reason-missing", "")} <= codes(refusal)
    assert not ReleaseEntry.objects.exists()


def test_a_review_that_would_lapse_before_the_moment_is_no_approval_for_it(vera: User) -> None:
    article = an_article()
    for language in BOTH:
        sign_text(article, language, by=_reviewer(), next_on=date(2026, 11, 25))
    release = a_release(by=vera, goes_out_at=NOON + timedelta(days=10))

    with pytest.raises(RefusedError) as refusal:
        put_in(release, article, by=vera)

    assert codes(refusal) == {("release-review-lapses", "ru"), ("release-review-lapses", "en")}


def test_what_readers_see_already_and_what_waits_elsewhere_is_refused(vera: User) -> None:
    article, other = an_article(), an_article("other")
    publish_article(article, by=vera)
    release = a_release(other, by=vera)

    with pytest.raises(RefusedError) as refusal:
        put_in(release, article, by=vera)
    assert codes(refusal) == {("release-nothing-new", "")}

    with pytest.raises(RefusedError) as refusal:
        put_in(a_release(by=vera, name="Весна"), other, by=vera)
    assert codes(refusal) == {("release-elsewhere", "ru"), ("release-elsewhere", "en")}


@pytest.mark.parametrize(
    ("name", "moment", "expected"),
    [
        (" ", ITS_MOMENT, "release-name-missing"),
        ("Я" * 121, ITS_MOMENT, "release-name-long"),
        ("Зима", NOON, "release-past"),
        ("Зима", None, "release-past"),
        ("Зима", NOON + timedelta(days=400), "release-far"),
    ],
)
def test_a_release_needs_a_name_and_a_moment_to_come(vera: User, name: str, moment: object, expected: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        make(name, moment, by=vera, at=NOON)  # type: ignore[arg-type]
    assert codes(refusal) == {(expected, "")}


def test_nobody_without_the_right_to_publish_arranges_anything(vera: User) -> None:
    article, nina = an_article(), a_reviewer()
    release = a_release(article, by=vera)
    entry = release.entries.first()
    assert entry
    for attempt in (
        lambda: make("Зима", ITS_MOMENT, by=nina, at=NOON),
        lambda: put_in(release, article, by=nina),
        lambda: move(release.pk, later(90), by=nina, at=NOON),
        lambda: take_out(entry, by=nina, at=NOON),
        lambda: cancel(release.pk, by=nina, at=NOON),
    ):
        with pytest.raises(NotAllowedError):
            attempt()


def test_another_moment_is_the_only_one(vera: User) -> None:
    release = a_release(an_article(), by=vera)
    boris = an_editor("boris")

    move(release.pk, later(90), by=boris, at=later(1))

    assert settle(later(89)) == 0
    assert settle(later(90)) == 1
    assert steps(release)[-2:] == [("moved", "boris"), ("out", "")]


def test_a_text_taken_out_stays_a_draft_and_a_cancelled_release_forgets_what_it_kept(vera: User) -> None:
    release = a_release(an_article(), by=vera)
    entry = release.entries.get(language="en")
    take_out(entry, by=vera, at=later(1))
    assert [one.language for one in release.entries.all()] == ["ru"]

    cancel(release.pk, by=vera, at=later(2))

    assert settle(later(100)) == 0
    assert set(release.entries.values_list("document_json", "terms_json")) == {("", "")}
    assert Edition.objects.count() == 0
    with pytest.raises(RefusedError):
        move(release.pk, later(200), by=vera, at=later(3))


def test_what_was_altered_in_the_table_is_noticed(vera: User) -> None:
    release = a_release(an_article(), by=vera)
    entry = release.entries.get(language="ru")
    entry.document_json = entry.document_json.replace(entry.title, entry.title + " ")
    with pytest.raises(AlteredError):
        document_of(entry)


def test_what_was_erased_is_in_no_release_any_more(vera: User, administrator: User) -> None:
    article, other = an_article(), an_article("other")
    place(article, quote := a_quote())
    release = a_release(article, other, by=vera)
    article.delete()

    erase(quote, "quote", vera, administrator)

    release.refresh_from_db()
    assert {entry.item for entry in release.entries.all()} == {other.pk}
    assert release.state == Release.State.REFUSED
    assert ReleaseStep.objects.filter(act="removed").count() == 2
    assert settle(later(100)) == 0


def _reviewer() -> User:
    return User.objects.filter(username="anna").first() or a_reviewer()


def test_every_step_of_a_release_and_what_it_puts_out_stand_in_the_audit_trail(vera: User) -> None:
    article = an_article()
    release, other = a_release(article, by=vera), make("Весна", ITS_MOMENT, by=vera, at=NOON)
    move(release.pk, later(90), by=vera, at=later(1))
    cancel(other.pk, by=vera, at=later(2))
    settle(later(91))

    rows = [(row.act, row.about, row.done_by) for row in AuditEntry.objects.order_by("pk")]
    own = str(release.pk)
    assert rows == [
        ("release-made", own, vera), *[("release-changed", own, vera)] * 2, ("release-made", str(other.pk), vera),
        ("release-changed", own, vera), ("release-cancelled", str(other.pk), vera),
        ("published", str(article.pk), None),
    ]  # fmt: skip


def test_a_set_end_and_a_lifted_one_stand_in_the_audit_trail(vera: User) -> None:
    article = an_article()
    publish_article(article, by=vera)
    end("article", article.pk, ["ru"], later(90), reasons={"ru": "Срок вышел."}, by=vera, at=later(1))
    assert (keep(article.pk, "ru", by=vera, at=later(2)), keep(article.pk, "ru", by=vera, at=later(3))) == (True, False)

    assert list(AuditEntry.objects.order_by("pk").values_list("act", "detail"))[1:] == [
        ("end-set", "ru"), ("end-lifted", "ru"),
    ]  # fmt: skip
