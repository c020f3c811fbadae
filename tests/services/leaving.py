"""A browser that is closed leaves nothing behind it, and no request outlives the test that caused it.

Pages send by themselves: scratch copies while they are left, who else is there every few seconds, pictures, what a
script asks for after a page has loaded. One of these while the database is being emptied fails this test or the next.
"""

from __future__ import annotations

import re
import select
import socket
import time
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from playwright.sync_api import Error as PlaywrightError

from tests.services.patience import PATIENCE

if TYPE_CHECKING:
    import pytest
    from playwright.sync_api import BrowserContext

# Connections of the servers of this process: whether each has a request that is not answered to its end.
_connections: dict[socket.socket, bool] = {}
_listening: set[socket.socket] = set()
_lock = Lock()
_ended: WeakSet[BrowserContext] = WeakSet()

# What a page sends as it goes may slip past every route of the browser, so the page itself forgets how to send.
_MUTE = "() => { window.fetch = () => new Promise(() => {}); navigator.sendBeacon = () => true }"


def end_quietly(context: BrowserContext) -> None:
    """End every page of a browser; nothing that one of them sends while it goes arrives any more."""
    if context in _ended:
        return
    _ended.add(context)
    for page in context.pages:
        for frame in page.frames:
            # A frame that goes at this moment has nothing more to say.
            with suppress(PlaywrightError):
                frame.evaluate(_MUTE)
    context.route(re.compile(""), lambda route: route.abort())
    for page in context.pages:
        # A page that is on its way elsewhere just now may be closed from there.
        with suppress(PlaywrightError):
            page.goto("about:blank")
        page.close()


def wait_until_quiet() -> None:
    """Return when no server of this process works on a request and none has one to read."""
    deadline = time.monotonic() + PATIENCE
    while is_at_work():
        assert time.monotonic() < deadline, "a request to a server of this test does not end"
        time.sleep(0.005)


def count_requests(patching: pytest.MonkeyPatch) -> None:
    """From now on the servers of this process say which of their connections are at work."""
    accept, end = ThreadedWSGIServer.get_request, ThreadedWSGIServer.close_request
    activate, close = ThreadedWSGIServer.server_activate, ThreadedWSGIServer.server_close
    answer = WSGIRequestHandler.handle_one_request

    def get_request(self: ThreadedWSGIServer) -> Any:
        # In one step: a connection is waiting to be taken, or is known.
        with _lock:
            request, address = accept(self)
            _connections[request] = False
        return request, address

    def close_request(self: ThreadedWSGIServer, request: Any) -> None:
        with _lock:
            _connections.pop(request, None)
        end(self, request)

    def handle_one_request(self: WSGIRequestHandler) -> None:
        # Not read before it is noted: until then the socket itself says that something waits.
        waiting = select.poll()
        waiting.register(self.connection, select.POLLIN)
        waiting.poll()
        _note(self.connection, True)
        answer(self)
        _note(self.connection, False)

    def server_activate(self: ThreadedWSGIServer) -> None:
        activate(self)
        with _lock:
            _listening.add(self.socket)

    def server_close(self: ThreadedWSGIServer) -> None:
        with _lock:
            _listening.discard(self.socket)
        close(self)

    for ours in (get_request, close_request, server_activate, server_close):
        patching.setattr(ThreadedWSGIServer, ours.__name__, ours)
    patching.setattr(WSGIRequestHandler, "handle_one_request", handle_one_request)


def _note(connection: socket.socket, is_at_work: bool) -> None:
    with _lock:
        _connections[connection] = is_at_work


def is_at_work() -> bool:
    """Return whether a server of this process works on a request, or has one to read."""
    with _lock:
        if any(_connections.values()):
            return True
        # What has arrived and nobody has read: a request, or that the other side has gone.
        waiting = select.poll()
        for one in (*_connections, *_listening):
            waiting.register(one, select.POLLIN)
        return bool(waiting.poll(0))
