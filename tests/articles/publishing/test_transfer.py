"""The desk as files and back: nothing is lost, nothing is guessed, every problem is named at once."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.canonical.problems import Refused
from articles.content.aggregates import AGGREGATES, LoadError
from articles.content.blocks import blocks
from articles.content.organisations import Organisation
from articles.content.quotes import Quote
from articles.content.sources import Source
from articles.content.texts import Article
from articles.editorial.confirmations import confirm, confirmed
from articles.editorial.revisions import revisions
from articles.publishing.compose import compose
from articles.publishing.transfer import dump_content, load_content, read_content
from articles.publishing.withdraw import withdraw_part
from tests.factories.desk import DISCLOSED, NOON, a_quote, a_source, a_text, an_article, an_editor, an_expert, place
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db


def tree(directory: Path) -> dict[str, bytes]:
    return {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()}


def empty_the_desk() -> None:
    from articles.editorial.confirmations import Confirmation

    Confirmation.objects.all().delete()
    for model in reversed(AGGREGATES.values()):
        model._default_manager.all().delete()


def load(directory: Path, by: User | None = None) -> int:
    return load_content(read_content(directory), by=by, at=NOON)


def a_desk() -> Article:
    article = an_article(title_en="")
    place(article, a_quote(expert=an_expert(**DISCLOSED), verdict_sources=[a_source(title="B"), a_source(title="A")]))
    a_text(article, ordering=40, ru="Ещё абзац\u00a0— с «ёлочками».", essential=True)
    confirm(article.pk, "en", {"head": "a" * 64, str(uuid4()): "b" * 64}, by=None, at=NOON)
    a_quote(expert=None, attribution="unnamed", approved_on=None, withdrawn_at=NOON)
    return article


def test_dump_then_load_into_an_empty_desk_then_dump_is_byte_identical(tmp_path: Path) -> None:
    article = a_desk()
    digests = [compose(article, language).content_digest for language in ("ru", "en")]
    dump_content(tmp_path / "first")
    empty_the_desk()
    loaded = load(tmp_path / "first")
    dump_content(tmp_path / "second")
    assert tree(tmp_path / "second") == tree(tmp_path / "first")
    assert loaded == len(tree(tmp_path / "first")) > 5
    again = Article.objects.get(pk=article.pk)
    assert [compose(again, language).content_digest for language in ("ru", "en")] == digests


def test_the_bundled_content_is_byte_identical_after_a_round(tmp_path: Path, repository: Path) -> None:
    load(repository / "articles" / "starter")
    dump_content(tmp_path / "first")
    digests = {article.pk: compose(article, "ru").content_digest for article in Article.objects.all()}
    empty_the_desk()
    load(tmp_path / "first")
    dump_content(tmp_path / "second")
    assert tree(tmp_path / "second") == tree(tmp_path / "first")
    assert {article.pk: compose(article, "ru").content_digest for article in Article.objects.all()} == digests


def test_loading_what_is_there_already_changes_nothing(tmp_path: Path) -> None:
    article = a_desk()
    dump_content(tmp_path)
    before = Article.objects.get(pk=article.pk).version
    assert load(tmp_path) == 0
    assert Article.objects.get(pk=article.pk).version == before
    assert revisions(article).count() == 0


def test_a_changed_file_becomes_a_new_kept_version_of_its_object_alone(tmp_path: Path) -> None:
    by = an_editor()
    article = an_article(title_en="Cramps in tests")
    version = article.version
    [path] = [path for path in dump_content(tmp_path) if path.parent.name == "articles"]
    path.write_text(path.read_text().replace("Cramps in tests", "Cramps at night"))
    assert load(tmp_path, by=by) == 1
    article.refresh_from_db()
    assert (article.title_en, article.version) == ("Cramps at night", version + 1)
    [kept] = revisions(article)
    assert (kept.number, kept.saved_by, kept.saved_at) == (version + 1, by, NOON)


def test_an_object_that_was_deleted_comes_back_with_its_versions_counted_on(tmp_path: Path) -> None:
    organisation = Organisation.objects.create(name_en="Clinic")
    dump_content(tmp_path)
    organisation.delete()
    load(tmp_path)
    Organisation.objects.all().delete()
    load(tmp_path)
    again = Organisation.objects.get()
    assert again.version == 2
    assert [kept.number for kept in revisions(again)] == [2, 1]


def test_a_block_that_the_file_does_not_have_goes(tmp_path: Path) -> None:
    article = an_article()
    dump_content(tmp_path)
    a_text(article, ordering=90, ru="Лишний")
    assert load(tmp_path) == 1
    assert len(blocks(article)) == 2


def test_confirmations_come_along(tmp_path: Path) -> None:
    article = an_article()
    confirm(article.pk, "en", {"head": "c" * 64}, by=None, at=NOON)
    dump_content(tmp_path)
    empty_the_desk()
    load(tmp_path)
    assert confirmed(article.pk, "en") == {"head": "c" * 64}


def test_files_are_named_for_people_and_stay_unique(tmp_path: Path) -> None:
    first, second = Organisation.objects.create(name_ru="Клиника"), Organisation.objects.create(name_en="Clinic")
    written = {path.name for path in dump_content(tmp_path)}
    assert written == {f"клиника-ru-{str(first.pk)[:8]}.yaml", f"clinic-{str(second.pk)[:8]}.yaml"}


def test_a_name_cannot_lead_out_of_the_directory(tmp_path: Path) -> None:
    Organisation.objects.create(name_ru="../../../etc/passwd", name_en="")
    [path] = dump_content(tmp_path)
    assert path.resolve().parent == (tmp_path / "organisations").resolve()


def test_the_file_of_an_object_that_is_gone_is_removed_and_nothing_else(tmp_path: Path) -> None:
    gone = Organisation.objects.create(name_en="Gone")
    kept = Organisation.objects.create(name_en="Kept")
    (tmp_path / "organisations").mkdir()
    (tmp_path / "organisations" / "notes.md").write_text("mine")
    dump_content(tmp_path)
    gone.delete()
    dump_content(tmp_path)
    assert set(tree(tmp_path)) == {f"organisations/kept-{str(kept.pk)[:8]}.yaml", "organisations/notes.md"}


def test_every_problem_of_every_file_is_named_and_nothing_is_loaded(tmp_path: Path) -> None:
    quote = a_quote()
    dump_content(tmp_path)
    [path] = (tmp_path / "quotes").glob("*.yaml")
    text = path.read_text().replace("attribution: quoted", "attribution: shouted").replace("ru: По", "ru: \\u0000По")
    path.write_text(text.replace(str(quote.source_id), str(uuid4())) + "colour: red\n")
    (tmp_path / "organisations" / "new.yaml").write_text(f"id: {uuid4()}\nname: {{en: New}}\nurl: nowhere\n")
    before = Organisation.objects.count()
    with pytest.raises(LoadError) as refusal:
        load(tmp_path)
    places = [problem.removeprefix(f"{tmp_path}/").split(": ")[:2] for problem in refusal.value.problems]
    assert ["organisations/new.yaml", "url"] in places
    assert [f"quotes/{path.name}", "colour"] in places
    assert Organisation.objects.count() == before


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("id: nonsense\n", "id"),
        ("name: {en: A}\n", "id"),
        ("id: {id}\nname: just text\n", "name"),
        ("id: {id}\nname: [a, b]\n", "name"),
        ("id: {id}\nname: {{en: [a]}}\n", "name.en"),
        ("id: {id}\nname: {{en: true}}\n", "name.en"),
        ("id: {id}\nname: {{de: Klinik}}\n", "name"),
        ("id: {id}\nurl: {{en: a}}\n", "url"),
    ],
)
def test_a_value_of_the_wrong_shape_is_a_problem_with_its_place(tmp_path: Path, content: str, place: str) -> None:
    (tmp_path / "organisations").mkdir()
    path = tmp_path / "organisations" / "x.yaml"
    path.write_text(content.replace("{id}", str(uuid4())).replace("{{", "{").replace("}}", "}"))
    with pytest.raises(LoadError) as refusal:
        load(tmp_path)
    assert [problem.split(": ")[:2] for problem in refusal.value.problems] == [[str(path), place]]


def test_blocks_of_the_wrong_shape_are_problems_with_their_place(tmp_path: Path) -> None:
    an_article()
    [path] = [path for path in dump_content(tmp_path) if path.parent.name == "articles"]
    head = path.read_text().split("blocks:")[0]
    for blocks_text in ("blocks: text\n", "blocks:\n  - just text\n", "blocks:\n  - kind: video\n"):
        path.write_text(head + blocks_text)
        with pytest.raises(LoadError) as refusal:
            load(tmp_path)
        assert [problem.split(": ")[1].startswith("blocks") for problem in refusal.value.problems] == [True]


def test_an_id_in_two_files_is_refused(tmp_path: Path) -> None:
    Organisation.objects.create(name_en="One")
    [path] = dump_content(tmp_path)
    copy = path.with_name("zz-copy.yaml")
    copy.write_text(path.read_text())
    with pytest.raises(LoadError) as refusal:
        read_content(tmp_path)
    id = Organisation.objects.get().pk
    assert refusal.value.problems == [f"{copy}: the id {id} is also in {path}"]


@pytest.mark.parametrize("confirmations", ["en: {head: short}", "de: {head: " + "a" * 64 + "}", "[en]", "en: [a]"])
def test_confirmations_of_the_wrong_shape_are_refused(tmp_path: Path, confirmations: str) -> None:
    an_article()
    [path] = [path for path in dump_content(tmp_path) if path.parent.name == "articles"]
    path.write_text(path.read_text() + f"confirmations:\n  {confirmations}\n")
    with pytest.raises(LoadError, match="confirmations: expected a language"):
        load(tmp_path)


def test_an_empty_directory_is_said_to_be_empty(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="no content here"):
        read_content(tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40)
@given(st.text(min_size=1, max_size=80), st.text(max_size=80))
def test_any_text_that_the_desk_accepts_survives_the_round(tmp_path: Path, first: str, second: str) -> None:
    empty_the_desk()
    try:
        with transaction.atomic():
            source = Source.objects.create(kind="news", title=first, authors=f"{first}\n{second}", language="ru")
            Quote.objects.create(source=source, attribution="unnamed", text_ru=f"{first}\n\n{second}", text_en=second)
    except Refused:
        return
    directory = tmp_path / uuid4().hex
    dump_content(directory)
    before = tree(directory)
    assert load(directory) == 0
    empty_the_desk()
    load(directory)
    dump_content(directory)
    assert tree(directory) == before


def test_the_agreement_on_the_words_of_a_quote_comes_along(tmp_path: Path) -> None:
    quote = a_quote()
    confirm(quote.pk, "en", {"text": "c" * 64}, by=None, at=NOON)
    dump_content(tmp_path)
    empty_the_desk()
    load(tmp_path)
    assert confirmed(quote.pk, "en") == {"text": "c" * 64}


def test_nobody_vouches_for_what_a_file_does_not_say(tmp_path: Path) -> None:
    article = an_article()
    confirm(article.pk, "en", {"head": "c" * 64}, by=None, at=NOON)
    dump_content(tmp_path)
    block = str(article.headingblock_set.get().pk)
    confirm(article.pk, "en", {block: "d" * 64}, by=None, at=NOON)
    confirm(article.pk, "ru", {"head": "d" * 64}, by=None, at=NOON)
    assert load(tmp_path) == 1
    assert (confirmed(article.pk, "en"), confirmed(article.pk, "ru")) == ({"head": "c" * 64}, {})


def test_a_file_cannot_withdraw_a_quote_behind_the_back_of_its_readers(tmp_path: Path) -> None:
    article, quote, by = an_article(), a_quote(), an_editor()
    place(article, quote)
    publish_article(article, by=by)
    Quote.objects.update(withdrawn_at=NOON)
    dump_content(tmp_path)
    Quote.objects.update(withdrawn_at=None)
    with pytest.raises(LoadError, match="readers still see it"):
        load(tmp_path)
    assert Quote.objects.get().withdrawn_at is None


def test_a_source_that_readers_see_with_its_notice_can_be_loaded_as_withdrawn(tmp_path: Path) -> None:
    article, quote, by = an_article(), a_quote(), an_editor()
    place(article, quote)
    publish_article(article, by=by)
    withdraw_part("source", quote.source_id, reason_code="error", reasons={"ru": "Да.", "en": "Yes."}, by=by, at=NOON)
    dump_content(tmp_path)
    empty_the_desk()
    load(tmp_path)
    assert Source.objects.get(pk=quote.source_id).withdrawn_at == NOON
