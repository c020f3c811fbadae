"""How long tests wait for what must come: so long that only what never comes fails, on the busiest machine."""

import random
import socket
from pathlib import Path

# Seconds. Whoever waits looks often, so patience costs nothing where all is well.
PATIENCE = 300.0

_LOWEST, _HIGHEST = 10_000, 30_000
_TAKEN_FROM = Path("/proc/sys/net/ipv4/ip_local_port_range")


def free_port() -> int:
    """Return a port of this machine that nobody uses, chosen at random from those that the system gives to nobody.

    A port that the system chose might be given to somebody else's connection before a server that starts has taken it.
    """
    highest = _HIGHEST
    if _TAKEN_FROM.exists():
        lowest_taken = int(_TAKEN_FROM.read_text().split()[0])
        highest = min(highest, lowest_taken - 1) if lowest_taken > _LOWEST + 1000 else highest
    dice = random.SystemRandom()
    while True:
        with socket.socket() as probe:
            port = dice.randint(_LOWEST, highest)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
