"""An end to work that grows with what is sent or stored, where somebody waits for it: its loops ask between two steps whether they may
go on, and whoever began it has said what ends them. A worker goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Check = Callable[[], None]
CHECK: ContextVar[Check | None] = ContextVar("check", default=None)


def go_on() -> None:
    """Raises what the check of the present work raises."""
    if check := CHECK.get():
        check()


@contextmanager
def checked(check: Check) -> Iterator[None]:
    """`check`: called by `go_on` meanwhile."""
    token = CHECK.set(check)
    try:
        yield
    finally:
        CHECK.reset(token)
