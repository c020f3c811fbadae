"""Texts that have just been published, as their next readers get them: with bytes made ahead, on demand, and plainly.

The bytes are made before anybody asks, by a thread of the server (articles/answers/ahead.py): what that costs is told
beside. With `first` nobody has made them, and the server renders.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from uuid import UUID

from tests.bench.loading import Asked, ask_once
from tests.bench.serving import Running, family, granian, until_quiet
from tests.bench.site import PLAINLY, Site, articles
from tests.bench.tables import Aim, Line, Report
from tests.bench.warm import plain_site

# So many times, for a warm answer costs little beside the rest of what a server does meanwhile.
_TIMES = 3


def ahead(site: Site) -> Report:
    """The next reader of what was published, with `WARM_AHEAD` as it is and switched off."""
    number = site.pick(12, 40)
    site.has_large(site.pick(120, 400))
    some = articles(20, 20 + number)
    pages = [path for _item, ru, en in some for path in (f"/ru/articles/{ru}/", f"/en/articles/{en}/")]
    items = [f"/api/v1/articles/{item}/?lang={code}" for item, _ru, _en in some for code in ("ru", "en")]
    spent: dict[str, float] = {}
    with ExitStack() as stack:
        ours = stack.enter_context(_served(site, "made ahead", {}))
        lazy = stack.enter_context(_served(site, "made on demand", {"WARM_AHEAD": "0"}))
        plain = stack.enter_context(plain_site(site, "large", 40, 28))
        plain_pages = [f"/{code}/articles/text-{one % 40}/" for one in range(number) for code in ("ru", "en")]
        plain_items = [f"/api/articles/{1 + one % 80}/" for one in range(2 * number)]
        for server, paths in ((ours, pages + items), (lazy, pages + items), (plain, plain_pages + plain_items)):
            # Both processes of each have answered once, and what they have is dropped by what follows.
            for _process in range(4):
                ask_once(server, Asked(paths[:20], PLAINLY))
        before = ours.cpu(), lazy.cpu()
        _publish([item for item, _ru, _en in some], lambda: until_quiet([ours]))
        until_quiet([ours, lazy])
        making = (ours.cpu() - before[0]) - (lazy.cpu() - before[1])
        asked = {
            "article page, made ahead": (ours, pages * _TIMES),
            "article page, made on demand": (lazy, pages),
            "article page, plain site": (plain, plain_pages),
            "API item, made ahead": (ours, items * _TIMES),
            "API item, made on demand": (lazy, items),
            "API item, plain site": (plain, plain_items),
        }
        for name, (server, paths) in asked.items():
            begun = _threads(server)
            ask_once(server, Asked(paths, PLAINLY))
            used = sum(time - begun.get(thread, 0.0) for thread, time in _threads(server).items())
            spent[name] = used / len(paths) * 1000
    head = ("server and answer", "CPU per request, ms")
    report = Report("The next reader after a publish, where the bytes were made ahead", head)
    report.rows += [[name, f"{cost:.3f}"] for name, cost in spent.items()]
    for what in ("article page", "API item"):
        ratio = spent[f"{what}, plain site"] / spent[f"{what}, made ahead"]
        report.lines.append(Line(f"{what}, made ahead", "plain site", ratio, Aim(4)))
    report.notes.append(
        f"{number} texts were published in both languages, one after the other. Making their answers ahead cost both"
        f" processes of the server {making / number * 1000:.0f} ms for each text, before anybody asked: pages and items"
        " in both languages, what else was asked for lately and was dropped, and the pages packed with care."
    )
    return report


def _publish(items: Sequence[UUID], then: Callable[[], None]) -> None:
    from tests.bench.making.moulds import changed

    for item in items:
        changed(item)()
        then()


@contextmanager
def _served(site: Site, name: str, given: dict[str, str]) -> Iterator[Running]:
    with granian(name, "tests.bench.served:application", {**site.environment, **given}, site.log) as running:
        yield running


def _threads(server: Running) -> dict[str, float]:
    """The seconds of CPU that each thread of a server has used so far, finer than by ticks of the clock."""
    found: dict[str, float] = {}
    for pid in family(server.pid):
        for file in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            with suppress(OSError, ValueError):
                found[file.parent.name] = int(file.read_text().split()[0]) / 1e9
    return found
