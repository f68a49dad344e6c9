"""A web server process as it is shipped, and clients of it that are slow, many or false."""

import os
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress

from config.environment import ROOT
from tests.ports import free_port

PATIENCE = 300


@contextmanager
def web_server(module="config.web", **changes):
    """The port on which it answers, and its process."""
    port = free_port()
    command = [sys.executable, "-m", module, "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **changes})
    try:
        end = time.monotonic() + PATIENCE
        while not answers(port):
            assert process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.1)
        yield port, process
    finally:
        process.terminate()
        process.wait(PATIENCE)


def answers(port):
    try:
        return status(ask(port, "GET /login/")) > 0
    except (OSError, AssertionError):
        return False


def connect(port, data=b""):
    line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    line.sendall(data)
    return line


def head(first, *fields, host="127.0.0.1"):
    return "\r\n".join([f"{first} HTTP/1.1", f"Host: {host}", *fields, "", ""]).encode()


def ask(port, first, *fields, body=b"", **options):
    """The whole answer; the connection is closed after it."""
    with connect(port, head(first, *fields, "Connection: close", **options)) as line:
        with suppress(OSError):  # it may have been answered already
            line.sendall(body)
        return rest(line)


def rest(line):
    pieces = []
    try:
        while piece := line.recv(1 << 16):
            pieces.append(piece)
    except ConnectionResetError:
        pass
    return b"".join(pieces)


def status(answer):
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", answer)
    assert found, answer[:200]
    return int(found[1])


def csrf(port):
    answer = ask(port, "GET /login/").decode()
    return re.search(r"(csrf=\w+)", answer)[1], re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer)[1]


def seconds(port, first="GET /login/"):
    began = time.monotonic()
    assert status(ask(port, first)) == 200
    return time.monotonic() - began
