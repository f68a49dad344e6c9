"""Servers that do not want to end, or that send what does not fit: each is a socket of this machine, with or without TLS."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from itertools import repeat
from pathlib import Path

from corpus.intake.fetch import Network
from tests.corpus.web import PUBLIC

EVERY = 0.05  # seconds between two bytes of what drips
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
LENGTH = OK + b"Content-Length: 100000\r\n\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
GZIP = OK + b"Content-Encoding: gzip\r\n\r\n"

Send = Callable[[bytes], None]
Server = Callable[[Send, threading.Event], None]


def drip(start: bytes, byte: bytes, send: Send, over: threading.Event) -> None:
    send(start)
    while not over.wait(EVERY):
        send(byte)


@cache
def bomb() -> bytes:
    """When it is first poured: to make it takes a second of each process that only collects the tests."""
    return gzip.compress(b"\0" * 100_000_000)


def pour_bombs(send: Send, over: threading.Event) -> None:
    pour(GZIP, bomb(), send, over)


def pour(start: bytes, piece: bytes, send: Send, over: threading.Event) -> None:
    send(start)
    for part in repeat(piece):
        if over.is_set():
            return
        send(part)


DRIPS: dict[str, Server] = {
    "body with Content-Length": partial(drip, LENGTH, b"x"),
    "body until close": partial(drip, OK + b"\r\n", b"x"),
    "header": partial(drip, OK + b"X-Long: ", b"x"),
    "status line": partial(drip, b"HTTP/1.1 200 O", b"K"),
    "chunk-size line": partial(drip, CHUNKED, b"0"),
    "trailers": partial(drip, CHUNKED + b"1\r\nx\r\n0\r\n", b"X: y\r\n"),
    "100 Continue": partial(drip, b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
}
FLOODS: dict[str, Server] = {
    "trailers": partial(pour, CHUNKED + b"1\r\nx\r\n0\r\n", b"X: y\r\n" * 1000),
    "100 Continue": partial(pour, b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    "1-byte chunks": partial(pour, CHUNKED, b"1\r\nx\r\n" * 1000),
    "body": partial(pour, OK + b"\r\n", b"x" * 65_536),
    "gzip bomb": pour_bombs,
    "gzip members": partial(pour, GZIP, gzip.compress(b"") * 1000),
    "headers": partial(pour, OK, b"X-More: " + b"y" * 1000 + b"\r\n"),
    "chunk-size line": partial(pour, CHUNKED, b"0" * 65_536),
}


def silent(send: Send, over: threading.Event) -> None:
    over.wait()


@contextmanager
def hostile(serve: Server, *, context: ssl.SSLContext | None = None, greets: bool = True) -> Iterator[int]:
    """The port of a server that has no robots.txt, and answers everything else so. `greets`: it shakes hands, where there is TLS."""
    over = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=answer, args=(connection,), daemon=True).start()

    def answer(connection: socket.socket) -> None:
        with suppress(OSError), connection:
            if not greets:
                over.wait()
                return
            with context.wrap_socket(connection, server_side=True) if context else connection as talk:
                if b" /robots.txt " in talk.recv(65_536):
                    talk.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                else:
                    serve(talk.sendall, over)

    threading.Thread(target=accept, daemon=True).start()
    yield listener.getsockname()[1]
    over.set()
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()


class Loopback(Network):
    """Every name is public, and everything behind it one port of this machine."""

    def __init__(self, port: int, authority: Path | None = None) -> None:
        self.port, self.authority = port, authority

    def look_up(self, host: str, port: int) -> list[str]:
        return [PUBLIC]

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), seconds)

    def trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.authority)


def certificate(folder: Path, name: str) -> Path:
    """A file with a key and a certificate of its own for a name."""
    made = folder / "host.pem"
    subject = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-days", "2"]
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", *subject]
    subprocess.run([*command, "-keyout", folder / "key.pem", "-out", folder / "crt.pem"], check=True, capture_output=True)
    made.write_bytes((folder / "key.pem").read_bytes() + (folder / "crt.pem").read_bytes())
    return made
