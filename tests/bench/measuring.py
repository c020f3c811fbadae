"""Several things timed in one run, in turns, so that whatever else the machine does slows all of them alike."""

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter

# A turn is long beside the clock's own unrest and short beside that of the machine.
_SECONDS_A_TURN = 0.02
_TURNS = 25


def microseconds(jobs: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Return the median time of each job."""
    times = {name: max(1, int(_SECONDS_A_TURN / max(_once(job, 3), 1e-7))) for name, job in jobs.items()}
    found: dict[str, list[float]] = {name: [] for name in jobs}
    for _turn in range(_TURNS):
        for name, job in jobs.items():
            found[name].append(_once(job, times[name]) * 1e6)
    return {name: median(all_of_them) for name, all_of_them in found.items()}


def _once(job: Callable[[], object], times: int) -> float:
    start = perf_counter()
    for _time in range(times):
        job()
    return (perf_counter() - start) / times


def table(title: str, found: Mapping[str, float], beside: str) -> str:
    """Return the times with their ratio to one of them."""
    width = max(len(name) for name in found)
    rows = [f"{name:{width}}  {time:10.1f} µs  {time / found[beside]:8.2f} ×" for name, time in found.items()]
    return "\n".join([title, f"{'':{width}}  {'median':>13}  {'ratio':>10}", *rows])
