"""A server that speaks as much of S3 as Attest asks of one: create if absent, read, ranges, list, delete; and that fails when it is told to."""

from __future__ import annotations

import hashlib
import re
import threading
import time
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

ACCESS = {"AWS_ACCESS_KEY_ID": "tester", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "here", "AWS_ALLOW_HTTP": "true"}
PAGE = 3  # keys of a list that are sent at a time


class S3Server(ThreadingHTTPServer):
    """`objects`: content by key, the bucket first. `failures`: statuses of the next answers, one each; 0 cuts the body off."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.objects, self.changed, self.failures, self.one_at_a_time = {}, {}, [], threading.Lock()

    @property
    def environment(self):
        return ACCESS | {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.server_port}"}

    def put(self, key, content):
        self.objects[key], self.changed[key] = content, time.time()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_PUT(self):
        content = self.rfile.read(int(self.headers["Content-Length"]))
        with self.server.one_at_a_time:
            if self.headers.get("If-None-Match") == "*" and self.key in self.server.objects:
                return self.send(412, b"<Error><Code>PreconditionFailed</Code></Error>")
            self.server.put(self.key, content)
        return self.send(200)

    def do_GET(self):
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        if "list-type" in query:
            return self.send(200, self.listing(**{name.replace("-", "_"): value for name, value in query.items()}))
        content = self.server.objects.get(self.key)
        if content is None:
            return self.send(404, b"<Error><Code>NoSuchKey</Code></Error>")
        part = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if not part:
            return self.send(200, content)
        start, end = int(part[1]), min(int(part[2] or len(content)), len(content) - 1)
        return self.send(206, content[start : end + 1], {"Content-Range": f"bytes {start}-{end}/{len(content)}"})

    do_HEAD = do_GET  # noqa: N815 - the library calls it so

    def do_DELETE(self):
        self.server.objects.pop(self.key, None)
        self.send(204)

    def do_POST(self):
        """Deleting many at once, as the client does it."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        keys = re.findall("<Key>(.*?)</Key>", body)
        for key in keys:
            self.server.objects.pop(f"{self.key}/{unquote(key)}", None)
        rows = "".join(f"<Deleted><Key>{escape(key)}</Key></Deleted>" for key in keys)
        self.send(200, f"<DeleteResult>{rows}</DeleteResult>".encode())

    @property
    def key(self):
        return unquote(urlsplit(self.path).path).strip("/")

    def listing(self, prefix="", delimiter="", continuation_token="", **others):
        start = f"{self.key}/"
        names = sorted(name.removeprefix(start) for name in list(self.server.objects) if name.startswith(start + prefix))
        below = (
            sorted({prefix + head + "/" for head, slash, _ in (n[len(prefix) :].partition("/") for n in names) if slash})
            if delimiter
            else []
        )
        names = [name for name in names if name > continuation_token and not (delimiter and "/" in name[len(prefix) :])]
        rows = "".join(
            f"<Contents><Key>{escape(name)}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>"
            f"<Size>{len(self.server.objects[start + name])}</Size></Contents>"
            for name in names[:PAGE]
        )
        rows += "".join(f"<CommonPrefixes><Prefix>{escape(each)}</Prefix></CommonPrefixes>" for each in below)
        more = f"<NextContinuationToken>{escape(names[PAGE - 1])}</NextContinuationToken>" if len(names) > PAGE else ""
        return f"<ListBucketResult><IsTruncated>{str(bool(more)).lower()}</IsTruncated>{more}{rows}</ListBucketResult>".encode()

    def send(self, status, content=b"", headers=None):
        failure = self.server.failures.pop(0) if self.server.failures else None
        if failure:
            status, content, headers = failure, b"<Error><Code>InternalError</Code></Error>", None
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()[:32]}"')
        self.send_header("Last-Modified", formatdate(self.server.changed.get(self.key, time.time()), usegmt=True))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content[: len(content) // 2] if failure == 0 else content)
        if failure == 0:
            self.close_connection = True

    def log_message(self, *arguments):
        """Quietly."""


@contextmanager
def s3_server():
    with S3Server() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
