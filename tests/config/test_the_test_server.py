"""A test ends only when the server under test has answered everyone."""

import socket

import pytest

from tests.fixtures.browser import let_go


def test_who_is_still_connected_is_waited_for_and_then_named(live_server):
    let_go(live_server)
    with socket.create_connection((live_server.thread.host, live_server.thread.port)) as half:
        half.sendall(b"GET / HTTP/1.1\r\n")
        with pytest.raises(AssertionError, match="1 connections to the server are open"):
            let_go(live_server, patience=0.1)
    let_go(live_server)
