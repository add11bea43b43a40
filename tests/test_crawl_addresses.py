"""Which addresses may be asked."""

import pytest

from scraper.crawl.addresses import is_public, refusal

PRIVATE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:10.0.0.1",
    "2002:7f00:1::",
    "64:ff9b::7f00:1",
    "no address",
    "fec0::1",
    "::127.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b:1::7f00:1",
    "5f00::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_in_every_spelling_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://localhost/",
        "http://printer.local/",
        "https://example.org:22/",
        "http://example.org:6379/",
        "ftp://example.org/",
        "file:///etc/passwd",
    ],
)
def test_what_is_refused_by_the_url_alone(url: str) -> None:
    assert refusal(url, frozenset())


def test_only_the_exact_host_and_port_is_allowed() -> None:
    allow = frozenset({"127.0.0.1:8701"})
    assert not refusal("http://127.0.0.1:8701/a", allow)
    assert refusal("http://127.0.0.1:8702/a", allow)
    assert refusal("http://127.0.0.2:8701/a", allow)
