"""Pages of the public web, and nothing else: the only way in which Attest asks another host for anything.

The name is looked up once, every address that it has is checked, and the connection goes to the
checked one; at each redirect all of that begins anew. No proxies, cookies or credentials of ours are used.
The errors name no address that a name led to and nothing of what was answered.
"""

from __future__ import annotations

import ipaddress
import socket
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, Self
from urllib.parse import quote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

AGENT = "Attest/1.0 (research archive; fetches single pages when a person asks for them)"
ROBOT = "Attest"
BYTES, SECONDS, REDIRECTS = 20_000_000, 60.0, 5
CONNECT_SECONDS, READ_SECONDS = 10.0, 20.0
CHUNK, ROBOTS_BYTES = 1 << 16, 500_000
TOO_LARGE, TOO_LONG = f"the page has more than {BYTES // 1_000_000} MB", f"it took more than {SECONDS:.0f} seconds"
HEADERS = {"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate", "Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PORTS = {"http": 80, "https": 443}
# Public by their number, and yet doors into networks that are not (RFC 6052, 3056, 4380).
TUNNELS = [
    ipaddress.ip_network(block) for block in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96", "fec0::/10")
]


class FetchError(ValueError):
    """Why there is no page, in words for people."""


@dataclass(frozen=True)
class Page:
    """What was answered, decoded of its transfer and packing; `url` is where the redirects ended."""

    url: str
    content: bytes
    kind: str
    etag: str = ""
    last_modified: str = ""


class Network:
    """The edge of ours: names to addresses, and connections to these."""

    def look_up(self, host: str, port: int) -> list[str]:
        """All addresses of a name. Raises FetchError."""
        try:
            return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except (OSError, UnicodeError) as error:
            raise FetchError("no host of that name was found") from error

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        return socket.create_connection((address, port), seconds)


INTERNET = Network()


def is_public(address: str) -> bool:
    """A unicast address of the public internet, also when it is wrapped in another one."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            found = found.ipv4_mapped
        elif any(found in block for block in TUNNELS):
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def fetch(url: str, *, etag: str = "", last_modified: str = "", network: Network = INTERNET) -> Page | None:
    """The page at an address; None if it is the same as the one whose marks are given. Raises FetchError."""
    errand = Errand(network, time.monotonic() + SECONDS)
    conditions = {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)) if value}
    for _ in range(REDIRECTS + 1):
        target = checked(url)
        if not allowed(errand, target):
            raise FetchError("its robots.txt asks programs not to fetch it")
        with errand.ask(target, conditions) as answer:
            if answer.status in (301, 302, 303, 307, 308) and "Location" in answer.headers:
                url = urljoin(url, answer.headers["Location"])
                continue
            return None if answer.status == 304 and conditions else page(url, answer)
    raise FetchError(f"it leads on more than {REDIRECTS} times")


class Target(NamedTuple):
    """An address of the web, taken apart; the host as it is looked up."""

    scheme: str
    host: str
    path: str

    @property
    def port(self) -> int:
        return PORTS[self.scheme]


def checked(url: str) -> Target:
    """Raises FetchError for anything but a plain address of the web."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        name = parts.hostname or ""
        host = name if name.isascii() else name.encode("idna").decode()
    except (ValueError, UnicodeError) as error:
        raise FetchError("this is no address of a web page") from error
    if parts.scheme not in PORTS or not host:
        raise FetchError("only addresses that begin with http:// or https:// are fetched")
    if parts.username is not None or parts.password is not None:
        raise FetchError("an address with a name or password in it is not fetched")
    if port not in (None, PORTS[parts.scheme]):
        raise FetchError("only the usual ports of the web are asked")
    return Target(
        parts.scheme, host, quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe="/%:=&?~#+!$,;'@()*[]")
    )


@dataclass
class Answer:
    """Of one request; its body is not read yet."""

    pool: Any
    response: Any
    end: float

    @property
    def status(self) -> int:
        return int(self.response.status)

    @property
    def headers(self) -> Any:
        return self.response.headers

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.response.close()
        self.pool.close()

    def body(self) -> bytes:
        """The decoded bytes, counted while they come. Raises FetchError."""
        unpack = unpacker(self.headers.get("Content-Encoding", "").strip().lower())
        parts, size = [], 0
        try:
            for chunk in self.response.stream(CHUNK, decode_content=False):
                parts.append(unpack(chunk))
                size += len(parts[-1])
                if size > BYTES:
                    raise FetchError(TOO_LARGE)
                if time.monotonic() > self.end:
                    raise FetchError(TOO_LONG)
        except (HTTPError, OSError, zlib.error) as error:
            raise FetchError(f"the answer broke off ({type(error).__name__})") from error
        return b"".join(parts)


@dataclass(frozen=True)
class Errand:
    """Everything that is asked to get one page, within one limit of time."""

    network: Network
    end: float

    def ask(self, target: Target, headers: dict[str, str]) -> Answer:
        """One request to a checked address. Raises FetchError."""
        addresses = self.network.look_up(target.host, target.port)
        if not addresses or not all(is_public(address) for address in addresses):
            raise FetchError("that host is not on the public web")
        left = self.end - time.monotonic()
        if left <= 0:
            raise FetchError(TOO_LONG)
        pool = self.pool_to(target, addresses[0], left)
        try:
            response = pool.urlopen(
                "GET",
                target.path,
                headers=HEADERS | headers,
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=False,
            )
        except (HTTPError, OSError, ValueError) as error:
            pool.close()
            raise FetchError(f"the host gave no proper answer ({type(error).__name__})") from error
        return Answer(pool, response, self.end)

    def pool_to(self, target: Target, address: str, left: float) -> Any:
        """Connections that go to one address, whatever the name says by then; the certificate is still asked to be of the name."""
        network, seconds = self.network, min(left, CONNECT_SECONDS)
        base: Any = HTTPSConnection if target.scheme == "https" else HTTPConnection

        class Pinned(base):  # type: ignore[misc]
            def _new_conn(self) -> socket.socket:
                return network.connect(address, self.port, seconds)

        kind: Any = urllib3.HTTPSConnectionPool if target.scheme == "https" else urllib3.HTTPConnectionPool
        pool = kind(
            target.host,
            target.port,
            timeout=urllib3.Timeout(connect=seconds, read=min(left, READ_SECONDS)),
            maxsize=1,
            retries=False,
        )
        pool.ConnectionCls = Pinned
        return pool


def page(url: str, answer: Answer) -> Page:
    if not 200 <= answer.status < 300:
        raise FetchError(f"the host answered {answer.status}")
    marks = {"etag": answer.headers.get("ETag", "")[:500], "last_modified": answer.headers.get("Last-Modified", "")[:100]}
    return Page(url=url, content=answer.body(), kind=answer.headers.get("Content-Type", ""), **marks)


def unpacker(encoding: str) -> Callable[[bytes], bytes]:
    """Raises FetchError for an encoding that was not asked for."""
    if encoding in ("", "identity"):
        return lambda chunk: chunk
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise FetchError("the answer is packed in a way that was not asked for")
    # At most so much comes of one chunk: a bomb is seen before it has gone off.
    machine = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32 if encoding != "deflate" else zlib.MAX_WBITS)

    def unpack(chunk: bytes) -> bytes:
        found = machine.decompress(chunk, BYTES + 1)
        if machine.unconsumed_tail:
            raise FetchError(TOO_LARGE)
        return found

    return unpack


def allowed(errand: Errand, target: Target) -> bool:
    """What robots.txt of the host says of us (RFC 9309): all is allowed where there is none, nothing where its server fails."""
    with errand.ask(target._replace(path="/robots.txt"), {}) as answer:  # noqa: SLF001 - the public way of a named tuple
        if answer.status >= 500:
            return False
        if answer.status != 200:
            return True
        rules = RobotFileParser()
        rules.parse(answer.body()[:ROBOTS_BYTES].decode("utf-8", "replace").splitlines())
        return rules.can_fetch(ROBOT, target.path)
