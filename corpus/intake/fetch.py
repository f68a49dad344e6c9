"""Pages of the public web, and nothing else: the only way in which Attest asks another host for anything.

The name is looked up once, every address that it has is checked, and the connection goes to the
checked one; at each redirect all of that begins anew. No proxies, cookies or credentials of ours are used.
The errors name no address that a name led to and nothing of what was answered.
"""

from __future__ import annotations

import socket
import ssl
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO, NamedTuple, Self
from urllib.parse import quote, urljoin, urlsplit

from corpus.intake.deadline import Deadline, DeadlineError, FloodError, Lookups, timed, timed_tls
from corpus.intake.limits import PAGE, FetchError, Limits
from corpus.intake.public_addresses import is_public
from corpus.intake.robots import MOST_BYTES, Rules

AGENT = "Attest/1.0 (research archive; fetches single pages when a person asks for them)"
REDIRECTS = 5
LED_ON = (301, 302, 303, 307, 308)
CHUNK = 1 << 16
HEADERS = {"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate", "Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PORTS = {"http": 80, "https": 443}
# The system's own resolver gives up after half a minute at most, and a look-up is waited for ten seconds: with as many fetches
# at a time as a worker has (four), a dozen may hang.
LOOKUPS = Lookups(16)


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
            return list(dict.fromkeys(str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except (OSError, UnicodeError) as error:
            raise FetchError("host not found") from error

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        return socket.create_connection((address, port), seconds)

    def trusted(self) -> ssl.SSLContext:
        """Whose certificates are believed."""
        return ssl.create_default_context()


class Hosts:
    """What is known of the hosts that were asked before: here nothing. `corpus.intake.hosts` is what an installation knows."""

    def turn(self, host: str, pace: float, patience: float) -> float:
        """Take the next turn of a host, and tell how many seconds off it is. Raises Later where that is more than the patience.

        Whoever comes next has to wait `pace` seconds longer.
        """
        return 0.0

    def rules(self, origin: str) -> Rules | None:
        """What its robots.txt said; None where it was not asked, or long ago."""
        return None

    def remember(self, origin: str, rules: Rules) -> None:
        """Keep what it says."""


INTERNET, STRANGERS = Network(), Hosts()


def fetch(
    url: str,
    *,
    etag: str = "",
    last_modified: str = "",
    limits: Limits = PAGE,
    into: BinaryIO | None = None,
    network: Network = INTERNET,
    hosts: Hosts = STRANGERS,
) -> Page | None:
    """The page at an address; None if it is the same as the one whose marks are given. Raises FetchError, Later.

    `into`: where its bytes go as they come; the page then has none.
    """
    session = FetchSession(network, hosts, limits, limits.deadline())
    conditions = {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)) if value}
    for _ in range(REDIRECTS + 1):
        target = checked(url)
        rules = heed_robots(session, target)
        with session.ask(target, conditions, rules.delay) as answer:
            if answer.leads_on:
                url = urljoin(url, answer.headers["Location"])
                continue
            return None if answer.status == 304 and conditions else page(url, answer, into)
    raise FetchError(f"more than {REDIRECTS} redirects")


class Target(NamedTuple):
    """An address of the web, taken apart; the host as it is looked up."""

    scheme: str
    host: str
    path: str

    @property
    def port(self) -> int:
        return PORTS[self.scheme]

    @property
    def origin(self) -> str:
        return f"{self.scheme}://[{self.host}]" if ":" in self.host else f"{self.scheme}://{self.host}"


def checked(url: str) -> Target:
    """Raises FetchError for anything but a plain address of the web."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        name = parts.hostname or ""
        host = name if name.isascii() else name.encode("idna").decode()
    except (ValueError, UnicodeError) as error:
        raise FetchError("not a URL of a web page") from error
    if parts.scheme not in PORTS or not host:
        raise FetchError("only URLs that start with http:// or https:// are fetched")
    if parts.username is not None or parts.password is not None:
        raise FetchError("URLs with a user name or password are not fetched")
    if port not in (None, PORTS[parts.scheme]):
        raise FetchError("only the usual web ports are allowed")
    return Target(
        parts.scheme, host, quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe="/%:=&?~#+!$,;'@()*[]")
    )


@dataclass
class FetchResponse:
    """Of one request; its body is not read yet."""

    pool: Any
    response: Any
    session: FetchSession

    @property
    def status(self) -> int:
        return int(self.response.status)

    @property
    def headers(self) -> Any:
        return self.response.headers

    @property
    def leads_on(self) -> bool:
        return self.status in LED_ON and "Location" in self.headers

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.response.close()
        self.pool.close()

    def body(self) -> bytes:
        """The decoded bytes, counted while they come. Raises FetchError."""
        content = BytesIO()
        self.write(content)
        return content.getvalue()

    def write(self, into: BinaryIO) -> None:
        """The decoded bytes, as they come. Raises FetchError."""
        limits, size = self.session.limits, 0
        for part in self.parts():
            size += len(part)
            if size > limits.bytes:
                raise FetchError(limits.too_large)
            into.write(part)

    def beginning(self, most: int) -> bytes:
        """At most so many of the decoded bytes. Raises FetchError."""
        content = b""
        for part in self.parts():
            content += part
            if len(content) >= most:
                break
        return content[:most]

    def parts(self) -> Iterator[bytes]:
        from urllib3.exceptions import HTTPError

        unpack = unpacker(self.headers.get("Content-Encoding", "").strip().lower(), self.session.limits)
        try:
            for chunk in self.response.stream(CHUNK, decode_content=False):
                self.session.deadline.left()
                yield unpack(chunk)
        except (HTTPError, OSError, zlib.error) as error:
            raise self.session.failure(error, "the response was cut off") from error


@dataclass(frozen=True)
class FetchSession:
    """Everything that is asked to get one page, within one limit of time and bytes."""

    network: Network
    hosts: Hosts
    limits: Limits
    deadline: Deadline

    def ask(self, target: Target, headers: dict[str, str], delay: float = 0.0) -> FetchResponse:
        """One request to a checked address, when it is its host's turn; then it is left alone for `delay` seconds. Raises FetchError, Later."""
        from urllib3.exceptions import HTTPError

        pool = None
        try:
            address = self.address_of(target)
            pace = max(delay, self.limits.pace_seconds)
            self.deadline.sleep(self.hosts.turn(target.host, pace, self.limits.patience_seconds))
            pool = self.pool_to(target, address)
            response = pool.urlopen(
                "GET",
                target.path,
                headers=HEADERS | headers,
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=False,
            )
        except FetchError:
            raise
        except (HTTPError, OSError, ValueError) as error:
            if pool:
                pool.close()
            raise self.failure(error, "the host sent an invalid response") from error
        return FetchResponse(pool, response, self)

    def address_of(self, target: Target) -> str:
        """Raises FetchError unless every address of the name is public."""
        seconds = self.deadline.left(self.limits.connect_seconds)
        try:
            addresses = LOOKUPS.within(seconds, lambda: self.network.look_up(target.host, target.port))
        except TimeoutError as error:
            raise FetchError(f"its name was not resolved within {seconds:.0f} seconds") from error
        if not addresses or not all(is_public(address) for address in addresses):
            raise FetchError("the host is not on the public web")
        return addresses[0]

    def pool_to(self, target: Target, address: str) -> Any:
        """Connections that go to one address, whatever the name says by then; the certificate is still asked to be of the name."""
        from urllib3 import HTTPConnectionPool, HTTPSConnectionPool

        network, deadline, most = self.network, self.deadline, self.limits.connect_seconds
        is_secure = target.scheme == "https"
        kind: Any = HTTPSConnectionPool if is_secure else HTTPConnectionPool

        class Pinned(kind.ConnectionCls):  # type: ignore[misc]
            def _new_conn(self) -> socket.socket:
                return timed(network.connect(address, self.port, deadline.left(most)), deadline)

        options = {"ssl_context": timed_tls(network.trusted(), deadline)} if is_secure else {}
        pool = kind(target.host, target.port, timeout=self.limits.read_seconds, maxsize=1, retries=False, **options)
        pool.ConnectionCls = Pinned
        return pool

    def failure(self, error: Exception, what: str) -> FetchError:
        """In words for people: which limit it was, or else the kind of error and nothing of what it says."""
        causes = [error, error.__cause__, error.__context__, *error.args]
        if self.deadline.is_over or any(isinstance(cause, DeadlineError) for cause in causes):
            return FetchError(self.limits.too_long)
        if any(isinstance(cause, FloodError) for cause in causes):
            return FetchError(self.limits.too_large)
        return FetchError(f"{what} ({type(error).__name__})")


def page(url: str, answer: FetchResponse, into: BinaryIO | None = None) -> Page:
    if not 200 <= answer.status < 300:
        raise FetchError(f"the host responded with status {answer.status}")
    marks = {"etag": answer.headers.get("ETag", "")[:500], "last_modified": answer.headers.get("Last-Modified", "")[:100]}
    if into is not None:
        answer.write(into)
    content = b"" if into is not None else answer.body()
    return Page(url=url, content=content, kind=answer.headers.get("Content-Type", ""), **marks)


def unpacker(encoding: str, limits: Limits) -> Callable[[bytes], bytes]:
    """Raises FetchError for an encoding that was not asked for."""
    if encoding in ("", "identity"):
        return lambda chunk: chunk
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise FetchError("the response has a content encoding that was not requested")
    # At most so much comes of one chunk: a bomb is seen before it has gone off.
    machine = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32 if encoding != "deflate" else zlib.MAX_WBITS)

    def unpack(chunk: bytes) -> bytes:
        if machine.eof:
            return b""  # what follows the packed page would be kept aside, and grow
        unpacked = machine.decompress(chunk, limits.bytes + 1)
        if machine.unconsumed_tail:
            raise FetchError(limits.too_large)
        return unpacked

    return unpack


def heed_robots(session: FetchSession, target: Target) -> Rules:
    """What the host asks of us. Raises FetchError for a page that the host asks programs not to fetch."""
    rules = session.hosts.rules(target.origin)
    if rules is None:
        rules = ask_robots(session, f"{target.origin}/robots.txt")
        session.hosts.remember(target.origin, rules)
    if rules.is_shut:
        raise FetchError("its robots.txt cannot be read at the moment, so nothing is fetched from it")
    if not rules.allow(target.path):
        raise FetchError("its robots.txt disallows it")
    return rules


def ask_robots(session: FetchSession, url: str) -> Rules:
    """What the host says: all is allowed where it has no such file, nothing while its server fails. Raises FetchError, Later."""
    for _ in range(REDIRECTS + 1):
        with session.ask(checked(url), {}) as answer:
            if answer.leads_on:
                url = urljoin(url, answer.headers["Location"])
                continue
            if answer.status >= 500 or answer.status == 429:
                return Rules(is_shut=True)
            content = answer.beginning(MOST_BYTES) if 200 <= answer.status < 300 else b""
            return Rules(content.decode("utf-8", "replace"))
    return Rules()
