"""A corpus for measuring is what the press, the index and the lists would have written, row by row."""

from collections import Counter

import pytest

from articles.content.texts import Article
from articles.editions.in_step import translation_states
from articles.editions.shelf import Edition, Standing
from articles.editions.verifying import verify_editions
from articles.publishing.gist_making import gists_made
from articles.publishing.gists import Gist, Reading, are_behind, true_gists
from articles.publishing.preflight import preflight
from articles.search.entries import entry_of, written
from articles.search.following import is_behind
from articles.search.tables import IndexedText, IndexedWord
from tests.bench.asking import ASKED, SEARCHES, Asker, measured
from tests.bench.making.corpus import make_corpus

pytestmark = pytest.mark.django_db


def test_what_is_cast_is_what_the_press_would_have_written(client):
    make_corpus(5, moulds_at_most=2)
    make_corpus(8, moulds_at_most=1)
    assert list(verify_editions()) == []
    texts = list(Article.objects.filter(slug_en__startswith="generated-text-").order_by("title_en"))
    assert len(texts) == 8
    for text in texts:
        proofs = preflight("article", text, ["ru", "en"]).values()
        assert not any(proof.problems or proof.unconfirmed or proof.is_newly_confirmed for proof in proofs)
        assert all(proof.is_unchanged for proof in proofs)
        assert {state.state for state in translation_states(str(text.pk)).values()} == {"in_step"}
    _the_index_holds_what_it_would_read()
    _the_lists_say_what_they_would_make(texts)
    for text in texts[:4]:
        for language in ("ru", "en"):
            page = client.get(f"/{language}/articles/{getattr(text, f'slug_{language}')}/")
            assert page.status_code == 200
            assert getattr(text, f"title_{language}") in page.content.decode().replace("\N{NO-BREAK SPACE}", " ")
        # Its number is a word that no other text has.
        number = text.slug_en.rpartition("-")[2]
        found = client.get(f"/en/search/?q={number}").content.decode()
        assert [other.slug_en for other in texts if f"{other.slug_en}/" in found] == [text.slug_en]
    _what_growth_asks_is_answered()


def _what_growth_asks_is_answered():
    asker = Asker()
    for name in [*ASKED, SEARCHES]:
        assert measured(asker.job(name, 0), counted=True)[1] > 0


def _the_index_holds_what_it_would_read():
    assert not is_behind()
    counted: Counter[tuple[str, str]] = Counter()
    for edition in Edition.objects.filter(kind="article"):
        row, entry = IndexedText.objects.get(edition=edition), entry_of(edition)
        assert row.pk == IndexedText.key(edition.item, edition.language)
        held = (row.postings, row.forms.split(), row.sizes, row.stretches)
        assert held == (entry.postings, sorted(entry.forms), written([entry.sizes]), written(entry.stretches))
    for language, forms in IndexedText.objects.values_list("language", "forms"):
        counted.update((language, form) for form in forms.split())
    assert counted == {(word.language, word.form): word.texts for word in IndexedWord.objects.all()}


def _the_lists_say_what_they_would_make(texts):
    assert not are_behind()
    kept, made = true_gists([text.pk for text in texts]), gists_made(texts)
    names = [field.name for field in Gist._meta.concrete_fields if field.name != "id"]
    for gist in made.gists:
        held = kept[gist.item, gist.language]
        assert [getattr(held, name) for name in names] == [getattr(gist, name) for name in names]
    rows = Reading.objects.filter(item__in=[text.pk for text in texts]).values_list("item", "row")
    assert set(rows) == {(reading.item, reading.row) for reading in made.readings}
    stand = Standing.objects.filter(kind="article", state=Standing.State.LIVE)
    assert stand.count() == 2 * (len(texts) + 1)
