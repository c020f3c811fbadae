"""`python killing.py LINES PROGRAM [arguments]`: run a Python program and kill it when it comes to its n-th line.

SIGKILL, from which nothing in the program can save it. The count is of lines that are executed in the program's own
file, so a slow machine kills at the same points as a fast one. A program that ends before prints its count.
"""

import os
import runpy
import signal
import sys
from types import FrameType
from typing import Any


def main(most: int, program: str, arguments: list[str]) -> None:
    count = 0

    def line(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        if event == "line":
            count += 1
            if count == most:
                os.kill(os.getpid(), signal.SIGKILL)
        return line

    def called(frame: FrameType, event: str, _: Any) -> Any:
        return line if frame.f_code.co_filename == program else None

    sys.argv = [program, *arguments]
    sys.settrace(called)
    try:
        runpy.run_path(program, run_name="__main__")
    finally:
        sys.settrace(None)
        print(f"lines {count}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
