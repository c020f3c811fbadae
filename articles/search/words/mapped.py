"""The Russian dictionary as the file that it is, so that all processes of a machine hold it once.

The library reads its word graphs into arrays, 14 MB in each process. The files hold the very same numbers in the same
order, so each array gives way to a view of its file. Where a release of the library keeps them in another way, what it
has read stays: it costs memory and nothing else.
"""

import mmap
import os
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# How many units follow stands before each of the two parts of a file, in so many bytes.
_COUNT = 4


def map_graphs(analyzer: Any) -> int:
    """Replace the graphs of a `MorphAnalyzer` by views of their files; return how many bytes need no memory now."""
    return sum(_map(graph, path) for graph, path in _graphs(analyzer))


def _graphs(analyzer: Any) -> Iterator[tuple[Any, Path]]:
    folder = Path(analyzer.dictionary.path)
    yield analyzer.dictionary.words, folder / "words.dawg"
    for number, graph in enumerate(analyzer.dictionary.prediction_suffixes_dawgs):
        yield graph, folder / f"prediction-suffixes-{number}.dawg"
    yield getattr(analyzer.prob_estimator, "p_t_given_w", None), folder / "p_t_given_w.intdawg"


def _map(graph: Any, path: Path) -> int:
    units, guide = (getattr(getattr(graph, name, None), "_units", None) for name in ("dct", "guide"))
    if not isinstance(units, array) or not isinstance(guide, array):
        return 0
    if (units.typecode, guide.typecode) != ("I", "B") or not path.is_file():
        return 0
    end = _COUNT + len(units) * units.itemsize
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) != end + _COUNT + len(guide):
            return 0
        whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    view = memoryview(whole)
    mapped, guiding = view[_COUNT:end].cast("I"), view[end + _COUNT :]
    if mapped != units or guiding != guide:
        return 0
    # Comparing has read all of it; of what is asked for a few pages come back.
    whole.madvise(mmap.MADV_DONTNEED)
    graph.dct._units, graph.guide._units = mapped, guiding
    return mapped.nbytes + guiding.nbytes
