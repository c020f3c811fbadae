"""Progress is a bar on a terminal and plain lines elsewhere."""

from io import StringIO

from articles.management.progress import Progress


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    """Every look at it is a second later."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


def test_a_file_gets_one_plain_line_for_each_step() -> None:
    stream = StringIO()
    progress = Progress(stream, 2, Clock())
    progress.step("a.yaml: loaded")
    progress.step("b.yaml: unchanged")
    progress.close()
    assert stream.getvalue() == "a.yaml: loaded\nb.yaml: unchanged\n"


def test_a_terminal_gets_a_bar_with_rate_and_time_left() -> None:
    stream = Terminal()
    progress = Progress(stream, 4, Clock())
    progress.step("a.yaml: loaded")
    assert stream.getvalue() == "\r\033[K[######                  ] 1/4, 1/s, 3 s left"
    for _ in range(3):
        progress.step("more")
    progress.close()
    assert stream.getvalue().endswith("[########################] 4/4, 1/s\n")


def test_a_fast_run_is_drawn_only_now_and_then() -> None:
    stream = Terminal()
    progress = Progress(stream, 1000, lambda: 5.0)
    for _ in range(1000):
        progress.step("one")
    assert stream.getvalue().count("\r") == 2
    assert "1000/1000" in stream.getvalue()


def test_nothing_to_do_draws_nothing() -> None:
    stream = Terminal()
    Progress(stream, 0, Clock()).close()
    assert stream.getvalue() == ""
