"""Clocks of one module alone: other threads of the same process tell the time meanwhile, and theirs goes on."""

import time
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest


def tells(monkeypatch: pytest.MonkeyPatch, module: ModuleType, **functions: Callable[..., Any]) -> None:
    """Let a module that says `import time` find these functions in it, and everything else as it is."""
    monkeypatch.setattr(module, "time", SimpleNamespace(**(vars(time) | functions)))
