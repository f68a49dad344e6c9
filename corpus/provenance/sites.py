"""Which addresses are of one site, what one registrant answers for, by the public suffix list with its private section; and which are
of one author, who answers for what bytes of one address say of another.

Pure, and offline: the list comes with the package `tld`, which never asks for a newer one by itself. Its age is that of the
package in requirements/base.txt.
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

import tld

# Hosts that authors share, by what tells them apart: so many parts of the path; 0, where a query may, or what is shown is of any other host.
# The list is never complete: what is missing is as safe as its host.
SHARED_BY_PATHS: tuple[tuple[str, int], ...] = (
    (r"s3(?:[.-][-.\w]{1,99})?\.amazonaws\.com(?:\.cn)?|storage\.(?:googleapis|cloud\.google)\.com|s3\.[-\w.]{1,99}", 1),
    (r"[-\w]{1,63}\.(?:digitaloceanspaces|backblazeb2|linodeobjects)\.com|objectstorage\.[-\w.]{1,99}\.oraclecloud\.com", 1),
    (
        r"(?:(?:raw|gist|media)\.githubusercontent|github|gist\.github|gitlab|codepen)\.com|bitbucket\.org|codeberg\.org|huggingface\.co",
        1,
    ),
    (
        r"medium\.com|substack\.com|dev\.to|ameblo\.jp|note\.com|qiita\.com|brunch\.co\.kr|blog\.(?:goo\.ne\.jp|csdn\.net)|t\.me",
        1,
    ),
    (r"sites\.google\.com|unpkg\.com|archive\.org|angelfire\.com|geocities\.(?:com|ws|jp)|blog\.sina\.com\.cn", 2),
    (r"(?:docs|drive)\.google\.com|cdn\.jsdelivr\.net|(?:cdn\.)?statically\.io|(?:raw|rawcdn)\.githack\.com", 3),
    (r"(?:m\.)?(?:blog|cafe|post)\.(?:naver|daum)\.(?:com|net)|mp\.weixin\.qq\.com|zhuanlan\.zhihu\.com|weibo\.(?:com|cn)", 0),
    (
        r"(?:(?:m|mobile|mbasic)\.)?(?:facebook|twitter|x|instagram|tiktok|vk|youtube|reddit|linkedin|tumblr|quora)\.com|ok\.ru|bsky\.app",
        0,
    ),
    (
        r"(?:scribd|slideshare|issuu|academia|pastebin|dropbox|dropboxusercontent|notion)\.(?:com|net|edu|so)|telegra\.ph|rentry\.co",
        0,
    ),
    (
        r"(?:web|wayback)\.archive\.org|archive\.(?:today|ph|is|li|md|vn|fo)|perma\.cc|ghostarchive\.org|arquivo\.pt|webcitation\.org",
        0,
    ),
    (r"[-\w.]{0,99}web-?archive[-\w.]{0,99}|webcache\.googleusercontent\.com|translate\.google\.[a-z.]{1,9}", 0),
    (r"(?:[-\w.]{1,99}\.)?cdn\.ampproject\.org|ipfs\.io|dweb\.link|gateway\.pinata\.cloud|r\.jina\.ai|12ft\.io", 0),
)
SHARED = tuple((re.compile(host), parts) for host, parts in SHARED_BY_PATHS)
HOME = re.compile(r"/[~@][^/]*")  # an author's part of any host
UNPLAIN = re.compile(r"%2f|%5c|%2e|%7e|%40|\\|//|/\.", re.IGNORECASE)  # paths that a server may go otherwise than they are read
# Hosts that give every author a name of his own below theirs, and that the list does not have.
BLOG_HOSTS = frozenset(
    "beehiiv.com blog.fc2.com ghost.io home.blog livejournal.com medium.com over-blog.com seesaa.net squarespace.com "
    "substack.com telegra.ph tistory.com tumblr.com typepad.com weebly.com wordpress.com".split()
)


def same_site(one: str, other: str) -> bool:
    """Whether two addresses (https://…) are of one site. An address without a host is of none."""
    site = site_of(host_of(one))
    return bool(site) and site == site_of(host_of(other))


def same_author(claimed: str, source: str) -> bool:
    """Whether what came from `source` may speak for the address `claimed`: of an equal host, and below an equal path where authors share one."""
    author = author_of(claimed)
    return bool(author) and author == author_of(source)


def author_of(address: str) -> str:
    """good.example of https://www.good.example/a, sites.google.com/view/x of https://sites.google.com/view/x/a. Empty for no host."""
    host = host_of(address).removeprefix("www.")
    parts = parts_of(host)
    rest = address.partition("://")[2]
    path = urlsplit(address).path if host else ""
    if not host or parts == 0 or UNPLAIN.search(path):
        return host and rest
    home = HOME.match(path)
    return f"{host}/{'/'.join(path.split('/')[1 : parts + 1])}" if parts else f"{host}{home[0] if home else ''}"


@lru_cache(maxsize=4096)
def parts_of(host: str) -> int | None:
    """Of a path, those that tell the authors of a host apart; None for a host of one author."""
    return next((parts for shared, parts in SHARED if shared.fullmatch(host)), None)


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
