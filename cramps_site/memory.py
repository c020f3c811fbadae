"""Memory that a process has done with goes back to the system.

Eight threads that search at once take some thirty megabytes for a moment. glibc keeps what they free, for a next time
that may never come; nobody notices the millisecond in which it gives it back.
"""

import ctypes
import gc
import time
from collections.abc import Callable

# Often enough that no peak stays for long, seldom enough to cost nothing.
_EVERY = 2.0

# So many objects more than before are made before Python looks for circles among the youngest. One page is some
# thousands, which go as it is sent: looked through at each 700, as is its custom, they cost a twelfth of the page.
_YOUNG = 10_000

# By its number in malloc.h: among how many arenas the threads of a process share their memory.
_M_ARENA_MAX = -8
_ARENAS = 2

# Other libraries of C have no such functions, and keep less.
_trim: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
_set: Callable[[int, int], int] | None = getattr(ctypes.CDLL(None), "mallopt", None)


def share() -> bool:
    """Let threads share two arenas; return whether this system can. To be called before there are threads.

    glibc gives each thread one of its own, which keeps what that thread once needed. Of Python's threads one works at a
    time, so they hardly ever wait for each other there.
    """
    return _set is not None and _set(_M_ARENA_MAX, _ARENAS) == 1


def settle() -> None:
    """Let what is there now stay out of the search for what is in use no more, and search seldom; to be called once a
    process has started.

    All of it lives as long as the process, and looking through it keeps a reader waiting for some tenths of
    a second now and then.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])


def give_back() -> bool:
    """Give back what is free now; return whether this system can."""
    if _trim is None:
        return False
    _trim(0)
    return True


def now_and_then() -> Callable[[], None]:
    """Return a chore that gives back every few seconds, however often it is called."""
    next_time = time.monotonic() + _EVERY

    def chore() -> None:
        nonlocal next_time
        if time.monotonic() >= next_time:
            give_back()
            next_time = time.monotonic() + _EVERY

    return chore
