"""Which addresses may be asked at all: a name is resolved once, and everything that it leads to must be public.

An address typed by a stranger may lead into our own network, to the metadata of our provider, or to a service that
trusts whoever is near; now, or from the moment on at which its name is made to lead elsewhere.
"""

import re
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Literal
from urllib.parse import urlsplit

FaultKind = Literal[
    "bad-address",
    "forbidden-address",
    "no-such-host",
    "no-connection",
    "bad-certificate",
    "too-slow",
    "closed",
    "not-http",
    "too-large",
]
IpAddress = IPv4Address | IPv6Address

# Returns every address of a name; raises OSError where there is none.
Resolver = Callable[[str, int], Sequence[str]]

LONGEST = 500
_PORTS = {"https": 443, "http": 80}
# Below lie mail, shells and files: what is sent to a webhook must not be taken for a command of theirs.
_LEAST_OTHER_PORT = 1024

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)
_TYPED = re.compile(r"[!-~]+")
_LOCAL_NAMES = ("localhost", "local", "internal", "home.arpa", "lan", "intranet", "corp", "private")

# What the library takes for public, or does not know.
_NOT_PUBLIC = [
    ip_network(text)
    for text in (
        "192.0.0.0/24",  # protocol assignments; one provider keeps its metadata here
        "192.88.99.0/24",  # relays from IPv6
        "168.63.129.16/32",  # the metadata of one provider, at an address of the internet
        "2001::/23",  # protocol assignments, Teredo among them, which carries an IPv4 address
        "2002::/16",  # 6to4, which carries an IPv4 address
        "3fff::/20",  # documentation
    )
]
_UNICAST = ip_network("2000::/3")
# An IPv6 network without IPv4 reaches it through these; the last 32 bits are the address that is meant.
_NAT64 = ip_network("64:ff9b::/96")
# Interface ids of ISATAP, which carry an IPv4 address.
_ISATAP = (0x00005EFE, 0x02005EFE)


@dataclass(frozen=True)
class Policy:
    """With `loopback` this machine may be asked too, and by http: for trying out. Nothing else is ever opened."""

    loopback: bool = False


@dataclass(frozen=True)
class Fault:
    """Why nothing was answered. `sentence` is English, for a log."""

    kind: FaultKind
    sentence: str


@dataclass(frozen=True)
class Target:
    """An address taken apart. `host` is a name, or an IP address without brackets; `path` has its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Return what the header `Host` says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def read_address(text: str, policy: Policy) -> Target | Fault:
    """Return the address taken apart, or why it is none that may be asked. Nothing is resolved."""
    if len(text) > LONGEST or not _TYPED.fullmatch(text) or "\\" in text:
        return _bad("It is too long, or has characters that no address has. Write other letters as %XX or xn--….")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return _bad("It cannot be read.")
    schemes = ("https", "http") if policy.loopback else ("https",)
    if parts.scheme not in schemes:
        return _bad(f"It must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}")
    if "@" in parts.netloc:
        return _bad("A name or password in an address is not used.")
    if "#" in text:
        return _bad("What follows # is never sent.")
    host = (parts.hostname or "").lower()
    port = _PORTS[parts.scheme] if port is None else port
    if port != _PORTS[parts.scheme] and port < _LEAST_OTHER_PORT:
        return _bad(f"The port must be {_PORTS[parts.scheme]}, or {_LEAST_OTHER_PORT} and above.")
    if why := _host_fault(host, policy):
        return why
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, path)


def is_public(address: IpAddress) -> bool:
    """Return whether everybody on the internet has this address for the same machine."""
    if isinstance(address, IPv6Address):
        if address.scope_id:
            return False
        if address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in _UNICAST or (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
            return False
    if any(address in network for network in _NOT_PUBLIC if network.version == address.version):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def may_be_asked(address: IpAddress, policy: Policy) -> bool:
    """Return whether a connection to this address is allowed."""
    return is_public(address) or (policy.loopback and address.is_loopback)


def system_resolver(host: str, port: int) -> list[str]:
    """Return what the system says, in its order; raises OSError where it knows none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[4][0]) for address in found]


def check(text: str, policy: Policy, *, seconds: float = 5.0, resolve: Resolver = system_resolver) -> Fault | None:
    """Return why we would not ask this address now, None if we would."""
    target = read_address(text, policy)
    found = target if isinstance(target, Fault) else resolved(target, policy, seconds=seconds, resolve=resolve)
    return found if isinstance(found, Fault) else None


def resolved(
    target: Target, policy: Policy, *, seconds: float, resolve: Resolver = system_resolver
) -> list[str] | Fault:
    """Return every address of the target's name, all of them allowed; a single one that is not spoils them all."""
    found: list[Sequence[str] | OSError | UnicodeError] = []

    def look_up() -> None:
        try:
            found.append(resolve(target.host, target.port))
        except (OSError, UnicodeError) as fault:
            found.append(fault)

    # The system's resolver has no time limit of its own. A thread that hangs ends when the system gives up.
    looking = threading.Thread(target=look_up, daemon=True)
    looking.start()
    looking.join(max(0.0, seconds))
    if not found:
        return Fault("too-slow", "The name was not resolved in time.")
    texts = found[0]
    if isinstance(texts, Exception) or not texts:
        return Fault("no-such-host", "The name could not be resolved.")
    addresses = [ip_address(text) for text in dict.fromkeys(texts)]
    if not all(may_be_asked(address, policy) for address in addresses):
        # Which address it was is not told: whoever typed the name could look around in our network by it.
        return Fault("forbidden-address", "The name leads to an address that is not public.")
    return [str(address) for address in addresses]


def _host_fault(host: str, policy: Policy) -> Fault | None:
    if not host or len(host) > 253:
        return _bad("It names no server.")
    if ":" in host:
        return None if _is_ip(host) else _bad("In the brackets stands no address.")
    if not all(_LABEL.fullmatch(label) for label in host.split(".")):
        return _bad("This is no name of a server. Write letters outside a–z in the form xn--…")
    if host.rpartition(".")[2].isdigit() or host.rpartition(".")[2].startswith("0x"):
        return None if _is_ip(host) else _bad("An address in numbers has four of them.")
    if policy.loopback and host == "localhost":
        return None
    if "." not in host or any(f".{host}".endswith(f".{name}") for name in _LOCAL_NAMES):
        return Fault("forbidden-address", "A name without a domain, or of a local network, leads to no public server.")
    return None


def _is_ip(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _bad(sentence: str) -> Fault:
    return Fault("bad-address", sentence)
