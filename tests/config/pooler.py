"""Stands for a pooler that is told to ignore `options`: what a client asks for when it connects does not reach the server."""

import select
import socket
import struct
import threading
from contextlib import contextmanager
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingUnixStreamServer
from urllib.parse import quote

from config.postgres import PORT, SOCKET, PostgresCluster


@contextmanager
def pooler(cluster: PostgresCluster, folder: Path):
    """The URL of a door to a running cluster, in a folder of its own."""
    folder.mkdir()
    with ThreadingUnixStreamServer(str(folder / SOCKET), Passing) as door:
        door.upstream = str(cluster.socket_folder() / SOCKET)
        threading.Thread(target=door.serve_forever, args=(0.05,)).start()
        yield f"postgresql://attest@/attest?host={quote(str(folder), safe='')}&port={PORT}"
        door.shutdown()


class Passing(BaseRequestHandler):
    def handle(self):
        with socket.socket(socket.AF_UNIX) as upstream:
            upstream.connect(self.server.upstream)
            upstream.sendall(without_options(self.request))
            other = {self.request: upstream, upstream: self.request}
            while True:
                for source in select.select(list(other), [], [])[0]:
                    if not (piece := source.recv(65536)):
                        return
                    other[source].sendall(piece)


def without_options(client):
    """The first message of a connection: its length, the protocol, and pairs of names and values."""
    (length,) = struct.unpack("!i", client.recv(4, socket.MSG_WAITALL))
    message = client.recv(length - 4, socket.MSG_WAITALL)
    words = message[4:].split(b"\0")
    pairs = zip(words[:-2:2], words[1:-2:2], strict=True)
    kept = message[:4] + b"".join(b"%s\0%s\0" % pair for pair in pairs if pair[0] != b"options") + b"\0"
    return struct.pack("!i", len(kept) + 4) + kept
