from array import array
from types import SimpleNamespace

import pymorphy3
import pytest

from articles.search.words import mapped

WORDS = ["судорога", "болит", "сердцу", "ёлка", "кровотечением", "судараги", "крампы", "по-русски", "а", "cramp", "1"]


@pytest.fixture(scope="module")
def analyzer():
    return pymorphy3.MorphAnalyzer(lang="ru")


def test_a_mapped_dictionary_says_of_every_word_what_one_in_memory_says(analyzer):
    before = [analyzer.parse(word) for word in WORDS]

    spared = mapped.map_graphs(analyzer)

    assert spared > 10_000_000
    assert [analyzer.parse(word) for word in WORDS] == before
    # Mapped once, there is nothing left to map.
    assert mapped.map_graphs(analyzer) == 0


@pytest.fixture
def graph():
    """A graph of three units with its guide, as the library holds it."""
    return SimpleNamespace(
        dct=SimpleNamespace(_units=array("I", [7, 8, 9])), guide=SimpleNamespace(_units=array("B", [1, 2, 3, 4, 5, 6]))
    )


def _file(tmp_path, units, guide):
    path = tmp_path / "graph"
    path.write_bytes(len(units).to_bytes(4, "little") + units.tobytes() + (3).to_bytes(4, "little") + guide.tobytes())
    return path


def test_a_graph_is_replaced_by_the_very_numbers_of_its_file(tmp_path, graph):
    path = _file(tmp_path, graph.dct._units, graph.guide._units)

    assert mapped._map(graph, path) == 18
    assert list(graph.dct._units) == [7, 8, 9]
    assert list(graph.guide._units) == [1, 2, 3, 4, 5, 6]
    assert isinstance(graph.dct._units, memoryview)


@pytest.mark.parametrize(
    ("units", "guide"),
    [([7, 8, 0], [1, 2, 3, 4, 5, 6]), ([7, 8, 9], [1, 2, 3, 4, 5, 0]), ([7, 8], [1, 2, 3, 4, 5, 6]), ([], [1])],
)
def test_a_file_that_holds_anything_else_changes_nothing(tmp_path, graph, units, guide):
    held = graph.dct._units

    assert mapped._map(graph, _file(tmp_path, array("I", units), array("B", guide))) == 0
    assert graph.dct._units is held


def test_a_file_that_is_not_there_changes_nothing(tmp_path, graph):
    assert mapped._map(graph, tmp_path / "none") == 0


def test_a_library_that_keeps_graphs_in_another_way_goes_on_as_it_does(tmp_path):
    path = _file(tmp_path, array("I", [7]), array("B", [1, 2]))

    assert mapped._map(SimpleNamespace(), path) == 0
    assert mapped._map(SimpleNamespace(dct=object(), guide=object()), path) == 0
    wide = SimpleNamespace(
        dct=SimpleNamespace(_units=array("L", [7])), guide=SimpleNamespace(_units=array("B", [1, 2]))
    )
    assert mapped._map(wide, path) == 0
