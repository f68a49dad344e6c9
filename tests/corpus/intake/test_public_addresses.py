"""No address out of a block that IANA has set apart is public: both registries, line by line, and what lies beside them."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest

from corpus.intake.public_addresses import is_public

# iana-ipv4-special-registry and iana-ipv6-special-registry as of 2026, with multicast, which has registries of its own.
VERSION_4 = """0.0.0.0/8 0.0.0.0/32 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.0.0/29
192.0.0.8/32 192.0.0.9/32 192.0.0.10/32 192.0.0.170/32 192.0.0.171/32 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24
192.88.99.2/32 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4 255.255.255.255/32
224.0.0.0/4""".split()
VERSION_6 = """::1/128 ::/128 ::ffff:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 100:0:0:1::/64 2001::/23 2001::/32 2001:1::1/128 2001:1::2/128
2001:1::3/128 2001:2::/48 2001:3::/32 2001:4:112::/48 2001:10::/28 2001:20::/28 2001:30::/28 2001:db8::/32 2002::/16 2620:4f:8000::/48
3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8 ::/96""".split()
PUBLIC = """1.1.1.1 8.8.8.8 93.184.216.34 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255
169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.0.3.0 192.31.195.255 192.31.197.0 192.52.194.0 192.88.98.255 192.88.100.0
192.167.255.255 192.169.0.0 192.175.47.255 192.175.49.0 198.17.255.255 198.20.0.0 198.51.99.255 198.51.101.0 203.0.112.255 203.0.114.0
223.255.255.255 2606:4700:4700::1111 2001:200::1 2001:4860:4860::8888 2003::1 2620:4f:8001::1 2a00::1 ::ffff:93.184.216.34""".split()


@pytest.mark.parametrize("block", VERSION_4 + VERSION_6)
def test_no_address_of_a_special_block_is_public(block: str) -> None:
    network = ip_network(block)
    ends = (network[0], network[-1]) if block != "::ffff:0:0/96" else ()  # the embedded address decides
    for address in map(str, ends):
        assert not is_public(address), address
        if network.version == 4:
            assert not is_public(f"::ffff:{address}"), address
            assert not is_public(f"64:ff9b::{address}"), address


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_beside_them_is(address: str) -> None:
    assert ip_address(address)
    assert is_public(address)


@pytest.mark.parametrize("words", ["", "nonsense", "1.1.1", "fe80::1%eth0", "::ffff:192.88.99.1", "2002:5db8:d822::1"])
def test_nothing_else_is(words: str) -> None:
    assert not is_public(words)
