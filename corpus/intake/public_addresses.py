"""Which addresses are hosts of the public internet: none of a block that IANA has set apart for something else.

The tables are its special-purpose registries, with the blocks that are globally reachable too: they hold relays, sinks of the
name system and doors into the network of whoever asks, and never a page. https://www.iana.org/assignments/iana-ipv4-special-registry,
…/iana-ipv6-special-registry. Of version 6 only 2000::/3 is given out to hosts; what lies outside it needs no line.
"""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

UNICAST_6 = IPv6Network("2000::/3")
SPECIAL: list[IPv4Network | IPv6Network] = [
    ip_network(block)
    for block in """
    0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24
    192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
    2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20
    """.split()
]


def is_public(address: str) -> bool:
    """Whether it is a unicast address of the public internet, also when it is wrapped in another one."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped:
            ip = ip.ipv4_mapped
        elif ip not in UNICAST_6:
            return False
    # is_global too: the table of a newer Python may know a block that this one does not.
    return ip.is_global and not any(ip in block for block in SPECIAL)
