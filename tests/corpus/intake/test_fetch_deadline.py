"""One deadline holds for a whole fetch session, whatever the other side does; and no answer fills the memory."""

from __future__ import annotations

import ssl
import threading
import time
import tracemalloc

import pytest

from corpus.intake import deadline
from corpus.intake.deadline import Lookups
from corpus.intake.fetch import FetchError, Limits, fetch
from tests.corpus.hostile_web import DRIPS, FLOODS, OK, Loopback, bomb, certificate, hostile, silent
from tests.corpus.web import PUBLIC

SECONDS, SLACK, PATIENCE = 0.5, 30.0, 60.0
LIMITS = Limits(seconds=SECONDS, bytes=5_000_000)
PATIENT = Limits(seconds=PATIENCE, bytes=5_000_000)
TOO_LONG = "it took more than 0 seconds"


def refused(network, url: str = "http://news.test/a", limits: Limits = LIMITS) -> tuple[str, float]:
    """Why nothing came, and after how many seconds."""
    began = time.monotonic()
    with pytest.raises(FetchError) as told:
        fetch(url, network=network, limits=limits)
    return str(told.value), time.monotonic() - began


@pytest.mark.parametrize("name", DRIPS)
def test_a_server_that_sends_a_byte_now_and_then_is_left_at_the_deadline(name: str) -> None:
    with hostile(DRIPS[name]) as port:
        why, seconds = refused(Loopback(port))
    assert why == TOO_LONG
    assert SECONDS - 0.1 < seconds < SECONDS + SLACK


@pytest.mark.parametrize("name", FLOODS)
def test_a_server_that_sends_without_end_is_left_and_fills_no_memory(name: str) -> None:
    limits = Limits(seconds=2.0, bytes=2_000_000)
    bomb()  # made before memory is measured
    tracemalloc.start()
    try:
        with hostile(FLOODS[name]) as port:
            why, seconds = refused(Loopback(port), limits=limits)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # Which of the limits it runs into first is a matter of how fast the machine is.
    assert why in (limits.too_large, limits.too_long) or why.startswith(
        ("the host sent an invalid response (", "the response was cut off (")
    )
    assert seconds < limits.seconds + SLACK
    assert most < 40_000_000


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """The certificate of a host that we trust, and what its server needs."""
    file = certificate(tmp_path_factory.mktemp("host"), "news.test")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return file, context


def test_a_page_comes_over_tls(own) -> None:
    file, context = own
    with hostile(lambda send, over: send(OK + b"Content-Length: 2\r\n\r\nhi"), context=context) as port:
        assert fetch("https://news.test/a", network=Loopback(port, file), limits=PATIENT).content == b"hi"
        why, _ = refused(Loopback(port), "https://news.test/a", PATIENT)
        assert why == "the host sent an invalid response (SSLError)"
        why, _ = refused(Loopback(port, file), "https://other.test/a", PATIENT)
        assert why == "the host sent an invalid response (SSLError)"


@pytest.mark.parametrize("name", ["body with Content-Length", "header", "trailers"])
def test_the_deadline_holds_under_tls(own, name: str) -> None:
    file, context = own
    with hostile(DRIPS[name], context=context) as port:
        why, seconds = refused(Loopback(port, file), "https://news.test/a")
    assert why == TOO_LONG
    assert seconds < SECONDS + SLACK


def test_a_handshake_that_never_ends_is_left_too(own) -> None:
    file, context = own
    with hostile(silent, context=context, greets=False) as port:
        why, seconds = refused(Loopback(port, file), "https://news.test/a")
    assert why == TOO_LONG
    assert seconds < SECONDS + SLACK


def test_redirects_and_robots_txt_share_the_one_deadline() -> None:
    """Each hop is quick enough by itself."""

    def leads_on(send, over) -> None:
        over.wait(SECONDS / 2.5)
        send(b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n")

    with hostile(leads_on) as port:
        why, seconds = refused(Loopback(port))
    assert why == TOO_LONG
    assert seconds < SECONDS + SLACK


class Hanging(Loopback):
    """Its resolver never answers."""

    def __init__(self) -> None:
        super().__init__(0)
        self.asked, self.over = 0, threading.Event()

    def look_up(self, host: str, port: int) -> list[str]:
        self.asked += 1
        self.over.wait()
        return [PUBLIC]


def test_a_name_that_is_looked_up_for_ever_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.intake.fetch.LOOKUPS", Lookups(2))
    network = Hanging()
    limits = Limits(seconds=PATIENCE, connect_seconds=0.3)
    for _ in range(3):
        why, seconds = refused(network, limits=limits)
        assert why == "its name was not resolved within 0 seconds"
        assert seconds < 0.3 + SLACK
    assert network.asked == 2  # as many hang as may, and no more are begun
    network.over.set()
    for thread in [thread for thread in threading.enumerate() if thread.name == "lookup"]:
        thread.join(PATIENCE)
    with hostile(lambda send, over: send(OK + b"Content-Length: 2\r\n\r\nhi")) as port:
        assert fetch("http://news.test/a", network=Loopback(port), limits=PATIENT).content == b"hi"


def test_a_deadline_does_not_wait_longer_than_there_is() -> None:
    own = deadline.Deadline(seconds=0.2, bytes=10, pause=1)
    with pytest.raises(deadline.DeadlineError):
        own.sleep(5)
    assert not own.is_over
