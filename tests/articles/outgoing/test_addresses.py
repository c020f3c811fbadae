"""Where an address may lead."""

import threading
from ipaddress import ip_address

import pytest

from articles.outgoing.addresses import Fault, Policy, Target, check, is_public, read_address, resolved

PUBLIC = Policy()
LOCAL = Policy(loopback=True)

NOT_PUBLIC = [
    # this machine
    "127.0.0.1", "127.255.255.254", "::1", "0.0.0.0", "0.1.2.3", "::",
    # private networks, and addresses of a single link
    "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.1.1", "fe80::1", "fc00::1", "fd12:3456::1",
    "fec0::1",
    # metadata of providers
    "169.254.169.254", "fd00:ec2::254", "168.63.129.16", "100.100.100.200", "192.0.0.192",
    # shared by customers of one provider
    "100.64.0.1", "100.127.255.255",
    # many at once, and nobody
    "224.0.0.1", "239.255.255.255", "255.255.255.255", "ff02::1", "ff0e::1", "240.0.0.1", "100::1",
    # documentation and measuring
    "192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "2001:db8::1", "3fff::1",
    # an IPv4 address within: mapped, compatible, 6to4, Teredo, NAT64, ISATAP
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::10.0.0.1",
    "2002:7f00:1::", "2002:a9fe:a9fe::1", "2002:0a00:0001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254", "64:ff9b:1::10.0.0.1",
    "2a00:1450::5efe:10.0.0.1", "2a00:1450::200:5efe:10.0.0.1", "192.88.99.1",
    # with a link named
    "fe80::1%2", "2a00:1450:4001::1%2",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_PUBLIC)
def test_an_address_that_is_not_everybody_s_is_not_public(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", [
    "1.1.1.1", "8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.1", "172.32.0.1", "192.169.0.1",
    "2606:4700:4700::1111", "2a00:1450:4001:81b::200e", "64:ff9b::8.8.8.8",
])  # fmt: skip
def test_an_address_of_the_internet_is_public(text: str) -> None:
    assert is_public(ip_address(text))


@pytest.mark.parametrize("text", [
    "", "partner.example", "//partner.example/", "/hook", "http://partner.example/", "ftp://partner.example/",
    "file:///etc/passwd", "gopher://partner.example/", "https:partner.example", "https://", "https:///hook",
    "https://user@partner.example/", "https://user:word@partner.example/", "https://@partner.example/",
    "https://partner.example/#part", "https://partner.example/#", "https://partner.example:22/",
    "https://partner.example:80/", "https://partner.example:0/", "https://partner.example:65536/",
    "https://partner.example:port/", "https://partner.example:-1/", "https://partner.example\\@127.0.0.1/",
    "https://partner.example/a b", "https://partner.example/\r\nX: y", "https://partner.example/\0",
    "https://partner.example/ё", "https://партнёр.example/", "https://part_ner.example/", "https://-partner.example/",
    "https://partner..example/", "https://.partner.example/", "https://[::1/", "https://[partner]/", "https://%31.com/",
    "https://2130706433/", "https://0x7f.1/", "https://127.1/", "https://0177.0.0.1/", "https://1.2.3.4.5/",
    "https://0x7f000001/", "https://partner.example/" + "a" * 500, " https://partner.example/",
    f"https://{'a' * 64}.example/", f"https://{'a.' * 130}example/",
])  # fmt: skip
def test_what_is_no_plain_https_address_is_refused(text: str) -> None:
    found = read_address(text, PUBLIC)
    assert isinstance(found, Fault)
    assert found.kind == "bad-address"


@pytest.mark.parametrize("text", [
    "https://localhost/", "https://hooks/", "https://printer.local/", "https://metadata.google.internal/",
    "https://db.corp/", "https://nas.lan/", "https://LOCALHOST/",
])  # fmt: skip
def test_a_name_of_a_local_network_is_refused(text: str) -> None:
    found = read_address(text, PUBLIC)
    assert isinstance(found, Fault)
    assert found.kind == "forbidden-address"


def test_an_address_is_taken_apart() -> None:
    assert read_address("https://Hooks.Partner.example:8443/a/b?c=d%20e", PUBLIC) == Target(
        "https", "hooks.partner.example", 8443, "/a/b?c=d%20e"
    )
    assert read_address("HTTPS://xn--80ak6aa92e.example", PUBLIC) == Target("https", "xn--80ak6aa92e.example", 443, "/")
    assert read_address("https://[2606:4700::1111]/", PUBLIC) == Target("https", "2606:4700::1111", 443, "/")


def test_the_header_host_names_the_port_where_it_is_not_the_usual_one() -> None:
    assert Target("https", "partner.example", 443, "/").authority == "partner.example"
    assert Target("https", "partner.example", 8443, "/").authority == "partner.example:8443"
    assert Target("https", "2606:4700::1111", 8443, "/").authority == "[2606:4700::1111]:8443"


def test_for_trying_out_this_machine_may_be_asked_and_nothing_else_is_opened() -> None:
    assert isinstance(read_address("http://127.0.0.1:8000/", LOCAL), Target)
    assert isinstance(read_address("http://localhost:8000/", LOCAL), Target)
    assert isinstance(read_address("http://[::1]:8000/", LOCAL), Target)
    for address in ("10.0.0.1", "169.254.169.254", "0.0.0.0", "::ffff:127.0.0.1"):
        found = check("http://partner.example/", LOCAL, resolve=lambda *_, address=address: [address])
        assert found is not None
        assert found.kind == "forbidden-address"


def looked_up(*addresses: str) -> list[str] | Fault:
    target = Target("https", "partner.example", 443, "/")
    return resolved(target, PUBLIC, seconds=60, resolve=lambda host, port: list(addresses))


def test_every_address_of_a_name_is_returned_once_and_in_order() -> None:
    assert looked_up("2606:4700::1111", "1.1.1.1", "1.1.1.1") == ["2606:4700::1111", "1.1.1.1"]


@pytest.mark.parametrize("bad", ["127.0.0.1", "::1", "10.1.2.3", "169.254.169.254", "::ffff:10.0.0.1"])
def test_one_address_that_is_not_public_spoils_the_name(bad: str) -> None:
    found = looked_up("1.1.1.1", bad)
    assert isinstance(found, Fault)
    assert found.kind == "forbidden-address"
    # Whoever typed the name learns nothing about our network.
    assert bad not in found.sentence


def test_a_name_that_leads_nowhere_is_a_fault() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    target = Target("https", "partner.example", 443, "/")
    for resolve in (unknown, lambda host, port: []):
        found = resolved(target, PUBLIC, seconds=60, resolve=resolve)
        assert isinstance(found, Fault)
        assert found.kind == "no-such-host"


def test_a_resolver_that_hangs_keeps_nobody_waiting() -> None:
    ended = threading.Event()

    def hangs(host: str, port: int) -> list[str]:
        ended.wait(60)
        return ["1.1.1.1"]

    found = resolved(Target("https", "partner.example", 443, "/"), PUBLIC, seconds=0.05, resolve=hangs)
    ended.set()
    assert isinstance(found, Fault)
    assert found.kind == "too-slow"
