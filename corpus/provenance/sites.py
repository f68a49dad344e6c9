"""Which addresses are of one site: what one registrant answers for, by the public suffix list with its private section.

Pure, and offline: the list comes with the package `tld`, which never asks for a newer one by itself. Its age is that of the
package in requirements.txt.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

import tld

# Hosts that give every author a name of his own below theirs, and that the list does not have.
BLOG_HOSTS = frozenset(
    "beehiiv.com blog.fc2.com ghost.io home.blog livejournal.com medium.com over-blog.com seesaa.net squarespace.com "
    "substack.com telegra.ph tistory.com tumblr.com typepad.com weebly.com wordpress.com".split()
)


def same_site(one: str, other: str) -> bool:
    """Whether two addresses (https://…) are of one site. An address without a host is of none."""
    site = site_of(host_of(one))
    return bool(site) and site == site_of(host_of(other))


def host_of(address: str) -> str:
    """The host of an address as the name system knows it: in lower case and ASCII, without a dot at its end. Empty for none."""
    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
        return host.encode("idna").decode().lower()
    except (ValueError, UnicodeError):
        return ""


@lru_cache(maxsize=4096)
def site_of(host: str) -> str:
    """The name below the public suffix: bbc.co.uk of news.bbc.co.uk, x.github.io of a.x.github.io.

    A suffix, a network address and a name without a dot are sites of their own; below a suffix that the list does not have,
    the last two names are.
    """
    labels = host.split(".")
    if is_network_address(host) or len(labels) < 2 or host in BLOG_HOSTS:
        return host
    for at in range(1, len(labels)):
        if ".".join(labels[at:]) in BLOG_HOSTS:
            return ".".join(labels[at - 1 :])
    listed = tld.get_fld(f"http://{readable(host)}", fail_silently=True, search_private=True)
    return ".".join(labels[-len(listed.split(".")) :]) if isinstance(listed, str) else ".".join(labels[-2:])


def readable(host: str) -> str:
    """As the list writes names: 公司.hk, not xn--55qx5d.hk."""
    try:
        return host.encode().decode("idna")
    except UnicodeError:
        return host


def is_network_address(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False
