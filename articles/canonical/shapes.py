"""Classes that are read from JSON, learnt before any thread reads one. Plain Python."""

from collections.abc import Callable
from typing import TypeVar

import msgspec

_S = TypeVar("_S", bound=msgspec.Struct)


def learn(shape: type[_S]) -> type[_S]:
    """Have msgspec find out now what is in a class, and in those inside it; return the class.

    Else it does so when it first reads one, and where a second thread reads the same class meanwhile the process ends
    with a fault of memory. So whatever is read is learnt while modules are imported, by one thread.
    """
    msgspec.json.Decoder(shape)
    return shape


def reader(shape: type[_S]) -> Callable[[str | bytes], _S]:
    """Learn a class and return what reads one from JSON, strictly."""
    return msgspec.json.Decoder(shape).decode
