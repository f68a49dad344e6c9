"""A test ends only when the server under test has answered everyone."""

import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.fixtures.browser import let_go


def test_who_is_still_connected_is_waited_for_and_then_named(live_server):
    let_go(live_server)
    with socket.create_connection((live_server.thread.host, live_server.thread.port)) as half:
        half.sendall(b"GET / HTTP/1.1\r\n")
        with pytest.raises(AssertionError, match="1 connections to the server are open"):
            let_go(live_server, patience=0.1)
    let_go(live_server)


def test_a_connection_to_another_server_of_the_tests_is_not_waited_for(live_server):
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as other:
        Thread(target=other.serve_forever, daemon=True).start()
        with socket.create_connection(other.server_address) as kept:
            kept.sendall(b"GET / HTTP/1.1\r\n")
            let_go(live_server, patience=1)
        other.shutdown()
