"""Where a request comes from: the client's address, and the network that stands for it."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def network_of_request(request: HttpRequest | None) -> str:
    return network_of(address_of(request))


def address_of(request: HttpRequest | None) -> str:
    """The client's address. X-Forwarded-For counts only as far as our own proxies wrote it."""
    if request is None:
        return ""
    hops = [hop for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    if 0 < settings.PROXIES <= len(hops):
        return str(hops[-settings.PROXIES]).strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def network_of(address: str) -> str:
    """The /24 of an IPv4 address, the /64 of an IPv6 one, "unknown" for anything else."""
    return prefix_of(address, 64)


def block_of(network: str) -> str:
    """The /48 in which an IPv6 network lies: whoever has one of its networks has them all, or nearly. Any other network itself."""
    return prefix_of(network.partition("/")[0], 48)


def prefix_of(address: str, length: int) -> str:
    host = address.rpartition(":")[0] if address.count(":") == 1 else address
    try:
        ip = ipaddress.ip_address(host.partition("]")[0].removeprefix("["))
    except ValueError:
        return "unknown"
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return str(ipaddress.ip_network(f"{ip}/{24 if ip.version == 4 else length}", strict=False))
