"""A port for a server of a test that is told its own before it listens.

The system takes a port for each connection that anybody makes, from 32768 on. Of those, one that was free a moment ago may be
taken when the server wants it, or when it starts again: the ports below are asked for by servers only.
"""

import secrets
import socket
from contextlib import suppress

PORTS = range(20_000, 32_000)


def free_port() -> int:
    while True:
        port = secrets.choice(PORTS)
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
