"""An end that holds whatever the other side does: kept in the socket itself, and in how long a name is looked up.

A time-out of a socket begins anew with each byte, and a library that looks at the clock between two chunks may wait for ever for
the first one to be whole. So each call of a socket asks how much is left of all, and counts the bytes of all: a stream that is
always busy ends too, and nothing that is read line by line fills the memory.
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


class DeadlineError(OSError):
    """The time that there was for everything together is over."""


class FloodError(OSError):
    """More bytes came than may come in all."""


@dataclass
class Deadline:
    """What is left for one fetch session: time by the monotonic clock, and bytes on the wire."""

    seconds: float
    bytes: int
    pause: float
    """Seconds that a single call may take."""
    end: float = field(init=False)

    def __post_init__(self) -> None:
        self.end = time.monotonic() + self.seconds

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.end

    def left(self, most: float | None = None) -> float:
        """Seconds for the next call, at most `most`. Raises DeadlineError."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise DeadlineError
        return min(left, self.pause if most is None else most)

    def count(self, size: int) -> int:
        """Raises FloodError."""
        self.bytes -= size
        if self.bytes < 0:
            raise FloodError
        return size

    def sleep(self, seconds: float) -> None:
        """Raises DeadlineError at once if that is longer than there is."""
        if seconds > 0:
            if self.left(seconds) < seconds:
                raise DeadlineError
            time.sleep(seconds)


class Timed(socket.socket):
    """A connected socket that keeps a deadline: http.client reads by recv_into alone, and writes by sendall."""

    deadline: Deadline

    def recv_into(self, *arguments: Any) -> int:
        self.settimeout(self.deadline.left())
        return self.deadline.count(super().recv_into(*arguments))

    def sendall(self, *arguments: Any) -> None:
        self.settimeout(self.deadline.left())
        super().sendall(*arguments)


class TimedTLS(ssl.SSLSocket):
    """The same under TLS. `ssl` makes it of the plain socket and shakes hands before anybody gets hold of it, so the class knows."""

    deadline: Deadline

    def do_handshake(self, block: bool = False) -> None:
        self.settimeout(self.deadline.left())
        super().do_handshake(block)

    def recv_into(self, *arguments: Any) -> int:
        self.settimeout(self.deadline.left())
        return self.deadline.count(super().recv_into(*arguments))

    def send(self, *arguments: Any) -> int:
        self.settimeout(self.deadline.left())
        return super().send(*arguments)


def timed(plain: socket.socket, deadline: Deadline) -> Timed:
    """The same connection; the socket that is given is closed for good."""
    made = Timed(plain.family, plain.type, plain.proto, plain.detach())
    made.deadline = deadline
    return made


def timed_tls(context: ssl.SSLContext, deadline: Deadline) -> ssl.SSLContext:
    """The context, whose sockets keep the deadline: it is for one fetch session."""
    context.sslsocket_class = type("TimedTLS", (TimedTLS,), {"deadline": deadline})
    return context


class Lookups:
    """Calls that nobody can break off, such as asking the system for the addresses of a name, each waited for so long and no longer.

    One that hangs is left alone in a thread that does not keep the process. At most `most` hang at a time.
    """

    def __init__(self, most: int) -> None:
        self.free = threading.BoundedSemaphore(most)

    def within[T](self, seconds: float, call: Callable[[], T]) -> T:
        """What the call returns or raises. Raises TimeoutError."""
        end = time.monotonic() + seconds
        if not self.free.acquire(timeout=seconds):
            raise TimeoutError
        answer: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()

        def run() -> None:
            try:
                answer.put((call(), None))
            except BaseException as error:  # noqa: BLE001 - raised where it was asked for
                answer.put((None, error))
            finally:
                self.free.release()

        threading.Thread(target=run, name="lookup", daemon=True).start()
        try:
            outcome, error = answer.get(timeout=max(0.0, end - time.monotonic()))
        except queue.Empty:
            raise TimeoutError from None
        if error:
            raise error
        return outcome  # type: ignore[return-value]
