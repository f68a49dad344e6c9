"""The application that granian runs: bodies are taken in the event loop, and Django answers in threads."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from config.front.answers import SERVER, Pipes, WsgiCall
from config.front.bodies import Incoming, RefusedError
from config.front.environ import environ_of
from config.front.limits import Limit, limit_of

log = logging.getLogger(__name__)

THREADS = 8  # each holds one database connection
MOST_WAITING = 256  # requests with a body that is here, for one of the threads
RETRY_SECONDS = 2
WATCH = "attest.watch_client"  # in the environ: starts a future that is done when the client has left
REFUSED = "attest.refused"  # in the environ: a RefusedError, which config.front.refusals answers

Environ = dict[str, Any]


class Front:
    """RSGI in front of a WSGI application. `may_send(environ, role, named)`: whether the sender has the role in what the path names."""

    def __init__(self, application: Callable[..., Any], may_send: Callable[[Environ, str, dict[str, str]], bool]) -> None:
        self.application, self.may_send = application, may_send
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="request")
        self.pipes = Pipes()
        self.waiting = 0

    def close(self) -> None:
        """Remove what this process has on the disk. A forked process runs nothing of its own at its end."""
        self.pipes.folder.cleanup()

    async def __call__(self, scope: Any, proto: Any) -> None:
        environ = environ_of(scope)
        closing = False
        try:
            environ["wsgi.input"] = await self.body(environ, scope.path, proto)
        except RefusedError as error:
            environ |= {REFUSED: error, "CONTENT_LENGTH": "0", "wsgi.input": io.BytesIO()}
            closing = True  # what it still sends is no request
        await self.in_a_thread(environ, proto, closing=closing)

    async def body(self, environ: Environ, path: str, proto: Any) -> Any:
        """Raises RefusedError."""
        chunked = environ.pop("HTTP_TRANSFER_ENCODING", None)
        declared = None if chunked else int(environ.get("CONTENT_LENGTH") or 0)
        if declared == 0:
            return io.BytesIO()
        limit, named = limit_of(path)
        incoming = Incoming(limit, lambda: self.may_go_on(environ, limit, named))
        file = await incoming.read(proto, declared)
        environ["CONTENT_LENGTH"] = str(incoming.size)
        return file

    async def may_go_on(self, environ: Environ, limit: Limit, named: dict[str, str]) -> bool:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, self.may_send, environ, str(limit.role), named)

    async def in_a_thread(self, environ: Environ, proto: Any, *, closing: bool) -> None:
        if self.waiting >= THREADS + MOST_WAITING:
            shed(environ, proto)
            return
        self.waiting += 1
        loop = asyncio.get_running_loop()
        environ[WATCH] = lambda: asyncio.run_coroutine_threadsafe(departure(proto), loop)
        try:
            await loop.run_in_executor(self.threads, self.answer, environ, WsgiCall(proto, self.pipes, closing=closing))
        finally:
            self.waiting -= 1

    def answer(self, environ: Environ, answer: WsgiCall) -> None:
        with environ["wsgi.input"]:
            try:
                answer.give(self.application(environ, answer.start), environ["REQUEST_METHOD"])
            except Exception:
                log.exception("%s %s: the response was not completed", environ["REQUEST_METHOD"], environ["PATH_INFO"])
                answer.proto.response_empty(500, [SERVER])  # nothing, where the answer has begun


async def departure(proto: Any) -> None:
    await proto.client_disconnect()


def shed(environ: Environ, proto: Any) -> None:
    """Without Django, which has no thread left."""
    detail = f"Too many requests. Try again in {RETRY_SECONDS} s."
    headers = [SERVER, ("retry-after", str(RETRY_SECONDS)), ("cache-control", "no-store"), ("x-content-type-options", "nosniff")]
    if environ["PATH_INFO"].startswith("/api/"):
        problem = {"type": "/api/v1/docs/#busy", "title": "Busy", "status": 503, "code": "busy", "detail": detail}
        proto.response_str(503, [*headers, ("content-type", "application/problem+json")], json.dumps(problem))
    else:
        proto.response_str(503, [*headers, ("content-type", "text/plain; charset=utf-8")], detail)
