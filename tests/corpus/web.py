"""A web of our own for tests: names, addresses and pages; everything behind the addresses is one server on this machine."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from corpus.intake.fetch import FetchError, Network

PUBLIC = "93.184.216.34"
# Status, headers, and the body: as a whole, or piece by piece for as long as somebody listens.
Reply = tuple[int, dict[str, str], bytes | Iterable[bytes]]


class Web(Network):
    """`pages` by path: what is answered, or a function of the request's headers that gives it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.names: dict[str, list[list[str]]] = {}
        self.pages: dict[str, Reply | Callable[[dict[str, str]], Reply]] = {}
        self.asked: list[tuple[str, str]] = []
        self.connected: list[str] = []
        self.looked_up: dict[str, int] = {}

    def look_up(self, host: str, port: int) -> list[str]:
        """The answers of a name in their order, the last one for ever; names that we do not have are asked of the system."""
        if host not in self.names:
            return super().look_up(host, port)
        answers = self.names[host]
        if not answers:
            raise FetchError("host not found")
        count = self.looked_up[host] = self.looked_up.get(host, 0) + 1
        return answers[min(count, len(answers)) - 1]

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        self.connected.append(address)
        return socket.create_connection(("127.0.0.1", self.port), seconds)


@contextmanager
def web() -> Iterator[Web]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append((self.headers.get("Host", ""), self.path))
            found = made.pages.get(self.path, (404, {}, b""))
            status, headers, body = found(dict(self.headers)) if callable(found) else found
            self.send_response(status)
            size = {"Content-Length": str(len(body))} if isinstance(body, bytes) else {}
            for name, value in {**size, **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(ConnectionError):
                for piece in [body] if isinstance(body, bytes) else body:
                    self.wfile.write(piece)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Web(server.server_port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()
